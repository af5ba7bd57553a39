"""The tables of the settings file: every key with its default and what it does."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from digest.periods import DAYS


class Section(BaseModel):
    """A table of the settings file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Store(Section):
    """Where the records are kept."""

    url: str = Field("sqlite:///digest.db", description="SQLAlchemy address of the database.")
    pages: Path = Field(Path("pages"), description="Folder of the downloaded pages.")


class Fetch(Section):
    """How publishers' servers are asked."""

    user_agent: str = Field(
        "Digest/0.1 (+https://github.com/digest-news/digest)",
        description="Who we say we are; name a contact address.",
    )
    timeout: float = Field(20.0, gt=0, description="Seconds for one answer.")
    max_bytes: int = Field(10_000_000, gt=0, description="Largest body that is read, in bytes.")
    max_redirects: int = Field(5, ge=0, description="Redirects that are followed.")
    retries: int = Field(2, ge=0, description="Further tries after a failure that may pass.")
    parallel: int = Field(8, gt=0, description="Hosts that are asked at once.")
    pause: float = Field(
        5.0,
        ge=0,
        description="Seconds between two requests to one host; robots.txt may ask for more.",
    )
    allow_private: bool = Field(
        False, description="Ask addresses of this machine and of private networks, too."
    )
    proxy: SecretStr | None = Field(
        None,
        description="Proxy that asks in our place; then it has to refuse private addresses.",
    )
    parse_timeout: float = Field(
        120.0, gt=0, description="Seconds for reading one mail or PDF, in a process of its own."
    )
    parse_memory: int = Field(
        1_000_000_000, gt=0, description="Bytes of memory that this process may take."
    )
    mirror: Path | None = Field(
        None, description="Folder `host/path` that answers instead of the network."
    )


class Imap(Section):
    """How newsletters are read from a mail server: sources with an `imap://user@host/Folder`."""

    user: str = Field("", description="Account, where the source's address names none.")
    password: SecretStr = Field(SecretStr(""), description="Better set as DIGEST_IMAP__PASSWORD.")
    security: Literal["tls", "starttls", "none"] = Field("tls", description="Encryption.")
    timeout: float = Field(60.0, gt=0, description="Seconds for one answer of the server.")
    after: Literal["leave", "mark", "move"] = Field(
        "leave",
        description="What becomes of a mail that is kept: it is left, marked as read, moved.",
    )
    move_to: str = Field("Digest", description="Folder that `move` moves to; made where missing.")


class Languages(Section):
    """What is read and what is translated."""

    translate: Literal["least", "all", "none"] = Field(
        "least", description="`least`: what an edition shows or may show; `all`, whole; `none`."
    )
    glossary: Path | None = Field(
        None, description="YAML file of names to keep and of terms with a translation of yours."
    )
    doubtful: float = Field(
        0.5, ge=0, le=1, description="Below this confidence a source's language hint wins."
    )


class Models(Section):
    """Which models do the work."""

    encoder: str = Field(
        "embedded", description="`embedded`, `minilm`, or a sentence-transformers name or path."
    )
    second: Literal["minilm", ""] = Field(
        "minilm",
        description="Model that is asked about undecided pairs of English articles; empty: none.",
    )
    second_texts: int = Field(
        1000, ge=0, description="Articles of a window that this model reads, at most."
    )
    verdicts: Path | None = Field(
        None, description="File of verdicts that `digest calibrate` has written."
    )
    packages: Path | None = Field(
        None, description="Folder of installed Argos packages (argostranslate's own if unset)."
    )
    auto_install: bool = Field(
        False, description="Download a missing package when a run meets its language (`argos`)."
    )
    translator: Literal["argos", "folder", "libretranslate"] = Field(
        "argos", description="`argos` or `folder`, on this machine, or `libretranslate`, a server."
    )
    translator_folder: Path | None = Field(
        None, description="Folder of Marian, M2M-100, NLLB or CTranslate2 models (`folder`)."
    )
    translator_url: str = Field(
        "", description="Address of the LibreTranslate server: texts are sent there."
    )
    translator_key: SecretStr = Field(
        SecretStr(""), description="Its API key; better set as DIGEST_MODELS__TRANSLATOR_KEY."
    )
    fast: bool = Field(False, description="Translate with one hypothesis instead of four.")


class OwnLabel(Section):
    """A label that a team adds to the taxonomy."""

    description: str = Field(min_length=1)
    examples: tuple[str, ...] = ()
    cues: dict[str, str] = Field(default_factory=dict)


