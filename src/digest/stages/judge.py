"""Whether a translated sentence can be trusted: what is judged is what can be counted."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

from digest.stages.data_files import any_of, read_data
from digest.stages.protect import NO_GLOSSARY, NUMBER, Glossary, find_kept
from digest.stages.units import find_units
from digest.text import CJK

# Characters of a translation for one of its source, by kind of script. Outside these bounds lie at
# most 0.3 % of human translations of 20 characters and more (benchmarks/translation.md).
RATIOS = {
    ("", ""): (0.45, 2.2),
    ("ja", ""): (0.85, 5.0),
    ("zh", ""): (1.2, 8.5),
    ("", "ja"): (0.17, 1.05),
    ("", "zh"): (0.11, 0.88),
    ("ja", "zh"): (0.3, 1.8),
    ("zh", "ja"): (0.55, 3.3),
}
SLACK = 6  #: characters that a short sentence may differ more
SHORT = 20  #: below this many characters a ratio says nothing
# A number with a word for thousands or millions: "42,000 million" may become "42 Milliarden", and
# 1.2億 "120 million".
SCALED = re.compile(
    rf"\d[\s-]*(?:[{read_data('numerals.toml')['scaled_signs']['every']}]|"
    rf"(?:{any_of('numerals.toml', 'scaled')})\b)",
    re.I,
)
SCRIPTS = {
    **dict.fromkeys(("ja", "zh"), "HAN"),
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), "ARABIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    "ko": "HANGUL",
    "he": "HEBREW",
    "el": "GREEK",
    "th": "THAI",
    "bn": "BENGALI",
}
SIGNS: dict[str, str] = read_data("dates.toml")["signs"]
MONTH = re.compile(rf"(\d{{1,2}})\s*[{SIGNS['month']}{SIGNS['korean_month']}]")
DATE = re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)")
HAN_DIGITS: str = read_data("numerals.toml")["han"]["count"]
TWO: str = read_data("numerals.toml")["han"]["two"]  #: of things


def judge(
    source: str, target: str, *, language: str, to: str, glossary: Glossary = NO_GLOSSARY
) -> str:
    """Return why the translation cannot be trusted, in words; "" where nothing speaks against it.

    Checked are: emptiness, repetition, length for the source's length, text left in the source
    language, names, addresses and numbers that are lost, and numbers that were made up.
    """
    if not target.strip():
        return "no sure answer"  # nothing came, or the model withheld it
    kept = find_kept(source, glossary=glossary)
    bare = _without(source, kept)
    bare_target = _without(target, [*kept, *find_kept(target, glossary=glossary, foreign=False)])
    return (
        _names(kept, target, to=to, glossary=glossary)
        or _repetition(source, target)
        or _length(bare, bare_target, language=language, to=to)
        or _left(bare, bare_target, language=language, to=to)
        or _units(source, target)
        or _numbers(bare, bare_target, language=language, to=to)
    )


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return unicodedata.normalize("NFKC", text)


def _repetition(source: str, target: str) -> str:
    if _longest_run(target) >= max(4, 2 * _longest_run(source)):
        return "repeats itself"
    if _doubles(target) > _doubles(source):
        return "repeats itself"
    if len(target) > 200 and _squeeze(target) > 2 * max(1.5, _squeeze(source)):
        return "repeats itself"
    return ""


def _doubles(text: str) -> int:
    """Return how many clauses of three words or more are there twice."""
    clauses = [clause.casefold().split() for clause in re.split(r"[.!?;:。！？；]", text)]
    counts = Counter(tuple(clause) for clause in clauses if len(clause) >= 3)
    return sum(count - 1 for count in counts.values())


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


def _length(source: str, target: str, *, language: str, to: str) -> str:
    given, made = len(source.strip()), len(target.strip())
    if max(given, made) < SHORT:
        return ""
    low, high = RATIOS.get((_kind(language), _kind(to)), RATIOS["", ""])
    if made < low * (given - SLACK):
        return "too short for its source"
    return "too long for its source" if made > high * (given + SLACK) else ""


def _kind(language: str) -> str:
    base = language.split("-")[0]
    return "ja" if base == "ko" else base if base in ("ja", "zh") else ""


def _left(source: str, target: str, *, language: str, to: str) -> str:
    """Tell whether the target is still in the source's language, whole or in part."""
    script, wanted = (SCRIPTS.get(each.split("-")[0], "LATIN") for each in (language, to))
    if script == "LATIN" or (script == wanted and script != "HAN"):
        return _copied(source, target)
    if script == wanted:  # Chinese and Japanese share their characters
        same = source.strip() == target.strip() and len(source.strip()) >= SHORT / 2
        return "left in the source language" if same else ""
    scripts = Counter(map(script_of, filter(str.isalpha, target)))
    left = scripts[script] > 0.08 * scripts.total()
    return "left in the source language" if left else ""


