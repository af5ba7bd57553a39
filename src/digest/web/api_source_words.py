"""What the API takes and gives about sources and runs, as OpenAPI tells it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from digest.web.api_words import Body, Short, Text


class Pause(Body):
    """Whether a source is left alone."""

    paused: bool
    reason: Text = ""


class NewSource(Body):
    """A source to read from now on."""

    url: str = Field(min_length=8, max_length=2000, pattern=r"^https?://")
    kind: Literal["feed", "page", "report"] = "feed"
    voice: Literal["independent", "vendor", "wire", "regulator"] = "independent"
    publisher: Short = Field("", description="The host's name where empty.")
    name: str = Field("", max_length=60, pattern=r"^[a-z0-9-]*$")
    language: str = Field("", max_length=20)
    why: Text = Field("", description="Why it is read; the reason of the decision.")


class Added(BaseModel):
    """The source that was added."""

    name: str


class SourceRow(BaseModel):
    """A source and how it is."""

    name: str
    kind: str
    url: str
    publisher: str
    voice: str
    language: str
    verdict: str
    why: str
    last_success: str
    failures: int


class ItemRow(BaseModel):
    """An entry of a source."""

    title: str
    url: str
    published: str


class Tried(BaseModel):
    """What a source gave when it was asked just now; nothing was saved."""

    error: str
    found: int
    items: list[ItemRow]


class RunRow(BaseModel):
    """A run and what came of it."""

    id: str
    flow: str
    started_at: str
    finished_at: str
    status: str
    report: dict[str, Any]
