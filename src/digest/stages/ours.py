"""Whether news is about what we own or watch: by the names that `stack.yaml` gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from digest.records import Article, Classification, Relation
from digest.stack import NOTHING, Stack
from digest.stages.our_names import OurVendor, make_ours, spellings
from digest.text import make_id

#: Events of what is offered or traded.
OFFERS = frozenset({"launch", "feature", "integration", "partnership", "funding", "acquisition"})
OPENING = 400  #: code points of a text in which a name says what the text is about


@dataclass(frozen=True)
class Ours:
    """The team's stack, with what finds its names in a text.

    Args:
        stack: tools owned and vendors watched.
    """

    stack: Stack = NOTHING

    @property
    def version(self) -> str:
        """What a score depends on: which names are ours, and what we own of whom."""
        names = (f"{name}={vendor}" for name, vendor in sorted(self.stack.aliases.items()))
        owned = (f"{tool.vendor}/{tool.name}" for tool in self.stack.tools)
        return make_id(*names, *owned) if self.stack.aliases else ""

    def vendor_of(self, name: str) -> str:
        """Return the vendor that a name stands for; the name itself where it is none of ours."""
        known = _folded(self.stack)
        said = (known.get(each.casefold()) for each in spellings(name.strip()))
        return next(filter(None, said), name.strip())

    @property
    def aliases(self) -> dict[str, str]:
        """The vendor behind each name, those without their legal forms among them."""
        return _aliases(self.stack)

    def finder(self, vendor: str) -> OurVendor:
        """Return what finds the names of one of our vendors."""
        return _finders(self.stack)[vendor]

    def relation(self, vendor: str) -> Relation:
        """Return whether we own something of a vendor, or watch it."""
        if self.stack.owned(vendor):
            return "owned"
        return "watched" if vendor in self.stack.vendors else ""

    def about(self, article: Article, known: Classification | None = None) -> frozenset[str]:
        """Return our vendors that an article is about: in its title, opening, or proved events.

        A name in passing further down makes no story about a vendor, nor does a word that is
        written like its name.
        """
        head = f"{article.title}\n{article.text[:OPENING]}"
        finders = _finders(self.stack).values()
        found = {each.name for each in finders if each.is_named(head, article)}
        named = (launch.vendor for launch in known.launches) if known else ()
        vendors = set(self.stack.vendors)
        return frozenset(found | ({self.vendor_of(name) for name in named} & vendors))

    def struck(self, article: Article, known: Classification) -> frozenset[str]:
        """Return our vendors at whom an act of policy or an incident is aimed, of those told of.

        By a sentence that tells it, or by the title: where that tells it, or where the article
        tells of nothing that is offered or traded. A vendor of consent tools that launches one, or
        a rival named beside it, is not struck.
        """
        titled = None in known.acts or not any(one.event in OFFERS for one in known.launches)
        told = [quote.text for quote in known.acts if quote]
        said = "\n".join([*([article.title] if titled else []), *told])
        finders = _finders(self.stack)
        return frozenset(
            name for name in self.about(article, known) if finders[name].is_named(said, article)
        )

    def closest(self, vendors: Iterable[str]) -> Relation:
        """Return the nearest relation among some vendors: owned before watched."""
        found = {self.relation(vendor) for vendor in vendors}
        return "owned" if "owned" in found else "watched" if "watched" in found else ""


NONE_OF_OURS = Ours()


@cache
def _finders(stack: Stack) -> dict[str, OurVendor]:
    return {vendor: make_ours(vendor, names) for vendor, names in stack.vendors.items()}


@cache
def _aliases(stack: Stack) -> dict[str, str]:
    bare = {each: vendor for name, vendor in stack.aliases.items() for each in spellings(name)}
    return bare | stack.aliases


@cache
def _folded(stack: Stack) -> dict[str, str]:
    return {name.casefold(): vendor for name, vendor in _aliases(stack).items()}
