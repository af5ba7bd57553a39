"""Splits a mail or a long page, laid out as lines, into the stories it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from digest.backends.blocks import Line, Link
from digest.backends.chrome import is_chrome, is_leaving, is_more
from digest.text import count_words, split_sentences

FEWEST = 3  # words of a link that is a title; fewer are "Sign up", "Acme", "here"
LONGEST = 45  # words of a title; what is longer is text
BUTTON = 4  # words on a button, at most
FOOTER = 60  # words, at most, of a line about the subscription
ALMOST = 0.8  # share of a line that is link, from which on the line is the link


@dataclass(slots=True)
class Story:
    """One story as the document tells it."""

    title: str = ""
    url: str | None = None
    lines: list[Line] = field(default_factory=list)
    strong: bool = False  #: its title is a link, or it has a "read more"
    heading: int = 0

    @property
    def text(self) -> str:
        """The blurb, without the title."""
        return " ".join(line.text for line in self.lines)

    @property
    def links(self) -> list[Link]:
        """The links of the blurb that lead to something told."""
        every = [link for line in self.lines for link in line.links]
        return [link for link in every if not is_chrome(link.url, link.text)]

    @property
    def html(self) -> str:
        """The blurb as paragraphs, its links kept."""
        return "\n".join(html_of(line) for line in self.lines if line.text)


def html_of(line: Line) -> str:
    """Return a line as one paragraph, list item or heading, its links kept, all else escaped."""
    text, done, out = line.text, 0, []
    for link in line.links:
        at = text.find(link.text, done) if link.text else -1
        if at >= 0:
            out += [escape(text[done:at]), f'<a href="{escape(link.url)}">{escape(link.text)}</a>']
            done = at + len(link.text)
    inner = "".join([*out, escape(text[done:])])
    tag = f"h{line.heading}" if line.heading else "p"
    return f"<{tag}>{inner}</{tag}>"


def split_stories(lines: Iterable[Line]) -> list[Story]:
    """Return the stories in order; what stands before the first has no title.

    A story begins at a heading, at a line that is a link, at one that begins with a bold link or
    with a link and a break, or at a list item that has a link. It ends where the next begins or at
    a rule. Links that belong to the mail itself (unsubscribe, profile, share) are no stories.
    """
    splitter = _Splitter()
    for line in lines:
        splitter.take(line)
    return splitter.stories()


@dataclass(slots=True)
class _Splitter:
    done: list[Story] = field(default_factory=list)
    now: Story = field(default_factory=Story)
    picture: str | None = None  #: the target of a linked picture, often the next story's

    def take(self, line: Line) -> None:
        links = [link for link in line.links if not is_chrome(link.url, link.text)]
        if line.rule:
            self._begin(Story())
        elif not line.text:
            self.picture = links[0].url if links else self.picture
        elif line.links and _is_footer(line, links):
            return  # "You get this because you signed up. Unsubscribe": nobody's text
        elif more := _more(links):
            self._more(line, more)
        elif self._is_button(line, links):
            self._more(line, links[0])
        elif line.heading or _is_title(line, links):
            self._title(line, links)
        elif line.item and links and not line.heading:
            self._item(line, links)
        else:
            self.now.lines.append(line)

    def stories(self) -> list[Story]:
        self._begin(Story())
        return [_with_url(story) for story in _merge(self.done)]

    def _begin(self, story: Story) -> None:
        if self.now.title or self.now.lines:
            self.done.append(self.now)
        self.now = story

    def _title(self, line: Line, links: list[Link]) -> None:
        url = links[0].url if links else None
        same = self.now.url is not None and url == self.now.url and not self.now.lines
        if same:  # the title twice, or its kicker and itself: the longer one is the title
            self.now.title = max(self.now.title, line.text, key=len)
            return
        title, rest = line.text, ""
        if links and not line.heading and not _is_all_link(line):
            title, rest = links[0].text, line.text.split(links[0].text, 1)[1].strip(" :–—-|")
        fresh = Story(title=title, url=url, strong=bool(url), heading=line.heading)
        if url is None and self.picture:
            fresh.url = self.picture
        self.picture = None
        self._begin(fresh)
        if rest:
            self.now.lines.append(Line(text=rest, links=line.links[1:]))

    def _more(self, line: Line, more: Link) -> None:
        if not _is_all_link(line):
            self.now.lines.append(line)
        if self.now.url is None or not self.now.strong:
            self.now.url, self.now.strong = more.url, True

    def _item(self, line: Line, links: list[Link]) -> None:
        opening = line.text.startswith(links[0].text) and bool(links[0].text)
        best = links[0] if opening else max(links, key=lambda link: len(link.text))
        first = next((line.text[a:b] for a, b in split_sentences(line.text)), line.text)
        title = best.text if opening and count_words(best.text) > FEWEST else first
        self._begin(Story(title=title, url=best.url, strong=True))
        if title != line.text:
            self.now.lines.append(line)

    def _is_button(self, line: Line, links: list[Link]) -> bool:
        """Return whether a line is a "Try it now" below a title that has no link of its own."""
        waiting = bool(self.now.title) and not self.now.strong and self.now.heading > 0
        short = count_words(line.text) <= BUTTON and not line.heading
        return waiting and bool(links) and _is_all_link(line) and short


def _merge(stories: list[Story]) -> list[Story]:
    """Return the stories, those of one address in a row as one, bare section headings left out."""
    merged: list[Story] = []
    for story in stories:
        last = merged[-1] if merged else None
        if last is not None and story.url is not None and story.url == last.url:
            last.title = last.title or story.title
            last.lines += story.lines
            last.strong = last.strong or story.strong
        elif story.url or story.lines:
            merged.append(story)
    return merged


def _with_url(story: Story) -> Story:
    """Give a story under a plain heading its link, where there is just one that can be meant."""
    if story.url is None and story.title:
        urls = list(dict.fromkeys(link.url for link in story.links))
        if len(urls) == 1 or (urls and count_words(story.text) < 60):
            story.url = urls[0]
    return story


def _more(links: list[Link]) -> Link | None:
    return next((link for link in links if is_more(link.text)), None)


def _is_title(line: Line, links: list[Link]) -> bool:
    if not links or not line.links or line.links[0] not in links:
        return False
    first = links[0]
    long_enough = FEWEST <= count_words(first.text) <= LONGEST
    if not long_enough or not line.text.startswith(first.text):
        return False
    whole = _is_all_link(line) and len({link.url for link in links}) == 1
    bold = line.bold >= len(first.text) * ALMOST
    after = line.text[len(first.text) :].lstrip()
    return whole or bold or bool(re.match(r"[(\[:–—|-]", after))


def _is_footer(line: Line, stories: list[Link]) -> bool:
    if any(is_leaving(link.url, link.text) for link in line.links):
        return count_words(line.text) <= FOOTER
    return not stories and _is_all_link(line)


def _is_all_link(line: Line) -> bool:
    return line.linked >= len(line.text) * ALMOST
