"""The tables of the settings that say what is read and how, each key with its default."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)


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
        description="Proxy that asks in our place, for nothing whose name stands for a private "
        "address here. It looks names up again, and should refuse such addresses, too.",
    )
    parse_timeout: float = Field(
        120.0,
        gt=0,
        description="Seconds for reading a feed, mail, page or PDF, in a process of its own.",
    )
    parse_memory: int = Field(
        1_000_000_000, gt=0, description="Bytes of memory that such a process may take."
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
    starters: bool = Field(
        True,
        description="Where no package is installed, use a starter package that is on this machine "
        "(`argos`); nothing is downloaded.",
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


#: What the fields of a team's own label have to be.
OWN_WANTED = {
    "description": 'has to be a text: description = "Drones that draw logos in the sky"',
    "examples": 'has to be a list of texts: examples = ["A light show over the stadium"]',
    "cues": 'has to be phrases by language: cues = { en = ["drone show*"], de = ["Drohnenshow*"] }',
}


class OwnLabel(Section):
    """A label that a team adds to the taxonomy."""

    description: str = Field(min_length=1)
    examples: tuple[str, ...] = ()
    cues: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("cues")
    @classmethod
    def _in_known_languages(
        cls, value: dict[str, str | tuple[str, ...]]
    ) -> dict[str, str | tuple[str, ...]]:
        from digest.source_checks import wrong_language

        for tag in value:
            if wrong := wrong_language(tag):
                raise ValueError(wrong)
        return value


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
        description='Labels of yours: { "Drone Shows" = { description = "Drones that draw", '
        'examples = ["…"], cues = { en = ["drone show*", "~drones"] } } }; a cue with `*` is the '
        "beginning of a word, one with `~` counts half.",
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
                key = str(problem["loc"][0])
                wanted = OWN_WANTED.get(key)
                if wanted is None:
                    wanted = f"is not known{nearest(key, OwnLabel.model_fields)}; leave it out"
                elif problem["type"] == "value_error":
                    wanted = f"{problem['msg'].removeprefix('Value error, ')}; {wanted}"
                raise ValueError(f'label "{name}": {key} {wanted}') from None
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


class Oidc(Section):
    """Signing in by a provider: OpenID Connect, with authorization code and PKCE."""

    issuer: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="Its address, as its discovery document names it; empty: no provider.",
    )
    client_id: str = Field("", description="What it calls this room.")
    client_secret: SecretStr = Field(
        SecretStr(""), description="Its secret; better set as DIGEST_WEB__OIDC__CLIENT_SECRET."
    )
    title: str = Field("", description="What the link to it says; its host where empty.")
    scope: str = Field("openid profile email", description="What is asked of it.")
    name_claim: str = Field(
        "preferred_username", description="Claim that an account is named by, the first time."
    )
    role_claim: str = Field("groups", description="Claim that says who somebody is among us.")
    roles: dict[Literal["reader", "editor", "admin"], tuple[str, ...]] = Field(
        default_factory=dict,
        description='Values of that claim that give a role: `{editor = ["news-desk"]}`.',
    )
    default_role: Literal["", "reader", "editor", "admin"] = Field(
        "", description="Role of whom no value gives one; empty: they do not get in."
    )
    redirect: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="Where it leads back; empty: `/login/oidc/back` at the address that was asked.",
    )

    @model_validator(mode="after")
    def _whole(self) -> Oidc:
        if self.issuer and not self.client_id:
            raise ValueError("web.oidc.issuer is set, but no client_id")
        if self.issuer and "openid" not in self.scope.split():
            raise ValueError("web.oidc.scope lacks openid: without it nobody is named")
        return self


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
    oidc: Oidc = Field(default_factory=Oidc)


def nearest(word: str, known: Any) -> str:
    """Return `; did you mean "…"?` for the nearest known word, or nothing."""
    close = difflib.get_close_matches(word, [str(name) for name in known], n=1, cutoff=0.5)
    return f'; did you mean "{close[0]}"?' if close else ""
