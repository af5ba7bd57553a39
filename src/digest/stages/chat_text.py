"""An edition told in a chat: its headline, a few stories, and where the rest stands."""

from __future__ import annotations

import re

from digest.records import Edition
from digest.stages.ledger import entrants
from digest.stages.mail import subject_of
from digest.stages.safe import clean
from digest.stages.words import Words

LONGEST = 300  #: characters of a headline
CALLS = re.compile(r"@(?=\w)")  #: "@everyone" rings on every telephone of a channel


def chat_text(edition: Edition, *, stories: int, online: str = "") -> tuple[str, str]:
    """Return title and plain text of a message.

    Args:
        edition: what to tell.
        stories: how many headlines, the opening's included.
        online: public address of the edition's page, "" where it has none.
    """
    words = Words(edition.language)
    told = entrants(edition)
    lines = []
    for each in told[:stories]:
        first = edition.citations[each.citations[0] - 1] if each.citations else None
        publisher = f" ({_harmless(first.publisher)})" if first and first.publisher else ""
        lines.append(f"• {_harmless(each.headline)}{publisher}")
    rest = len(told) - len(lines)
    if not told:
        lines.append(words.labels.gettext("Nothing qualified"))
    elif rest > 0:
        more = words.labels.ngettext("and %(num)s more story", "and %(num)s more stories", rest)
        lines.append(more % {"num": words.number(rest)})
    if online:
        lines += ["", online]
    return _harmless(subject_of(edition)), "\n".join(lines)


def _harmless(text: str) -> str:
    """Return foreign text without what chats take for a call, a link or a mark of their own."""
    plain = clean(text)[:LONGEST].replace("<", "‹").replace(">", "›")
    return CALLS.sub("@\u2060", plain)
