"""What the API takes and gives about editions: every body and answer, as OpenAPI tells them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from digest.web.api_words import Body, Id, Text

Shown = Literal["html", "mail", "text", "md", "json", "csv", "pdf"]


class Order(Body):
    """The stories of an edition in order."""

    stories: list[Id] = Field(max_length=500)
    seen: int | None = Field(None, ge=0)
    reason: Text = ""


class Publishing(Body):
    """How an edition is published."""

    send: bool = Field(False, description="Send it to its readers and chats, too.")
    reason: Text = ""


class Sending(Body):
    """Why a published edition is sent."""

    reason: Text = ""


class EditionHead(BaseModel):
    """An edition that is published."""

    id: str
    closed_at: str
    checksum: str


class WholeEdition(BaseModel):
    """An edition, with the revision of its order."""

    published: bool
    order: int
    edition: dict[str, Any]


class Named(BaseModel):
    """A story by its headline."""

    story: str
    headline: str


class CheckRow(BaseModel):
    """One thing to look at before an edition goes out."""

    what: str = Field(description="Such as `empty`, `bare`, `unlabelled`, `records`, `unread`.")
    stories: list[Named]


class SectionRow(BaseModel):
    """How many stories a section has, and had in the last edition."""

    name: str
    now: int
    then: int


class DifferencesAnswer(BaseModel):
    """What an edition has that the last one had not; without a last one all is empty."""

    previous: str
    fresh: list[Named]
    further: list[Named]
    late: list[Named]
    gone: list[Named]
    sections: list[SectionRow]


class PreviewAnswer(BaseModel):
    """An edition as its readers get it, in one format."""

    format: Shown
    media_type: str
    text: str = Field(description="Empty for a PDF.")
    base64: str = Field(description="A PDF; empty for what is text.")


class CopyRow(BaseModel):
    """A copy of an edition that was not taken yet, or not at all."""

    channel: str
    recipient: str
    state: str
    attempts: int
    next_attempt: str
    answer: str


class Deliveries(BaseModel):
    """What became of the copies of an edition."""

    counts: dict[str, int]
    copies: list[CopyRow]