def _copied(source: str, target: str) -> str:
    """Tell whether the running words were copied: the lower-case ones, since names are not."""
    words = re.findall(r"[^\W\d_]{2,}", source)
    running = [word for word in words[1:] if word.islower()]
    given = Counter(re.findall(r"[^\W\d_]{2,}", target))
    if len(running) < 5:  # "Where is het museum?" is Dutch and English in half of its words
        same = set(running) <= set(given) and len(running) >= 2
        return "left in the source language" if same or (running and words == list(given)) else ""
    copied = sum(min(count, given[word]) for word, count in Counter(running).items())
    if copied / len(running) >= 0.6:
        return "left in the source language"
    run = _shared_run(words, re.findall(r"[^\W\d_]{2,}", target))
    return "partly left in the source language" if run else ""


def _shared_run(source: list[str], target: list[str], size: int = 4) -> bool:
    """Return whether four words in a row were copied, three of them no names."""
    runs = {tuple(target[index : index + size]) for index in range(len(target) - size + 1)}
    return any(
        run in runs and sum(map(str.islower, run)) >= size - 1
        for index in range(len(source) - size + 1)
        if (run := tuple(source[index : index + size]))
    )


def script_of(char: str) -> str:
    """Return the script of a letter by its Unicode name; "HAN" for all of Chinese and Japanese."""
    name = unicodedata.name(char, "OTHER").split(" ", 1)[0]
    return "HAN" if name in ("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH") else name


def _names(kept: Iterable[str], target: str, *, to: str, glossary: Glossary) -> str:
    folded = unicodedata.normalize("NFKC", target).casefold()
    for name in kept:
        wanted = glossary.rendered(name, to)
        if unicodedata.normalize("NFKC", wanted).casefold() not in folded:
            return f"lost {wanted[:60]!r}"
    return ""


def _units(source: str, target: str) -> str:
    """Tell of a currency or percent sign that was lost or exchanged beside a number."""
    if not NUMBER.search(source):
        return ""
    given, made = find_units(source), find_units(target)
    if lost := sorted(given - made):
        return f"lost the unit {lost[0]}"
    extra = sorted(made - given)
    return f"made up the unit {extra[0]}" if extra else ""


def _numbers(source: str, target: str, *, language: str, to: str) -> str:
    found = _digits(target)
    months = set(MONTH.findall(source)) if to.split("-")[0] not in ("zh", "ja", "ko") else set()
    scaled = bool(SCALED.search(source) or SCALED.search(target))
    dated = bool(DATE.search(source))
    for number in NUMBER.findall(source):
        groups = re.findall(r"\d+", number)
        if _is_found(groups, found, scaled=scaled) or _is_spelled(groups, target, to=to):
            continue
        if number in months or (dated and _is_found(_not_month(groups), found, scaled=False)):
            continue
        return f"lost the number {number}"
    return _made_up(source, target, language=language, scaled=scaled)


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
        return value <= 10 and (HAN_DIGITS[value] in target or (value == 2 and TWO in target))
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


def _made_up(source: str, target: str, *, language: str, scaled: bool) -> str:
    """Tell of a number that the source has neither in digits nor in words.

    Round ones and those in scripts with number signs of their own may be spelled there.
    """
    base = language.split("-")[0]
    known = "".join(re.findall(r"\d+", source))
    words = re.findall(r"\w+", source.casefold())
    for number in NUMBER.findall(MONTH.sub(" ", target)):
        groups = re.findall(r"\d+", number)
        value = int("".join(groups))
        if scaled or all(group.lstrip("0") in known for group in groups):
            continue
        if value <= 12:
            spelled = number_words().get((base, value))
            if spelled and not any(word.startswith(tuple(spelled)) for word in words):
                return f"made up the number {number}"
        elif value >= 100 and value % 10:
            return f"made up the number {number}"
    return ""
