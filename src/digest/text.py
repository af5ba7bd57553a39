"""Words, sentences, addresses and hashes: the small pure functions that every layer shares."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# Parameters that say how a reader came, not what is shown. Source: the public lists of ClearURLs
# and of the browsers' query-stripping; only those that never choose the content.
TRACKING = re.compile(
    r"^(utm_.*|at_(medium|campaign|.*_(type|name))|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|"
    r"ttclid|igshid|mc_[ce]id|mkt_tok|_hs(enc|mi)|hsctatracking|__hs.*|vero_(id|conv)|oly_(anon|enc)_id|"
    r"wickedid|ns_(mchannel|source|campaign|linkname|fee)|ref_src|ref_url|cmpid|ocid|ncid|"
    r"s_cid|trk|trkcampaign|sc_(campaign|channel|content|medium|outcome|geo|country)|_ga|_gl|spm|"
    r"pk_(campaign|kwd|source|medium)|mtm_.*|wt\.mc_id|wt_mc|xtor|guccounter|guce_.*)$",
    re.I,
)
#: Most addresses: nothing in them that `canonical_url` would change.
PLAIN_URL = re.compile(
    r"https?://(?:www\.)?((?!www\.)(?:[a-z0-9-]{1,60}\.)+[a-z0-9-]{1,60})((?:/[\w!$&'()*+,;=:@~.-]*)*)",
    re.ASCII,
)
ID = re.compile(r"\b[0-9a-f]{20}\b")  # as `make_id` makes them
JOINERS = {0x200C: None, 0x200D: None}  # shape letters and tell no two texts apart
LINE_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
CJK = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]"
)
WIDE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and Han: each is a word
# Zero-width joiners stand within words of Persian, Hindi and others.
WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+(?:['’.\-\u200c\u200d][^\W_{WIDE}]+)*", re.UNICODE)
# Begins with a character class: `re` skips fast to the next one. First narrow ends, then wide ones.
# A run of narrow ends is tried once, from its first: a line of dots would take hours. Marks right
# behind one close what is quoted, though other languages open with them: „Ja.“, »Ja.«
END = re.compile(
    r"[.!?…؟।。！？｡](?:(?<=[.!?…؟।])(?<![.!?…؟।].)[.!?…؟।]*+[\"'”’“‘»«)\]]*+"
    r"(?:[ \xa0\u202f]»(?=\s|\Z))?+(?=\s|\Z)"  # French has a space before its mark
    r"|(?<=[。！？｡])[。！？｡]*(?:[」』）】”’\"]+(?![\u3040-\u309f、，]))?(?![」』）】”’\"]))"
)
WIDE_ENDS = frozenset("。！？｡")
AHEAD = 40  # characters behind a full stop that tell whether it ends a sentence
LINE = re.compile(r"[^\n\r\u2028\u2029\u0085]+")
TOKEN_START = re.compile(r"[\s(\[\"'“„«]")
#: A line's head up to a day ("Köln, 06.11", "Lyon, le 6 févr"), and what follows a dateline's.
DATELINE = re.compile(r"[^.!?]{0,40}\b\d{1,2}(?:\.\d{1,2}|[.º]?\s+[^\W\d_]{3,5})")
DASHED = re.compile(r"\s*[–—(-]")
ORDINAL = re.compile(r"(?<!\d)\d{1,2}\. $")
LETTER_STOP = re.compile(r"[^\W\d_]\.")
KEPT = 8  #: texts whose sentences are kept
OPENERS = "\"'“‘«„‚([¿¡-–—•*"


def canonical_url(url: str) -> str:
    """Return the address without what does not choose the page.

    Lower-cases scheme and host, drops the fragment, default ports, credentials and tracking
    parameters, sorts nothing (order can matter), and keeps the path as it is save for an empty one.

    Raises:
        ValueError: where `url` is no http or https address with a host.
    """
    if plain := PLAIN_URL.fullmatch(url):
        return url if plain[2] else f"{url}/"
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not a web address: {url[:200]!r}")
    host = parts.hostname.rstrip(".").lower()
    if not host:
        raise ValueError(f"no name of a host: {url[:200]!r}")
    host = f"[{host}]" if ":" in host else _ascii_host(host)
    port = parts.port
    if port and (parts.scheme.lower(), port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(key, value) for key, value in pairs if not TRACKING.match(key)])
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme.lower(), host, path, query, ""))


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def url_key(url: str) -> str:
    """Return what two addresses of one page share: no scheme, no `www.`, no closing slash.

    Raises:
        ValueError: as `canonical_url`.
    """
    if plain := PLAIN_URL.fullmatch(url):
        return plain[1] + plain[2].rstrip("/")
    parts = urlsplit(canonical_url(url))
    host = parts.netloc.removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def make_id(*parts: str) -> str:
    """Return the first 20 hex digits of the SHA-256 of `parts`: the form of all our ids."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def ids_in(text: str) -> list[str]:
    """Return the ids of articles that a sentence names, in order."""
    return ID.findall(text)


def name_ids(text: str, names: Mapping[str, str]) -> str:
    """Return a sentence with names in place of the ids that it holds."""
    return ID.sub(lambda found: names.get(found[0], found[0]), text)


