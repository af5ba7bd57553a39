"""Makes entries of a feed's elements, by feedparser's rules, for the elements that we read.

The rules are feedparser 6's (https://github.com/kurtmckee/feedparser, `namespaces/`, BSD-2-Clause).
Every element that would lead further raises `UnusualError`, and feedparser reads the feed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from digest.backends.feed_names import UnusualError, check_idle, handled
from digest.backends.feed_state import XHTML, Open
from digest.backends.feed_texts import TYPES, Attributes, Texts

VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
ATOMS = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}
PERSON = frozenset({"name", "email", "itunes_name", "itunes_email", "url", "uri", "homepage"})


class Elements(Texts):
    """A feed's elements, one after another, and what they have told so far.

    Args:
        url: the feed's address; may be empty.
    """

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element; raises `UnusualError`."""
        outer = self._open[-1]
        now = Open(outer.lang, outer.base)
        self._open.append(now)
        if attributes:
            self._inherit(outer, now, name, attributes)
        if self._content is not None:
            self._mark_up(outer, now, name, attributes)
            return
        if "_" not in name:
            self._leave_asides(name)
        begin = STARTS.get(name)
        if outer.reads and not (self._in_author and (name in PERSON or name not in handled())):
            raise UnusualError(f"{name} in a text")
        if begin is not None:
            begin(self, now, attributes)
        else:
            check_idle(name)
            now.pieces = outer.pieces if attributes else None  # as feedparser has it

    def _leave_asides(self, name: str) -> None:
        """Leave an image or a text input that was never closed."""
        if name not in ("title", "link", "description", "name"):
            self._in_input = False
        if name not in ("title", "link", "description", "url", "href", "width", "height"):
            self._in_image = False

    # The feed and its parts.

    def _rss(self, now: Open, attributes: Attributes) -> None:
        if not self.version.startswith("rss"):
            said = attributes.get("version", "")
            self.version = VERSIONS.get(said, "rss20" if said.startswith("2.") else "rss")

    def _feed(self, now: Open, attributes: Attributes) -> None:
        self.version = self.version or ATOMS.get(attributes.get("version", ""), "atom")
        self._channel(now, {})

    def _channel(self, now: Open, attributes: Attributes) -> None:
        _refuse_cdf(attributes)
        self._in_feed = True
        now.end = self._end_channel

    def _end_channel(self, _: str) -> None:
        self._in_feed = False

    def _item(self, now: Open, attributes: Attributes) -> None:
        _refuse_cdf(attributes)
        if self._entry is not None or self._source is not None or self._in_input:
            raise UnusualError("an entry in an entry")
        self._entry = {}
        self.entries.append(self._entry)
        self._depths = {}
        self._is_link = False
        self._title_depth = -1
        if about := attributes.get("rdf:about"):
            self._entry["id"] = about
        now.end = self._end_item

    def _end_item(self, _: str) -> None:
        self._entry = None
        self._has_content = False

    def _image(self, now: Open, attributes: Attributes) -> None:
        if self._entry is None:
            self._context().setdefault("image", {})
        self._in_image = True
        self._title_depth = -1
        now.end = self._end_image

    def _end_image(self, _: str) -> None:
        self._in_image = False

    def _picture(self, now: Open, attributes: Attributes) -> None:
        if attributes.get("href") or attributes.get("url"):
            self._context()["image"] = {}

    def _input(self, now: Open, attributes: Attributes) -> None:
        if self._entry is not None or self._source is not None or self._in_image:
            raise UnusualError("a text input where none belongs")
        self.feed.setdefault("textinput", {})
        self._in_input = True
        self._title_depth = -1
        now.end = self._end_input

    def _end_input(self, _: str) -> None:
        self._in_input = False

    def _begin_source(self, now: Open, attributes: Attributes) -> None:
        self._source = {}
        self._title_depth = -1
        now.end = self._end_source

    def _end_source(self, _: str) -> None:
        self._source = None

    # Dates, identity and links.

    def _plain(self, field: str, now: Open, attributes: Attributes) -> None:
        now.pieces, now.reads, now.end = [], True, partial(self._keep, field)

    def _origin(self, now: Open, attributes: Attributes) -> None:
        if attributes:
            raise UnusualError("feedburner:origLink with attributes")
        self._plain("feedburner_origlink", now, attributes)

    def _guid(self, now: Open, attributes: Attributes) -> None:
        self._is_link = attributes.get("ispermalink", "true") == "true"
        now.pieces, now.reads, now.end = [], True, self._end_guid

    def _end_guid(self, text: str) -> None:
        value = self._keep("id", text)
        context = self._context()
        context.setdefault("guidislink", self._is_link and "link" not in context)
        if self._is_link:
            context.setdefault("link", value)

    def _link(self, now: Open, attributes: Attributes) -> None:
        if self._in_image and self._entry is not None:
            raise UnusualError("an entry's image with a link")
        if "uri" in attributes:
            raise UnusualError("a link with a uri")
        rel = attributes.setdefault("rel", "alternate")
        kind = attributes.setdefault(
            "type", "application/atom+xml" if rel == "self" else "text/html"
        )
        href = attributes.pop("url", None) or attributes.get("href")
        if href is not None:
            attributes["href"] = self._resolve(href)
        context = self._context()
        context.setdefault("links", []).append(attributes)
        if href is None:
            self._plain("link", now, attributes)
        elif rel == "alternate" and TYPES.get(kind, kind) in ("text/html", XHTML):
            context["link"] = attributes["href"]