class Taxonomy(Section):
    """Which labels there are: the team's own names, fewer, or more."""

    rename: dict[str, str] = Field(
        default_factory=dict, description='Other names: { "CRM" = "Customers" }.'
    )
    merge: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description='Several as one: { "Mail" = ["Email Marketing", …] }.'
    )
    add: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="Labels of yours: name → description, examples, cues by language.",
    )
    only: tuple[str, ...] = Field((), description="Give no labels but these; empty: all.")
    without: tuple[str, ...] = Field((), description="Labels that are not given.")
    learned: Path | None = Field(
        None, description="File of what `digest label --train` learned from corrections."
    )

    @field_validator("add")
    @classmethod
    def _whole(cls, value: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        for name, fields in value.items():
            try:
                OwnLabel(**fields)
            except ValidationError as error:
                problem = error.errors()[0]
                key = ".".join(str(part) for part in problem["loc"])
                raise ValueError(f'label "{name}": {key}: {problem["msg"]}') from None
        return value


class Dedupe(Section):
    """When two articles are the same article."""

    threshold: float = Field(0.5, ge=0, le=1, description="Probability above which two are one.")
    window_days: int = Field(30, gt=0, description="Days between two copies, at most.")


class Cluster(Section):
    """When two articles tell the same event."""

    threshold: float = Field(0.5, ge=0, le=1, description="Probability above which two are one.")
    window_days: int = Field(7, gt=0, description="Days between a story's articles, at most.")
    related_days: int = Field(
        183, gt=0, description="Days between a story and the earlier one it goes on with, at most."
    )


class Rank(Section):
    """What makes a story matter."""

    per_publisher: float = Field(
        3.0, description="Points for each doubling of the publishers: 2, 4, 8 of them."
    )
    launch: float = Field(2.0, description="Points for a launch, acquisition or the like.")
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
    per_source: int = Field(4, gt=0, description="Stories one source may lead in an edition.")
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
SECTIONS = (
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
)
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
WEEKLY: tuple[SectionName, ...] = (
    "opening",
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
QUARTERLY: tuple[SectionName, ...] = (
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
)


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
    weekly_sections: tuple[SectionName, ...] = Field(
        WEEKLY, description="Sections of a weekly edition, in order."
    )
    quarterly_sections: tuple[SectionName, ...] = Field(
        QUARTERLY, description="Sections of a quarterly edition, in order."
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
        alone = {"trends", "developments", "pack"} & set(value)
        if info.field_name == "weekly_sections" and alone:
            raise ValueError(f"{sorted(alone)[0]!r} is a section of the quarterly only")
        return value


class Smtp(Section):
    """The mail server."""

    host: str = Field("", description="Name of the SMTP server; empty: no mail is sent.")
    port: int = Field(587, description="Port of the SMTP server.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="Encryption.")
    user: str = Field("", description="Account, where the server wants one.")
    password: SecretStr = Field(
        SecretStr(""), description="Better set as DIGEST_DELIVERY__SMTP__PASSWORD."
    )


class Delivery(Section):
    """Who gets the weekly edition by mail, and who is told when a run fails."""

    smtp: Smtp = Field(default_factory=Smtp)
    sender: str = Field("", description="Address in the From line.")
    to: tuple[str, ...] = Field((), description="Readers of the weekly edition.")
    alerts: tuple[str, ...] = Field(
        (), description="Who is told of failed and empty runs and of silent sources, by mail."
    )
    alert_urls: tuple[SecretStr, ...] = Field(
        (), description="Likewise, by webhook, chat and the like: addresses as apprise writes them."
    )


class Web(Section):
    """The room in which editors turn a draft into an edition (`digest web`)."""

    host: str = Field("127.0.0.1", description="Address that the room listens on.")
    port: int = Field(8600, ge=0, le=65535, description="Port that the room listens on.")
    secure: bool = Field(
        False, description="Cookies over https only: set it where a proxy speaks https for us."
    )
    session_hours: float = Field(12, gt=0, description="Hours for which somebody stays signed in.")
    proxy_header: str = Field(
        "", description="Header in which a reverse proxy names who is signed in; empty: none."
    )
    proxy_from: tuple[str, ...] = Field(
        ("127.0.0.1", "::1"), description="Addresses of the proxy; the header of others is refused."
    )
    proxy_role: Literal["", "reader", "editor", "admin"] = Field(
        "", description="Role of whom the proxy names and who has no account; empty: none gets in."
    )


def nearest(word: str, known: Any) -> str:
    """Return `; did you mean "…"?` for the nearest known word, or nothing."""
    close = difflib.get_close_matches(word, [str(name) for name in known], n=1, cutoff=0.5)
    return f'; did you mean "{close[0]}"?' if close else ""