def normalise(text: str) -> str:
    """Return the text for comparing: NFKC, case folded, all but letters and digits one space."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(JOINERS)
    return re.sub(r"[\W_]+", " ", folded).strip()


def content_hash(title: str, text: str) -> str:
    """Return the SHA-256 of the normalised title and text, in hex."""
    return hashlib.sha256(
        f"{normalise(title)}\n{normalise(text)}".encode("utf-8", "surrogatepass")
    ).hexdigest()


def count_words(text: str) -> int:
    """Return how many words a text has; a Han character or kana counts as half a word.

    Two characters a word is the rough rule of Chinese and Japanese typography.
    """
    words = WORD.findall(text)
    characters = sum(1 for word in words if len(word) == 1 and CJK.match(word))
    return len(words) - characters + (characters + 1) // 2


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the `(start, end)` of each sentence, so that `text[start:end]` is the sentence itself.

    A line is a sentence's farthest reach. A full stop ends a sentence where white space and
    something other than a lower-case letter follow, and where what stands before is no known
    abbreviation, initial or ordinal (`digest/data/abbreviations.txt`).
    """
    return list(spans_of(text))


@lru_cache(maxsize=KEPT)
def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return what `split_sentences` does, of a text that is read again and again but once."""
    return tuple(_spans(text))


def place_among(spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> int:
    """Return the place of a sentence among those of its text, from 0.

    Raises:
        ValueError: where it is none of them.
    """
    place = bisect_left(spans, span)
    if place == len(spans) or spans[place] != span:
        raise ValueError(f"no sentence of the text: {span}")
    return place


def split_lines(text: str) -> list[tuple[int, int]]:
    """Return the `(start, end)` of each line that is not empty, line breaks left out."""
    return [line.span() for line in LINE.finditer(text)]


def sentences(text: str, *, most: int | None = None) -> list[str]:
    """Return the sentences of a text, verbatim: all, or the first so many."""
    return [text[start:end] for start, end in islice(_spans(text), most)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield what `split_sentences` returns: who wants the first few waits for no more."""
    for line in LINE.finditer(text):
        begin, stop = line.span()
        start = begin
        for match in END.finditer(text, begin, stop):
            if match[0][0] in WIDE_ENDS or _is_end(text, match, begin, stop):
                end = match.end()
                if span := _trimmed(text, start, end):
                    yield span
                start = end
        if span := _trimmed(text, start, stop):
            yield span


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the part without white space around it, None where nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _is_end(text: str, match: re.Match[str], start: int, stop: int) -> bool:
    after = match.end()
    while after < stop and (text[after].isspace() or text[after] in OPENERS):
        after += 1
    following = text[after : min(stop, after + AHEAD)]
    if not following or following[0].islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    before = text[max(start, match.start() - 30) : match.start()]
    token = TOKEN_START.split(before)[-1]
    if len(token) == 1 and token.isupper() and following[:1].isupper():
        return False  # an initial
    if len(token) == 1 and LETTER_STOP.match(following):
        return False  # "z. B."
    if token.casefold() in before_numbers() and (
        following[0].isdigit() or ORDINAL.search(before[: len(before) - len(token)])
    ):
        return False  # "Nr. 5", "am 6. Okt. Nova"
    if DASHED.match(text, match.end()) and DATELINE.fullmatch(text, start, match.start()):
        return False  # "Madrid, 3 nov. – Acme"
    if token.isdigit() and len(token) <= 2 and _starts_with_month(following):
        return False
    return token.casefold() not in abbreviations()


def _starts_with_month(text: str) -> bool:
    word = re.match(r"([^\W\d_]+)(\.?)", text)
    if not word:
        return False
    return word[1].casefold() in months() or bool(
        word[2] and word[1].casefold() in before_numbers()
    )


@cache
def abbreviations() -> frozenset[str]:
    """Return words after which a full stop ends no sentence, lower case, without the stop."""
    return _words_of("abbreviations.txt")


@cache
def before_numbers() -> frozenset[str]:
    """Return words after which a full stop ends no sentence where a number follows."""
    return _words_of("abbreviations_before_number.txt")


@cache
def months() -> frozenset[str]:
    """Return the months' names in the languages that write "3. October"."""
    return _words_of("months.txt")


@cache
def weekdays() -> frozenset[str]:
    """Return the names of the days of the week in languages with spaces."""
    return _words_of("weekdays.txt")


def _words_of(name: str) -> frozenset[str]:
    lines = (resources.files("digest") / "data" / name).read_text("utf-8").splitlines()
    rows = (line.split("#")[0].split() for line in lines)
    return frozenset(word.casefold() for row in rows for word in row)


def dump_line(record: Any) -> str:
    """Return one JSON line that no line reader cuts: U+0085, U+2028 and U+2029 escaped."""
    return json.dumps(record, ensure_ascii=False).translate(LINE_BREAKS)


def parse_time(value: str | None) -> datetime | None:
    """Return an ISO 8601 time or bare date as a time with an offset (a date: midnight UTC).

    None where there is nothing or it cannot be read: the caller treats it as undated.
    """
    if not value:
        return None
    try:
        if len(value) == 10:
            day = date.fromisoformat(value)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
