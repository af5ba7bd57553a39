"""The frozen records that flow through the pipeline: each step reads some and adds one.

Times are ISO 8601 strings with an offset, or a bare date where no time is known. `start` and `end`
count Unicode code points. Ids are opaque strings: see `digest.text` for how they are made.
"""

from __future__ import annotations

from digest.records.articles import (
    Article,
    Availability,
    Claim,
    Classification,
    Embedding,
    Label,
    Language,
    Launch,
    Plan,
    Proof,
    ProofKind,
    Quote,
)
from digest.records.editions import (
    Citation,
    Earlier,
    Edition,
    EditionKind,
    Entrant,
    Line,
    Section,
)
from digest.records.launches import (
    Commitment,
    Kept,
    LaunchRecord,
    Review,
)
from digest.records.sources import (
    Drop,
    Entry,
    Item,
    Kind,
    Page,
    Source,
    SourceState,
    Via,
    Voice,
)
from digest.records.stories import (
    Background,
    Counts,
    Decision,
    Duplicate,
    Joined,
    Link,
    Part,
    Score,
    Story,
    Summary,
    Translated,
    Translation,
)
from digest.records.written import Refused, Written, WrittenLine

__all__ = [
    "Article",
    "Availability",
    "Background",
    "Citation",
    "Claim",
    "Classification",
    "Commitment",
    "Counts",
    "Decision",
    "Drop",
    "Duplicate",
    "Earlier",
    "Edition",
    "EditionKind",
    "Embedding",
    "Entrant",
    "Entry",
    "Item",
    "Joined",
    "Kept",
    "Kind",
    "Label",
    "Language",
    "Launch",
    "LaunchRecord",
    "Line",
    "Link",
    "Page",
    "Part",
    "Plan",
    "Proof",
    "ProofKind",
    "Quote",
    "Refused",
    "Review",
    "Score",
    "Section",
    "Source",
    "SourceState",
    "Story",
    "Summary",
    "Translated",
    "Translation",
    "Via",
    "Voice",
    "Written",
    "WrittenLine",
]
