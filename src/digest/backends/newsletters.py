"""Reads newsletters: mails from files, each split into the stories that it links to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from digest.backends.blocks import Line, lay_out
from digest.backends.confirmations import confirmation
from digest.backends.mails import Mail, read_mail
from digest.backends.markup import parse_html
from digest.backends.plainmail import lines_of_text
from digest.backends.stories import Story, split_stories
from digest.errors import CONFIRMATION, InputError, ParseError
from digest.ports import Mailed
from digest.records import Entry, Source, Via
from digest.text import count_words

TEASER = 150  # words: a mail with one story link and less text than this is that story's teaser
SECTION = 40  # words of a section without a link that make it an entry of a link list
EDITORIAL = 100  # words of a mail's own text that make it an entry beside the stories it lists


class MailFiles:
    """Reads the mails of a folder of `.eml` files, an `.mbox` file or a Maildir."""

    def settle(self, source: Source, cursor: str) -> None:
        """Do nothing: files stay as they are."""

    def mails(self, source: Source, *, cursor: str | None = None) -> Mailed:
        """Return each mail as it was received, by file name or in the file's order.

        Raises:
            InputError: where the folder or file is not there.
        """
        place = Path(source.url).expanduser()
        if place.is_file() and place.suffix.lower() == ".eml":
            return Mailed([place.read_bytes()])
        if place.is_file():
            return Mailed(_mbox(place))
        if place.is_dir():
            return Mailed(_folder(place))
        raise InputError(
            f"{source.name}: no folder or file {place}", id=source.name, cure="put the mails there"
        )


def _folder(place: Path) -> Iterator[bytes]:
    maildir = [place / name for name in ("cur", "new")]
    if all(folder.is_dir() for folder in maildir):
        # A Maildir name is "unique:2,flags": without the flags, a mail that is read stays itself.
        files = [file for folder in maildir for file in folder.iterdir() if file.is_file()]
        files.sort(key=lambda file: file.name.split(":")[0])
    else:
        files = sorted(file for file in place.rglob("*.eml") if file.is_file())
    for file in files:
        yield file.read_bytes()


def _mbox(file: Path) -> Iterator[bytes]:
    import mailbox

    box = mailbox.mbox(file, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()


class MailReader:
    """Splits a mail into the stories it lists, or gives it as one entry."""

    def read(self, body: bytes, *, url: str = "", media_type: str = "") -> Iterable[Entry]:
        """Return a mail's entries, each with the mail as `via`; attachments are never opened.

        A list of links becomes one entry a link, titled by the link or its heading, with the text
        around it. A mail with no links, or with one article of its own, becomes one entry.

        Raises:
            ParseError: where the bytes are no mail at all.
        """
        mail = read_mail(body)
        via = Via(mail.id, mail.subject, url=mail.archived_at, published=mail.date)
        lines = _lines(mail)
        if said := confirmation(mail.subject, lines):
            error = ParseError(f"{mail.sender}: {said}", id=mail.id)
            error.reason = CONFIRMATION
            raise error
        stories = split_stories(lines)
        entries = [_entry(story, mail, via) for story in _listed(stories)]
        own = [] if entries else [_whole(stories, mail, via)]
        if entries and (rest := _editorial(stories)):
            own = [_text_entry(mail, via, rest)]
        numbered = [*own, *entries]
        return [
            replace(entry, guid=f"{mail.id}#{number}")
            for number, entry in enumerate(numbered, start=1)
        ]


def _lines(mail: Mail) -> list[Line]:
    tree = parse_html(mail.html) if mail.html else None
    lines = lay_out(tree, base="") if tree is not None else []
    return lines if any(line.text for line in lines) else lines_of_text(mail.text)


def _listed(stories: list[Story]) -> list[Story]:
    """Return the stories of a link list, or nothing where the mail is one text of its own."""
    titled = [s for s in stories if s.title and (s.url or (s.heading and s.lines))]
    linked = {story.url for story in titled if story.url and story.strong}
    if len(linked) >= 2:
        return [story for story in titled if story.url or count_words(story.text) >= SECTION]
    words = sum(count_words(story.text) for story in stories)
    if len(linked) == 1 and words < TEASER:
        return [story for story in titled if story.strong]
    return titled if _is_roundup(titled) else []


def _is_roundup(sections: list[Story]) -> bool:
    """Return whether headed sections tell of different things: most link, to different sites.

    The sections of one essay link seldom, or back to the same site.
    """
    linked = [{urlsplit(link.url).hostname for link in story.links} for story in sections]
    some = [hosts for hosts in linked if hosts]
    apart = len(set().union(*some)) if some else 0
    return len(some) >= 3 and len(some) >= len(sections) * 2 / 3 and apart >= 3


def _editorial(stories: list[Story]) -> list[Story]:
    loose = [story for story in stories if not story.title]
    words = sum(count_words(story.text) for story in loose)
    return loose if words >= EDITORIAL else []


def _entry(story: Story, mail: Mail, via: Via) -> Entry:
    return Entry(
        url=story.url,
        title=_bare_title(story.title, mail.subject),
        published=mail.date,
        html=story.html,
        language=mail.language,
        via=via,
    )


def _bare_title(title: str, subject: str) -> str:
    """Return a title without what newsletters add to it: "(3 minute read)", a number, an arrow."""
    title = re.sub(
        r"\s*[(\[]\s*\d+\s*[- ]?(min(ute)?s?|Min\.?|minuti|minutos)\b[^)\]]*[)\]]", "", title
    )
    return re.sub(r"^\s*(\d{1,2}[.)]\s+|[•▪►→»*■●◆▼◇□◎▶★☆]\s*)|\s*[→»›]\s*$", "", title).strip()


def _text_entry(mail: Mail, via: Via, stories: list[Story]) -> Entry:
    html = "\n".join(story.html for story in stories)
    return Entry(
        url=None,
        title=mail.subject,
        published=mail.date,
        html=html,
        authors=(mail.sender,) if mail.sender else (),
        language=mail.language,
        via=via,
    )


def _whole(stories: list[Story], mail: Mail, via: Via) -> Entry:
    parts = [f"<h2>{escape(s.title)}</h2>\n{s.html}" if s.title else s.html for s in stories]
    entry = _text_entry(mail, via, [])
    return replace(entry, html="\n".join(parts))
