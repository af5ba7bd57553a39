"""Which vendor and product an entry of a report names: in a line of its text, or in its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.records import Article
from digest.stages.clean import clean_name, key_of
from digest.stages.signs import plain_title
from digest.stages.taxonomy import load_knowledge

OWN = re.compile(r"(?P<product>[^()（）]+?)\s*[(（](?P<vendor>[^()（）]{2,60})[)）]")
PARTED = re.compile(r"(?P<left>.+?)\s+[–—|-]\s+(?P<right>.+)|(?P<l>.+?)[：:]\s+(?P<r>.+)")
PLACE = re.compile(r"[,，、]\s*(?!.*(?:&|\+)).*$")
SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s.*$|。.*$")


@dataclass(frozen=True, slots=True)
class Named:
    """What an entry is about.

    Args:
        vendor: the company.
        product: its product.
        start: where the line that names the company begins in the text; -1 where the title does.
        end: where it ends.
    """

    vendor: str
    product: str
    start: int = -1
    end: int = -1


def name_entry(article: Article, language: str) -> Named | None:
    """Return vendor and product of an entry; None where nothing tells who the vendor is.

    A line "Company: Acme, Graz" names it, or the title does: "Nova (Acme)", "Nova by Acme", and
    "Acme – Nova" where one side is known for a vendor, or the text begins with the other alone.

    Args:
        article: the entry.
        language: of its text.
    """
    title = plain_title(article.title).strip()
    line = _company_line().search(article.text)
    if line:
        told = SENTENCE.sub("", line["name"])
        vendor, end = _bare(told), line.start("name") + len(told)
        if vendor and title:
            return Named(vendor, _product_of(title, vendor), line.start(), end)
    return _from_title(title, article.text, language)


def _bare(name: str) -> str:
    """Return a company's name without its place, its legal form and "Firma" before it."""
    name = _company_word().sub("", PLACE.sub("", name.strip()))
    return clean_name(name) or name.strip(" .")


def _product_of(title: str, vendor: str) -> str:
    """Return a title without the vendor that a line has named already."""
    own = OWN.fullmatch(title)
    if own and key_of(_bare(own["vendor"])) == key_of(vendor):
        return own["product"].strip()
    for one, other in _sides(title):
        if key_of(one) == key_of(vendor):
            return other
    return title


def _sides(title: str) -> list[tuple[str, str]]:
    parted = PARTED.fullmatch(title)
    if not parted:
        return []
    left, right = (parted["left"] or parted["l"]), (parted["right"] or parted["r"])
    return [(left.strip(), right.strip()), (right.strip(), left.strip())]


def _from_title(title: str, text: str, language: str) -> Named | None:
    own = OWN.fullmatch(title) or _by(language).fullmatch(title)
    if own:
        vendor = _bare(own["vendor"])
        return Named(vendor, own["product"].strip()) if _is_company(vendor) else None
    known = load_knowledge().vendors.named
    for one, other in _sides(title):
        if one in known or (_opens(text, other) and key_of(one) not in key_of(text)):
            return Named(_bare(one), other) if _is_company(_bare(one)) else None
    return None


def _opens(text: str, name: str) -> bool:
    key = key_of(name)
    return bool(key) and key_of(text).startswith(key)


def _is_company(name: str) -> bool:
    """Return whether a name may be a company's: no stage, label, abbreviation or number."""
    knowledge = load_knowledge()
    if name in knowledge.vendors.named:
        return True
    labels = {key_of(one.name) for one in knowledge.categories}
    stage = "|".join(knowledge.names["note_stages"])
    wordy = name[:1].isupper() or not name.isascii()
    short = name.isascii() and name.isupper() and len(name) < 5  # "CRM", "DAM", "B2B"
    known = key_of(name) in labels or re.fullmatch(stage, name, re.I)
    return wordy and not short and not known and not re.fullmatch(r"[\d\W]*", name)


@cache
def _by(language: str) -> re.Pattern[str]:
    """Return how a title names its maker: "Nova by Acme" (`names.toml`, `entry_by`)."""
    rows = load_knowledge().names["entry_by"]
    words = "|".join(rows.get(language.split("-")[0], ())) or r"(?!)"
    name = r"[^\W\d_a-zß-ÿ][^\s,;:]*(?:\s[^\W\d_a-zß-ÿ][^\s,;:]*){0,2}"
    return re.compile(rf"(?P<product>.+?)\s(?:{words})\s(?P<vendor>{name})")


@cache
def _company_line() -> re.Pattern[str]:
    """Return how a line or sentence names the company: "Vendor: Acme" (`names.toml`)."""
    words = "|".join(load_knowledge().names["company_lines"])
    begins = r"(?:^|(?<=[.!?] )|(?<=。))"
    return re.compile(rf"{begins}(?:{words})\s*[:：]\s*(?P<name>[^\n]{{2,400}})$", re.I | re.M)


@cache
def _company_word() -> re.Pattern[str]:
    words = "|".join(load_knowledge().names["company_lines"])
    return re.compile(rf"^(?i:{words})\s+(?=[^\W\d_a-zß-ÿ])")
