"""Whether a translated sentence can be trusted: what is judged is what can be counted."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

from digest.stages.protect import NO_GLOSSARY, NUMBER, Glossary, find_kept
from digest.text import CJK

# Characters of a translation for one of its source, by kind of script. The bounds hold 99.8 % of
# human translations (benchmarks/translation.md), so that what lies outside is rarely right.
RATIOS = {
    (False, False): (0.4, 2.6),
    (True, False): (0.9, 8.0),
    (False, True): (0.12, 1.1),
    (True, True): (0.4, 2.6),
}
SHORT = 20  # below this many characters a ratio says nothing
SCALES = re.compile(r"[万萬億亿兆千百만억조]")
MONTH = re.compile(r"(\d{1,2})\s*[月월]")
DATE = re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)")
HAN_DIGITS = "〇一二三四五六七八九十"


def judge(
    source: str, target: str, *, language: str, to: str, glossary: Glossary = NO_GLOSSARY
) -> str:
    """Return why the translation cannot be trusted, in words; "" where nothing speaks against it.

    Checked are: emptiness, repetition, length for the source's length, text left in the source
    language, names, addresses and numbers that are lost, and numbers that were made up.
    """
    if not target.strip():
        return "empty"
    kept = find_kept(source, glossary=glossary)
    bare, bare_target = _without(source, kept), _without(target, kept)
    return (
        _repetition(source, target)
        or _length(bare, bare_target)
        or _left(bare, bare_target, language=language, to=to)
        or _names(kept, target, to=to, glossary=glossary)
        or _numbers(bare, bare_target, to=to)
    )


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return unicodedata.normalize("NFKC", text)


def _repetition(source: str, target: str) -> str:
    if _longest_run(target) >= max(4, 2 * _longest_run(source)):
        return "repeats itself"
    if len(target) > 200 and _squeeze(target) > 2 * max(1.5, _squeeze(source)):
        return "repeats itself"
    return ""


def _longest_run(text: str) -> int:
    """Return how often a group of one to six tokens is repeated in a row, at most."""
    tokens = re.findall(r"\w+", CJK.sub(r" \g<0> ", text.casefold()))
    longest = 1
    for size in range(1, 7):
        run = 0
        for index in range(size, len(tokens)):
            run = run + 1 if tokens[index] == tokens[index - size] else 0
            longest = max(longest, run // size + 1)
    return longest


def _squeeze(text: str) -> float:
    data = text.encode("utf-8", "surrogatepass")
    return len(data) / len(zlib.compress(data, 6))


def _length(source: str, target: str) -> str:
    lengths = len(source.strip()), len(target.strip())
    if max(lengths) < SHORT:
        return ""
    low, high = RATIOS[_is_cjk(source), _is_cjk(target)]
    if lengths[1] < low * lengths[0] - SHORT / 2:
        return "too short for its source"
    if lengths[1] > high * lengths[0] + SHORT:
        return "too long for its source"
    return ""


def _is_cjk(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return 2 * len(CJK.findall(text)) > letters


def _left(source: str, target: str, *, language: str, to: str) -> str:
    if _script(source) != _script(target) or _script(source) in ("LATIN", "CYRILLIC", "ARABIC"):
        return _copied(source, target)
    if {language.split("-")[0], to.split("-")[0]} in ({"zh", "ja"}, {"zh"}):
        same = source.strip() == target.strip() and len(source.strip()) >= SHORT / 2
        return "left in the source language" if same else ""
    return "left in the source language" if len(source) >= SHORT / 2 else ""


def _copied(source: str, target: str) -> str:
    """Tell whether the running words were copied: the lower-case ones, since names are not."""
    words = re.findall(r"[^\W\d_]{2,}", source)
    running = [word for word in words[1:] if word.islower()]
    given = Counter(re.findall(r"[^\W\d_]{2,}", target))
    if len(running) < 3:
        return "left in the source language" if running and words == list(given) else ""
    copied = sum(min(count, given[word]) for word, count in Counter(running).items())
    return "left in the source language" if copied / len(running) >= 0.6 else ""


def _script(text: str) -> str:
    """Return the commonest script of the letters, "HAN" for Chinese and Japanese alike."""
    counts: Counter[str] = Counter()
    for char in text[:400]:
        if char.isalpha():
            name = unicodedata.name(char, "OTHER").split(" ", 1)[0]
            counts["HAN" if name in ("CJK", "HIRAGANA", "KATAKANA") else name] += 1
    return counts.most_common(1)[0][0] if counts else ""


def _names(kept: Iterable[str], target: str, *, to: str, glossary: Glossary) -> str:
    folded = unicodedata.normalize("NFKC", target).casefold()
    for name in kept:
        wanted = glossary.rendered(name, to)
        if unicodedata.normalize("NFKC", wanted).casefold() not in folded:
            return f"lost {wanted[:60]!r}"
    return ""


def _numbers(source: str, target: str, *, to: str) -> str:
    found = _digits(target)
    months = set(MONTH.findall(source)) if to.split("-")[0] not in ("zh", "ja", "ko") else set()
    scaled = bool(SCALES.search(source) or SCALES.search(target))
    dated = bool(DATE.search(source))
    for number in NUMBER.findall(source):
        groups = re.findall(r"\d+", number)
        if _is_found(groups, found, scaled=scaled) or _is_spelled(groups, target, to=to):
            continue
        if number in months or (dated and _is_found(_not_month(groups), found, scaled=False)):
            continue
        return f"lost the number {number}"
    return _made_up(source, target, scaled=scaled)


def _digits(text: str) -> set[str]:
    """Return each number of a text without separators, and each of its groups."""
    found: set[str] = set()
    for number in NUMBER.findall(text):
        groups = [str(int(group)) for group in re.findall(r"\d+", number)]
        found |= {*groups, str(int("".join(re.findall(r"\d+", number))))}
    return found


def _is_found(groups: list[str], found: set[str], *, scaled: bool) -> bool:
    joined = str(int("".join(groups)))
    if scaled:  # 1.2億 is 120 million: only the significant digits stay
        short = {number.rstrip("0") for number in found}
        return joined.rstrip("0") in short or all(each.rstrip("0") in short for each in groups)
    return joined in found or all(str(int(group)) in found for group in groups)


def _is_spelled(groups: list[str], target: str, *, to: str) -> bool:
    value = int("".join(groups))
    base = to.split("-")[0]
    if value > 12 or len(groups) > 1:
        return False
    if base in ("zh", "ja"):
        return value <= 10 and (HAN_DIGITS[value] in target or (value == 2 and "两" in target))
    if (base, 0) not in number_words():
        return True  # we cannot read the number words of this language
    return bool(set(re.findall(r"\w+", target.casefold())) & number_words()[base, value])


@cache
def number_words() -> dict[tuple[str, int], frozenset[str]]:
    """Return the words for 0 to 12 by language and number (`digest/data/number_words.txt`)."""
    lines = (
        (resources.files("digest") / "data" / "number_words.txt").read_text("utf-8").splitlines()
    )
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {(row[0], int(row[1])): frozenset(row[2:]) for row in rows}


def _not_month(groups: list[str]) -> list[str]:
    """Return a date's groups without the one that may have become a month's name."""
    small = [index for index, group in enumerate(groups) if int(group) <= 12]
    month = 1 if 1 in small else (small or [0])[0]
    return groups[:month] + groups[month + 1 :] or groups


def _made_up(source: str, target: str, *, scaled: bool) -> str:
    """Tell of an exact number that the source does not have; round ones may be spelled there."""
    known = "".join(re.findall(r"\d+", source))
    for number in NUMBER.findall(target):
        joined = "".join(re.findall(r"\d+", number))
        exact = len(joined) >= 3 and not joined.endswith("0")
        if exact and not scaled and not all(g in known for g in re.findall(r"\d+", number)):
            return f"made up the number {number}"
    return ""
