"""The tables of the settings that say what readers get, when, and who sends it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

from pydantic import (
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from digest.config_sections import Section, nearest
from digest.periods import DAYS


class Rank(Section):
    """What makes a story matter."""

    per_publisher: float = Field(
        3.0, description="Points for each doubling of the publishers: 2, 4, 8 of them."
    )
    launch: float = Field(0.5, description="Points for a launch, acquisition or the like.")
    policy: float = Field(3.0, description="Points for regulation, privacy, copyright, security.")
    independent: float = Field(1.0, description="Points where an independent voice tells it.")
    owned: float = Field(3.0, description="Points where it is about a tool or vendor of our stack.")
    watched: float = Field(1.0, description="Points where it is about a vendor that we watch.")
    novelty: float = Field(
        1.0, description="Points taken off a story that an edition has told before."
    )
    preferred: float = Field(1.0, description="Points for what an audience `prefers`.")
    chosen: float = Field(1.0, description="Points by editors' past choices, up or down, at most.")
    top: int = Field(12, gt=0, description="Stories a weekly edition shows at most.")
    top_quarterly: int = Field(40, gt=0, description="Stories a quarterly edition shows at most.")
    per_source: int = Field(
        4, gt=0, description="Stories one source may tell alone or first in a weekly edition."
    )
    per_source_quarterly: int = Field(
        8, gt=0, description="Stories one source may tell alone or first in a quarterly edition."
    )
    per_section_quarterly: int = Field(
        15, gt=0, description="Stories in one section of a quarterly edition, at most."
    )
    per_vendor: int = Field(3, gt=0, description="Stories about one vendor in an edition, at most.")
    per_section: int = Field(
        6,
        gt=0,
        description="Stories in one section of a weekly edition, at most.",
    )


class Summarise(Section):
    """How much is quoted."""

    max_words: int = Field(80, gt=0, description="Words of a story's summary, at most.")


#: Every section of an edition, in the order in which a quarterly shows them.
SectionName = Literal[
    "opening",
    "developments",
    "products",
    "claims",
    "watch",
    "trends",
    "policy",
    "market",
    "research",
    "other",
    "stack",
    "pack",
    "sources",
    "method",
]
SECTIONS: tuple[SectionName, ...] = get_args(SectionName)
WEEKLY: tuple[SectionName, ...] = (
    "opening",
    "developments",
    "products",
    "policy",
    "market",
    "research",
    "other",
    "claims",
    "watch",
    "stack",
    "sources",
    "method",
)
QUARTERLY = SECTIONS


class Writer(Section):
    """A language model that drafts texts from the quoted sentences; off unless it is named."""

    engine: Literal["", "openai-compatible"] = Field(
        "", description="Empty: nothing is written; `openai-compatible`: the server at `url`."
    )
    url: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="Its address, such as `http://localhost:11434`: quoted sentences go there.",
    )
    model: str = Field("", description="The model's name, as the server knows it.")
    key: SecretStr = Field(
        SecretStr(""), description="Its API key; better set as DIGEST_WRITER__KEY."
    )
    timeout: float = Field(120.0, gt=0, description="Seconds for one whole answer.")
    max_words: int = Field(80, gt=0, description="Words of one draft, at most.")
    what: Literal["both", "summary", "opening"] = Field(
        "both",
        description="`opening`: the one thing to know; `summary`: every other story; or both.",
    )


class Audience(Section):
    """For whom the edition is made."""

    name: str = Field(
        "cmo", pattern=r"^[a-z0-9][a-z0-9-]*$", description="Part of the edition's id."
    )
    language: str = Field(
        "en", description="BCP-47 language of the edition: labels, dates and translations."
    )
    title: str = Field("Digest", description="Name on the edition's head.")
    prefers: tuple[str, ...] = Field(
        (), description="Categories, kinds of event (`acquisition`) or `policy` that matter more."
    )
    weekly_sections: tuple[SectionName, ...] = Field(
        (), description="This audience's own; those of `[editions]` if left out."
    )
    quarterly_sections: tuple[SectionName, ...] = Field(
        (), description="This audience's own; those of `[editions]` if left out."
    )
    to: tuple[str, ...] = Field(
        (), description="Who gets its weekly by mail; `delivery.to` if left out."
    )

    @property
    def reads(self) -> str:
        """The language as texts are known to be in it: Chinese by its script, not its place."""
        parts = self.language.split("-")
        if parts[0] != "zh":
            return self.language
        return "zh-Hant" if {"Hant", "TW", "HK", "MO"} & set(parts) else "zh-Hans"

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value == "en":
            return value  # the default costs no look at Babel's tables
        from digest.source_checks import wrong_language

        wrong = wrong_language(value)
        if wrong:
            raise ValueError(wrong)
        return value


class Schedule(Section):
    """When the flows run."""

    timezone: str = Field("UTC", description="IANA time zone of periods and runs.")
    weekly: str = Field("Monday 06:00", description="Weekday and time of the weekly run.")
    quarterly: str = Field("06:00", description="Time on the quarter's first working day.")
    ingest_minutes: int = Field(
        60,
        ge=0,
        le=1440,
        description="Minutes between two readings of the sources whose time has come; 0: none.",
    )

    send_minutes: int = Field(
        10,
        ge=0,
        le=1440,
        description="Minutes between two looks at mails that are due to be tried again; 0: none.",
    )

    @field_validator("weekly", "quarterly")
    @classmethod
    def _readable(cls, value: str, info: ValidationInfo) -> str:
        weekly = info.field_name == "weekly"
        form = r"[A-Za-z]+ +([01]?\d|2[0-3]):[0-5]\d" if weekly else r"([01]?\d|2[0-3]):[0-5]\d"
        named = value.split(" ")[0].lower() in DAYS or not weekly
        if not (re.fullmatch(form, value.strip()) and named):
            like = "Monday 06:00" if weekly else "06:00"
            raise ValueError(f'cannot be read; write it like "{like}"')
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, available_timezones

        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            near = nearest(value, available_timezones())
            raise ValueError(f"unknown time zone {value!r}{near}") from None
        return value


Format = Literal["html", "pdf", "mail", "md", "json", "csv"]
FORMATS: tuple[Format, ...] = ("html", "mail", "md", "json", "csv")


class Editions(Section):
    """Where editions are written, and what they hold."""

    folder: Path = Field(Path("editions"), description="One folder an edition.")
    public: Path | None = Field(
        None,
        description="Folder for a web server: published editions alone, and their archive; "
        "the archive lies in `folder` where it is not set.",
    )
    url: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="Public address of that folder; mails and chats link to it.",
    )
    pdf_on_publish: bool = Field(
        False, description="Write a PDF, too, when an edition is published."
    )
    weekly_sections: tuple[SectionName, ...] = Field(
        WEEKLY, description="Sections of a weekly edition, in order; `sources` is always there."
    )
    quarterly_sections: tuple[SectionName, ...] = Field(
        QUARTERLY,
        description="Sections of a quarterly edition, in order; `sources` is always there.",
    )
    formats: tuple[Format, ...] = Field(FORMATS, description="Files that an edition is written as.")
    compared_quarters: int = Field(
        4, ge=1, le=12, description="Earlier quarters that trends compare with."
    )
    renewal_days: int = Field(
        120, ge=0, description="Days ahead of a renewal in which an edition speaks of it."
    )

    @field_validator("weekly_sections", "quarterly_sections")
    @classmethod
    def _each_once(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        twice = next((name for name in value if value.count(name) > 1), None)
        if twice:
            raise ValueError(f"names {twice!r} twice")
        alone = {"trends", "pack"} & set(value)
        if info.field_name == "weekly_sections" and alone:
            raise ValueError(f"{sorted(alone)[0]!r} is a section of the quarterly only")
        return value
