"""What the API takes and gives: every body and answer of it, as OpenAPI tells them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from digest.desk import LONGEST
from digest.records import Decision
from digest.stages.reviews import LONGEST_NAME

PERIOD = r"^\d{4}-[WQ]\d{1,2}$"
NO_PERIOD = r"^(\d{4}-[WQ]\d{1,2})?$"
Text = Annotated[str, Field(max_length=LONGEST)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Short = Annotated[str, Field(max_length=200)]
Period = Annotated[str, Path(pattern=PERIOD, examples=["2026-Q3"])]
PeriodQuery = Annotated[str, Query(pattern=NO_PERIOD, examples=["2026-Q3", ""])]
AudienceQuery = Annotated[
    str, Query(max_length=100, description="For whom; that of `[audience]` where empty.")
]
StoryId = Annotated[str, Path(min_length=1, max_length=200)]


class Problem(BaseModel):
    """What went wrong, and what cures it."""

    error: str
    cure: str = ""


class Body(BaseModel):
    """A body; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid")


class Sentence(Body):
    """A sentence of a summary: verbatim in its article, and an editor's words for it."""

    article: Id
    original: str = Field(min_length=1, max_length=LONGEST)
    start: int = Field(ge=0, description="Where it begins, in code points.")
    text: Text = Field("", description="An editor's words; empty: shown as it was found.")


class RecordValues(Body):
    """What a launch record says."""

    vendor: str = Field(min_length=1, max_length=LONGEST_NAME)
    product: str = Field("", max_length=LONGEST_NAME)
    event: str = Field(description="Such as `launch` or `acquisition`.", max_length=40)
    category: Short = ""
    announced: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    availability: Literal["", "announced", "beta", "general"] = ""


class NewDecision(Body):
    """A decision on a story, or on a story in an edition."""

    kind: Literal[
        "headline", "summary", "note", "label", "lead", "include", "exclude", "section", "comment",
        "assigned",
    ]  # fmt: skip
    story: Id
    value: Text = ""
    sentences: list[Sentence] = Field(
        default_factory=list, max_length=200, description="Of a `summary`; none: as it was found."
    )
    object: Short = Field("", description="The article that leads (`lead`).")
    reason: Text = ""
    period: str = Field("", pattern=NO_PERIOD)
    audience: Short = ""
    seen: int | None = Field(None, ge=0, description="Revision that was seen; null: any.")


class NewRecord(Body):
    """A launch record that no article was found to tell, with the sentence that proves it."""

    values: RecordValues
    article: Id
    start: int = Field(ge=0, description="Where the sentence begins: see `…/sentences`.")
    reason: Text = ""


class RecordReview(Body):
    """What an editor makes of a launch record."""

    values: RecordValues | None = Field(
        None, description="As it is right; null: the record is rejected."
    )
    reason: Text = ""
    seen: int | None = Field(None, ge=0)


class RecordRow(BaseModel):
    """A launch record of a story."""

    id: str
    vendor: str
    product: str
    event: str
    category: str
    announced: str
    availability: str
    review: str
    evidence: str
    article: str
    publishers: list[str]
    confidence: float
    revision: int


class Records(BaseModel):
    """The launch records of a story."""

    records: list[RecordRow]


class Made(BaseModel):
    """A decision as it was kept."""

    id: str
    act: str
    kind: str
    subject: str
    value: str
    actor: str
    at: str
    reason: str
    edition: str
    revision: int

    @classmethod
    def of(cls, decision: Decision) -> Made:
        """Return a decision as an answer."""
        return cls(**{name: getattr(decision, name) for name in cls.model_fields})


class ClashAnswer(Problem):
    """Somebody else decided the same since: nothing was saved. Or what is there forbids the act."""

    theirs: Made | None = None
    mine: Made | None = None
    revision: int | None = None


class Said(Body):
    """A comment for colleagues, or what readers of a published edition are told."""

    value: str = Field(min_length=1, max_length=LONGEST)
    reason: Text = ""


class Assignee(Body):
    """Who looks after a story; "" for nobody."""

    name: Short = ""
    reason: Text = ""
    seen: int | None = Field(None, ge=0)


class CommentRow(BaseModel):
    """A comment on a story."""

    id: str
    actor: str
    at: str
    value: str


class SentenceRow(BaseModel):
    """A sentence of an article of a story, that can be cited."""

    article: str
    publisher: str
    language: str
    start: int
    text: str


class Merge(Body):
    """Stories that are one."""

    stories: list[Id] = Field(min_length=2, max_length=50)
    reason: Text = ""


class Part(Body):
    """Articles that leave a story, into one of their own or into another one."""

    articles: list[Id] = Field(min_length=1, max_length=200)
    to: Short = ""
    reason: Text = ""


class Undo(Body):
    """An act to undo; "" for the last one of the token's holder."""

    act: Short = ""
    reason: Text = ""


class Address(Body):
    """One address to read."""

    url: str = Field(min_length=8, max_length=2000, pattern=r"^https?://")
    reason: Text = ""


class Acted(BaseModel):
    """What an act did."""

    act: str
    done: bool = Field(description="False where the steps are still at it.")


class StoryRow(BaseModel):
    """A story in a list."""

    id: str
    headline: str
    language: str
    original: str
    score: float
    members: list[str]
    publishers: list[str]
    place: int
    standing: str
    edited: list[str]
    assigned: str
    labels: list[str]


class Stories(BaseModel):
    """A page of stories."""

    stories: list[StoryRow]
    total: int


class WholeStory(BaseModel):
    """A story's record, and all that was decided on it."""

    story: dict[str, Any]
    decisions: list[dict[str, Any]]
