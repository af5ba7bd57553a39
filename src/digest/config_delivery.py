"""The tables of the settings that say to whom editions are sent, and through what."""

from __future__ import annotations

import os
import re
from typing import Literal

from pydantic import Field, PositiveInt, SecretStr, ValidationInfo, field_validator

from digest.config_sections import Section
from digest.errors import ConfigError
from digest.records import EditionKind


class Smtp(Section):
    """The mail server."""

    host: str = Field("", description="Name of the SMTP server; empty: no mail is sent.")
    port: int = Field(587, description="Port of the SMTP server.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="Encryption.")
    user: str = Field("", description="Account, where the server wants one.")
    password: SecretStr = Field(
        SecretStr(""), description="Better set as DIGEST_DELIVERY__SMTP__PASSWORD."
    )
    timeout: float = Field(60.0, gt=0, description="Seconds for one answer of the server.")


class Channel(Section):
    """A chat or webhook that is told of each published edition, once."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    url: SecretStr
    audiences: tuple[str, ...] = ()
    kinds: tuple[EditionKind, ...] = ("weekly", "quarterly")
    stories: int = Field(5, ge=0)


class Delivery(Section):
    """Who gets editions by mail and in chats, and who is told when a run fails."""

    smtp: Smtp = Field(default_factory=Smtp)
    sender: str = Field("", description="Address in the From line.")
    to: tuple[str, ...] = Field(
        (), description="Readers of the weekly edition, besides those of `digest subscribers`."
    )
    bounces_to: str = Field(
        "", description="Address that undeliverable mail returns to; the sender's where empty."
    )
    mailbox: str = Field(
        "",
        pattern=r"^(imap://\S+)?$",
        description="Where bounces and complaints arrive, `imap://user@host/Folder`; read with "
        "`[imap]` before an edition is sent.",
    )
    unsubscribe_url: str = Field(
        "",
        pattern=r"^(https://\S+|http://(localhost|127\.0\.0\.1)(:\d+)?(/\S*)?)?$",
        description="Public https address of the room, for unsubscribing with one click.",
    )
    unsubscribe_to: str = Field(
        "", description="Address that takes mails that unsubscribe; `mailbox` has to get them."
    )
    list_id: str = Field(
        "",
        pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$",
        description="Name of the list in `List-Id`, like a domain; the sender's domain if empty.",
    )
    retry_minutes: tuple[PositiveInt, ...] = Field(
        (5, 15, 30, 60, 120, 240, 480),
        min_length=1,
        description="Minutes before each further try of a mail that was not taken yet.",
    )
    give_up_hours: float = Field(72.0, gt=0, description="Hours after which a mail is given up.")
    wait_minutes: float = Field(
        20.0, ge=0, description="Minutes that the weekly run waits for further tries of its own."
    )
    pause: float = Field(0.0, ge=0, description="Seconds between two mails, where a server counts.")
    channels: tuple[Channel, ...] = Field(
        (),
        description="Chats and webhooks, each a table `[[delivery.channels]]`: name, url, "
        "audiences, kinds, stories.",
    )
    alerts: tuple[str, ...] = Field(
        (), description="Who is told of failed and empty runs and of silent sources, by mail."
    )
    alert_urls: tuple[SecretStr, ...] = Field(
        (), description="Likewise, by webhook, chat and the like: addresses as apprise writes them."
    )

    @field_validator("channels")
    @classmethod
    def _told_apart(cls, value: tuple[Channel, ...]) -> tuple[Channel, ...]:
        names = [each.name for each in value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f'two channels are called "{twice}"')
        return value

    @field_validator("sender", "bounces_to", "unsubscribe_to")
    @classmethod
    def _on_one_line(cls, value: str, info: ValidationInfo) -> str:
        if any(ord(letter) < 32 for letter in value) or (value and "@" not in value):
            raise ValueError("is no address")
        return value


def with_variables(name: str, url: str) -> str:
    """Return a channel's address with each `${NAME}` replaced by what the environment says.

    Raises:
        ConfigError: naming the channel and the variable that is not set.
    """

    def value(found: re.Match[str]) -> str:
        if found[1] not in os.environ:
            message = f'channel "{name}" names the variable {found[1]}, which is not set'
            raise ConfigError(message, cure=f"export {found[1]}=…")
        return os.environ[found[1]]

    return re.sub(r"\$\{(\w+)\}", value, url)