def _refuse_cdf(attributes: Attributes) -> None:
    if "lastmod" in attributes or "href" in attributes:
        raise UnusualError("a channel of the Channel Definition Format")


STARTS: dict[str, Callable[[Elements, Open, Attributes], None]] = {
    "rss": Elements._rss,
    "feed": Elements._feed,
    "channel": Elements._channel,
    "item": Elements._item,
    "entry": Elements._item,
    "image": Elements._image,
    "itunes_image": Elements._picture,
    "itunes_link": Elements._picture,
    "textinput": Elements._input,
    "source": Elements._begin_source,
    "feedburner_origlink": Elements._origin,
    "guid": Elements._guid,
    "id": Elements._guid,
    "link": Elements._link,
    "title": Elements._title,
    "dc_title": Elements._title,
    "media_title": Elements._media_title,
    "content": Elements._begin_content,
    "content_encoded": Elements._encoded,
    "description": Elements._description,
    "dc_description": Elements._description,
    "media_description": Elements._description,
    "summary": Elements._summary,
    "itunes_summary": Elements._summary,
    "itunes_owner": Elements._owner,
}
ASIDES = ("subtitle", "tagline", "itunes_subtitle", "rights", "copyright", "dc_rights", "info")
AUTHORS = ("author", "managingeditor", "dc_author", "dc_creator", "itunes_author")
FIELDS = {
    "published": ("published", "issued", "pubdate", "dcterms_issued"),
    "updated": ("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified"),
    "created": ("created", "dcterms_created"),
    "language": ("language", "dc_language"),
}
PEOPLE = {
    "name": ("name", "itunes_name"),
    "email": ("email", "itunes_email"),
    "href": ("url", "uri", "homepage"),
}


def _with(method: Callable[..., None], word: str) -> Callable[[Elements, Open, Attributes], None]:
    return lambda elements, now, attributes: method(elements, word, now, attributes)


STARTS |= dict.fromkeys((*ASIDES, "feedburner_browserfriendly"), Elements._aside)
STARTS |= dict.fromkeys(AUTHORS, Elements._author)
STARTS |= {name: _with(Elements._plain, field) for field, names in FIELDS.items() for name in names}
STARTS |= {name: _with(Elements._person, key) for key, names in PEOPLE.items() for name in names}
