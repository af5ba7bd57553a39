"""What a package says of itself: its licence, what it learned from, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping

from tools.train_translation.gate import BLEU, PASSING, Figures, refusals
from tools.train_translation.languages import Reads, reads
from tools.train_translation.sure import MOST_POOR, POOR

LICENCE = """\
Apache License 2.0

These weights are licensed under the Apache License, Version 2.0:
https://www.apache.org/licenses/LICENSE-2.0

They were learned from parallel texts by others, none of which is in them:
documentation by Adobe (MIT), Microsoft (CC BY 4.0), opensource.guide (CC BY 4.0), the Hugging Face
course and the CNCF glossary (Apache-2.0), Mozilla (MPL-2.0); sentences of Tatoeba (CC BY 2.0 FR)
and TICO-19 (CC0). Neither FLORES nor the WMT test sets were learned from.
"""


def write_card(each: Reads, figures: Figures | None, facts: Mapping[str, object]) -> str:
    """Return the README of a language's package."""
    lines = [
        f"# Starter package {each.name} → English",
        "",
        "A small model that Digest's developers trained so that a first run without a network",
        f"reads {each.name}. It is used only until an official package is installed "
        f"(`digest models install {each.language}`), and is worse than one.",
        "",
        "Licence: Apache-2.0 (see LICENSE, which names what it learned from).",
        "",
        "One model serves all languages; the piece "
        f"`{each.tag}` before each source, put there by CTranslate2 (`model/config.json`), says "
        "which one this package reads.",
        "",
        *(f"* {name}: {value}" for name, value in facts.items()),
        "",
        *(_measured(figures) if figures else ["Nothing was measured: not for use."]),
    ]
    return "\n".join(lines) + "\n"


def _measured(figures: Figures) -> list[str]:
    why = "; ".join(refusals(figures))
    return [
        f"Measured on {figures.sentences:,} sentences of marketing-technology documentation: "
        f"BLEU {figures.bleu:.1f}, chrF {figures.chrf:.1f}; {figures.passing:.1%} pass Digest's "
        f"sentence checks ({figures.plain:.1%} at once)."
        + (
            f" On news: BLEU {figures.news_bleu:.1f}, chrF {figures.news_chrf:.1f}."
            if figures.news_bleu is not None and figures.news_chrf is not None
            else ""
        ),
        *_sure(figures),
        "",
        f"Not to be shipped: {why}."
        if why
        else f"Shipped, since at least {PASSING:.0%} pass and BLEU is at least {BLEU:.0f}.",
    ]


def _sure(figures: Figures) -> list[str]:
    if figures.least is None or figures.docs_shown is None:
        return []
    return [
        "",
        "Answers that the model is not sure of (mean log probability of a piece below "
        f"{figures.least}) are withheld, and Digest shows the original: the bar is set on held-out "
        f"pairs, half documentation, half FLORES, so that at most {MOST_POOR:.0%} of what is shown "
        f"is poor (chrF below {POOR:.0f}). "
        f"Of the documentation {figures.docs_shown:.0%} of the lines are shown, with chrF "
        f"{figures.docs_kept:.1f}"
        + (
            f"; of the news {figures.news_shown:.0%}, with chrF {figures.news_kept:.1f}."
            if figures.news_shown is not None
            else "."
        ),
    ]


INTRO = """\
# Starter translation packages

Small packages that Digest uses for a language until an official one is installed: data only, made
by `tools/train_translation` (its README tells how, and what from). Leave them out by not installing
this folder. `digest models list` shows them, `digest models install de` replaces German's.

They learned from documentation. There they are good; on other news they would invent things, so
each withholds the answers that it is not sure of, and the reader sees the original instead.

Measured, with beam 4, on lines at even distances through `martech-docs` (documentation of marketing
technology, much of which is itself a machine's translation, which flatters) and through `ntrex`
(news): BLEU and chrF of all answers; share of the sentences that pass Digest's checks (after all
attempts, and at once); share of the lines that the package is sure enough of to show, and the chrF
of these. "Official" is BLEU of Argos's own package on FLORES, as published: another test set.

"""


def readme(measured: list[Figures]) -> str:
    """Return what the folder of all packages says of itself."""
    counts = [each.sentences for each in measured]
    told = f"\n{min(counts)} to {max(counts)} sentences a language.\n" if counts else ""
    return INTRO + table(measured) + told


def table(measured: list[Figures]) -> str:
    """Return the figures of all languages beside those of Argos's own packages (on FLORES)."""
    lines = [
        "| from | martech BLEU | chrF | pass | at once | news BLEU | chrF "
        "| shown: martech (chrF) | news (chrF) | official | shipped |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in measured:
        official = reads(each.language).official
        news = (
            f"{each.news_bleu:.1f} | {each.news_chrf:.1f}"
            if each.news_bleu is not None
            else "– | –"
        )
        lines.append(
            f"| {each.language} | {each.bleu:.1f} | {each.chrf:.1f} | {each.passing:.1%} "
            f"| {each.plain:.1%} | {news} | {_shown(each.docs_shown, each.docs_kept)} "
            f"| {_shown(each.news_shown, each.news_kept)} | {official or '–'} "
            f"| {'; '.join(refusals(each)) or 'yes'} |"
        )
    return "\n".join(lines) + "\n"


def _shown(share: float | None, chrf: float | None) -> str:
    return "–" if share is None else f"{share:.0%} ({chrf:.1f})"
