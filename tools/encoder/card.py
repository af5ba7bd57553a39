"""The model card: where the encoder comes from, what it can do, and what it cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from encoder.learn import Plan
from encoder.rows import LANGUAGES, Row

LICENCES = {
    "AdobeDocs/": "MIT",
    "MicrosoftDocs/": "CC BY 4.0",
    "github/opensource.guide": "CC BY 4.0",
    "huggingface/course": "Apache-2.0",
    "cncf/glossary": "Apache-2.0",
    "mozilla-l10n/": "MPL-2.0",
    "tatoeba": "CC BY 2.0 FR",
    "tico19": "CC0",
    "flores-dev": "CC BY-SA 4.0",
    "cldr": "Unicode-3.0",
}
CARD = """---
language: [{languages}]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
base_model: sentence-transformers/all-MiniLM-L6-v2
tags: [sentence-transformers, static-embedding, multilingual]
---

# {name}

A static sentence encoder for news and product pages in ten languages: {subwords:,} unigram
subwords with one vector of {dims} numbers each, in 8 bits; a text is their sum. It needs no
network, no GPU and no PyTorch, and reads the whole of a text.

```python
from sentence_transformers import SentenceTransformer

# sentence-transformers 6.2 or later
model = SentenceTransformer("src/digest/models/{name}")
```

## How it was made

`tools/train_encoder.py` makes it again from the same data in half an hour on two cores:
{steps:,} steps of {size:,} pairs, seed {seed}.
A pair is one text in two of the ten languages, a sentence or up to six in a row. The two
vectors are drawn to each other and to all-MiniLM-L6-v2's vector of the English text, away from the
other texts of the step (InfoNCE, temperature {temperature}; repeated sentences are masked). Each
subword's weight starts from its inverse frequency and is learned. The teacher (Apache-2.0) read the
English sentences of up to {longest} characters, three quarters of them; the others were learned
from their translations alone.

Texts are folded first: NFKC, lower case, traditional to simplified characters (OpenCC), punctuation
to spaces.

## Data

| source | rows | licence |
| --- | --- | --- |
{sources}

Much of the documentation was translated by machine and checked by its owner to some degree; human
translations were drawn three times as often. The WMT news test sets were made for research: nothing
was learned from them. The files hold subwords and numbers, no text of the data.

## Figures

The share of documents whose English version is the nearest of all English ones in the set, with
95 % intervals by bootstrap over stories. No text of the two sets is in the data above; but the
documents of the second come from the same publishers as most of it, the news of the first from
none.

{figures}

## Limits

* A text is a bag of subwords: word order, negation and who did what to whom are lost. Two notices
  from one template differ only by their names and numbers; compare those apart.
* It knows the ten languages above. A text in another one gets a vector made of its names and
  numbers, or of nothing: don't compare it.
* The news in its training data is little; names that it has not seen are split into pieces.
* The cosine of two vectors is no probability: calibrate a threshold on your own pairs.
"""


def write_card(
    folder: Path,
    *,
    rows: Sequence[Row],
    plan: Plan,
    shape: tuple[int, int],
    longest: int,
    figures: str,
) -> None:
    """Write `README.md` beside the weights."""
    counts = Counter(_family(row.source) for row in rows)
    lines = [f"| {name} | {count:,} | {_licence(name)} |" for name, count in counts.most_common()]
    values: Mapping[str, object] = {
        "name": folder.name,
        "languages": ", ".join(LANGUAGES),
        "subwords": shape[0],
        "dims": shape[1],
        "steps": plan.steps,
        "size": plan.size,
        "seed": plan.seed,
        "temperature": plan.temperature,
        "longest": longest,
        "sources": "\n".join(lines),
        "figures": figures.strip(),
    }
    (folder / "README.md").write_text(CARD.format(**values), "utf-8")


def _family(source: str) -> str:
    return "tatoeba" if source.startswith("tatoeba") else source


def _licence(source: str) -> str:
    return next(value for start, value in LICENCES.items() if source.startswith(start))
