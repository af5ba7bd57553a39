"""Sentences of products' manuals in ten languages, with the label of the product they document.

They stand in the parallel sentences of the shared data, which name the manual that each is of; none
of the documents that are measured (`crosslingual/`) has a sentence there. A manual's label is its
product's category, whatever a sentence is about, so that nobody had to read them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.corpora import LANGUAGES, parallel_rows

#: Labels by the product that a manual documents, by the source's name.
LABELS = {
    "AdobeDocs/advertising": ("Search & Social Advertising", "Display & Programmatic Advertising"),
    "AdobeDocs/audience-manager": ("DMP",),
    "AdobeDocs/campaign": ("Marketing Automation & Campaign/Lead Management", "Email Marketing"),
    "AdobeDocs/commerce-business-intelligence": (
        "Business/Customer Intelligence & Data Science",
        "Dashboards & Data Visualization",
    ),
    "AdobeDocs/genstudio-for-performance-marketing": ("Content Marketing",),
    "AdobeDocs/journey-optimizer-b2b": ("Marketing Automation & Campaign/Lead Management", "ABM"),
    "AdobeDocs/llm-optimizer": ("SEO",),
    "AdobeDocs/marketo-measure": ("Marketing Analytics, Performance & Attribution",),
    "AdobeDocs/mix-modeler": ("Marketing Analytics, Performance & Attribution",),
    "AdobeDocs/real-time-cdp-collaboration": ("Audience/Marketing Data & Data Enhancement",),
    "MicrosoftDocs/customer-insights": ("Customer Data Platform",),
}
ROWS = 300_000  #: more than there are
TOGETHER = 4  #: sentences of a manual that make one text
MANY, FEW = 20, 4  #: such texts a manual in English, and in each other language
SHORTEST = 25  #: characters of a sentence
SEED = 3


@dataclass(frozen=True, slots=True)
class Manual:
    """A few sentences of a product's manual, in no order."""

    text: str
    labels: tuple[str, ...]


def read_manuals() -> list[Manual]:
    """Return some texts a product and language, always the same ones."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in parallel_rows(ROWS):
        for language in LANGUAGES if row["source"] in LABELS else ():
            if len(row[language] or "") >= SHORTEST:
                found[row["source"], language].append(row[language])
    texts = []
    generator = random.Random(SEED)
    for (source, language), sentences in sorted(found.items()):
        generator.shuffle(sentences)
        many = min(MANY if language == "en" else FEW, len(sentences) // TOGETHER)
        for start in range(0, many * TOGETHER, TOGETHER):
            text = " ".join(sentences[start : start + TOGETHER])
            texts.append(Manual(text, LABELS[source]))
    return texts
