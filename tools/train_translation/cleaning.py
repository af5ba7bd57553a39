"""Which pairs teach nothing good, each refused with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from multiprocessing import Pool

from digest.stages.judge import judge, script_of
from tools.train_translation.languages import TARGET
from tools.train_translation.rows import Pair

LONGEST = 600  #: characters of a side; what is longer is a list or a lost line break
MOST_WAYS = 3  #: translations of one and the same sentence; more are templates
MARKUP = re.compile(r"</?[a-z][^>]*>|\{\{|\}\}|\]\(|!\[|\[!|```|\$\{|&[a-z]+;|\|\s*-{3}|^\s*[|#>]")
HAN = ("ja", "zh-Hans", "zh-Hant")


def clean(pairs: Iterable[Pair], *, workers: int = 1) -> tuple[list[Pair], Counter[str]]:
    """Return the pairs that are learned or judge, in order, and how many fell for what reason.

    What is held out is taken out of what is learned, also where the same English stands elsewhere.
    """
    found = list(pairs)
    reasons = Counter[str]()
    kept: list[Pair] = []
    held = {_fold(pair.target) for pair in found if pair.held}
    seen: set[tuple[str, str, str]] = set()
    ways = Counter[tuple[str, str]]()
    for pair, reason in zip(found, _reasons(found, workers), strict=True):
        reason = reason or _again(pair, held, seen, ways)
        reasons[reason or "kept"] += 1
        if not reason:
            kept.append(pair)
    return kept, reasons


def _reasons(pairs: list[Pair], workers: int) -> Iterator[str]:
    if workers < 2 or len(pairs) < 10_000:
        yield from map(why_not, pairs)
        return
    with Pool(workers) as pool:
        yield from pool.imap(why_not, pairs, chunksize=2_000)


def why_not(pair: Pair) -> str:
    """Return why a pair is not used, or "".

    The last look is the product's own: what Digest would refuse to show is not learned either.
    """
    if not pair.source.strip() or not pair.target.strip():
        return "empty"
    if max(len(pair.source), len(pair.target)) > LONGEST:
        return "too long"
    if MARKUP.search(pair.source) or MARKUP.search(pair.target):
        return "markup"
    if _fold(pair.source) == _fold(pair.target):
        return "copy"
    if not _is_written_in(pair.target, TARGET) or not _is_written_in(pair.source, pair.language):
        return "another script"
    refused = judge(pair.source, pair.target, language=pair.language, to=TARGET)
    return re.sub(r"('.*'|\d.*|unit .*)$", "", refused).strip()


def _again(
    pair: Pair,
    held: set[str],
    seen: set[tuple[str, str, str]],
    ways: Counter[tuple[str, str]],
) -> str:
    key = pair.language, _fold(pair.source), _fold(pair.target)
    if not pair.held and key[2] in held:
        return "held out"
    if key in seen:
        return "seen"
    if ways[key[:2]] >= MOST_WAYS:
        return "too many ways"
    seen.add(key)
    ways[key[:2]] += 1
    return ""


def _is_written_in(text: str, language: str) -> bool:
    """Tell whether most letters are of the language's script; Japanese has kana in it as well."""
    scripts = Counter(map(script_of, filter(str.isalpha, text)))
    if not scripts:
        return False
    if language not in HAN:
        return scripts["LATIN"] >= 0.9 * scripts.total()
    if language == "ja" and len(text) >= 12 and not re.search(r"[\u3040-\u30ff]", text):
        return False
    return scripts["HAN"] >= 0.3 * scripts.total()


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
