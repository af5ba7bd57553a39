"""The names that may be those of an event's vendor and product, with what speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from digest.records import Article
from digest.stages.clean import clean_name, is_common_word, key_of, truecase
from digest.stages.cuts import Cuts
from digest.stages.data_files import rows_of
from digest.stages.facts import month_numbers
from digest.stages.grammar import NOTHING, Grammar
from digest.stages.names import QUOTED, brand_words, find_names, is_kind
from digest.stages.needles import is_within, places_of
from digest.stages.ordinary import common_pairs, is_country, is_frequent, is_frequent_in
from digest.stages.protagonist import is_maker
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import Knowledge, load_knowledge
from digest.stages.whose import speaker_of
from digest.stages.wide import KATAKANA, LATIN, maker_in
from digest.stages.wide import QUOTED as WIDE_QUOTED
from digest.text import count_words, split_sentences, weekdays

READ = 4  #: sentences that are read beside the title
WHOLE = 1_000  #: characters of a sentence, a title too, that are read: longer ones are lists
MOST = 100  #: names that are weighed
LONGEST = 5  #: words of a quoted name; longer is somebody's words
LONGEST_WIDE = 20  #: characters of a quoted name
SHORT, LONG = 5, 3  #: letters of a short name; words of a long one
SHORT_WIDE, LONG_WIDE = 2, 7  #: characters of such
OWNING = re.compile(r"['’]s?\s")
ASIDE = re.compile(r"\([^()]*\)")
SPLIT = re.compile(r"(?<=['’]s)\s|(?<=s['’])\s")
LAST = re.compile(r"[\w’']+$")
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")  #: "l'agent" are two
WRITTEN = re.compile(r"[\u3400-\u9fffァ-ヶー・A-Za-z0-9]+")  #: of Japanese and Chinese: no particle
SPOKEN = re.compile(r"[，。？！、,?!]")  #: in what somebody says, and in no name
LED = "".join(rows_of("function_words.toml", "before_company"))
OPENED = '"“„«‘‹「『《〈'


@dataclass(frozen=True, slots=True)
class Scene:
    """Title and opening of an article, in which an event's parties are looked for."""

    article: Article
    grammar: Grammar
    parts: tuple[str, ...]  #: the title in its true case, then the sentences
    names: tuple[str, ...]  #: what may be a party, in order
    own: str  #: the vendor that speaks, "" where another does


def set_scene(
    article: Article, grammar: Grammar, knowledge: Knowledge, cuts: Cuts | None = None
) -> Scene:
    """Return an article's title and opening with the names in them.

    Of languages with spaces these are what is written or quoted like a name; of Japanese and
    Chinese what title and text share, what is quoted, in katakana or Latin letters, or acts. Those
    over `MOST` are counted in `cuts`.
    """
    spans = split_sentences(article.text)[:READ]
    title = truecase(article.title, article.text, grammar.language)
    parts = tuple(one[:WHOLE] for one in (title, *(article.text[s:e] for s, e in spans)))
    find = _wide_names if grammar.wide else _spaced_names
    found = dict.fromkeys(find(article, grammar, parts, knowledge))
    own = speaker_of(article)
    if own:
        found.setdefault(own)
    names = [name for name in found if name == own or _may_be(name, grammar)]
    if cuts is not None:  # the names of an article are the same whoever weighs them
        cuts["names"] = max(cuts["names"], len(names) - MOST)
    return Scene(article, grammar, parts, tuple(names[:MOST]), own)


def _may_be(name: str, grammar: Grammar) -> bool:
    """Return whether a name is no date, no country and not one letter."""
    words = [word.casefold().strip(".,") for word in name.split()]
    dated = all(w.isdigit() or w in month_numbers() or w in weekdays() for w in words)
    return len(name) > 1 and not dated and not is_country(name, grammar.language)


def _spaced_names(
    article: Article, grammar: Grammar, parts: Sequence[str], knowledge: Knowledge
) -> Iterator[str]:
    whole = f"{parts[0]}\n{article.text}"
    for part in parts:
        for match in QUOTED.finditer(part):
            name = match[1].strip()
            if name[-1:] not in ",.!?" and name[:1].isupper() and count_words(name) <= LONGEST:
                yield name
        for name in find_names(ASIDE.sub("", part), grammar):
            for piece in SPLIT.split(name):
                bare = clean_name(re.sub(r"['’]s?$", "", piece))
                told = " " in bare or whole.count(bare) > 1 or is_within(bare, whole)
                if bare and told and is_maker(bare, article, grammar, knowledge):
                    yield bare
    yield from shared_words(parts[0], article.text, grammar.language)


def shared_words(title: str, text: str, language: str) -> Iterator[str]:
    """Give the longest runs of small words that title and text share: "agent conversationnel".

    They describe what has no name. Little words at their ends are cut off.
    """
    words, lower = WORD.findall(title), f" {' '.join(WORD.findall(text.casefold()))} "
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and f" {' '.join(words[start : end + 1]).casefold()} " in lower:
            end += 1
        run = words[start:end]
        while run and run[0].casefold() in stopwords(language):
            run = run[1:]
        while run and run[-1].casefold() in stopwords(language):
            run = run[:-1]
        if 1 <= len(run) <= LONGEST and all(word == word.casefold() for word in run):
            yield " ".join(run)
        start = max(end, start + 1)


def _wide_names(
    article: Article, grammar: Grammar, parts: Sequence[str], _: Knowledge
) -> Iterator[str]:
    yield from shared_runs(parts[0], article.text)
    for part in parts:
        for match in WIDE_QUOTED.finditer(part):
            if len(match[1]) <= LONGEST_WIDE and not SPOKEN.search(match[1]):
                yield match[1].strip(" ・")
        for pattern in (KATAKANA, LATIN) if grammar.language == "ja" else (LATIN,):
            yield from (m[0].strip(" ・") for m in pattern.finditer(part) if m[0].upper() != "AI")
        yield from (match[1] for match in _companies().finditer(part))
        actor = clean_name(maker_in(part, grammar) or "")
        if actor and (grammar.language == "ja" or article.text.count(actor) > 1):
            yield actor


def shared_runs(title: str, text: str) -> Iterator[str]:
    """Give the longest runs of Han letters, kana and Latin letters that title and text share.

    A name is written alike in both; what stands beside it hardly ever is.
    """
    for run in (match[0] for match in WRITTEN.finditer(title)):
        start = 0
        while start < len(run):
            end = start
            while end < len(run) and run[start : end + 1] in text:
                end += 1
            name = _without_end(run[start:end])
            if len(name) > 1 and name not in common_pairs():
                yield name
            start = max(end, start + 1)


def _without_end(name: str) -> str:
    """Return what title and text share without what a name never ends with: "的"."""
    ends = tuple(load_knowledge().names["name_ends"])
    while name.endswith(ends):
        name = name[:-1]
    return name


@cache
def _companies() -> re.Pattern[str]:
    """Return what opens a clause and ends like a company: "是远山咨询"."""
    rows = load_knowledge().names
    ends = "|".join((*rows["companies"], *rows["firms"]))
    return re.compile(rf"(?:(?<!\w)|(?<=[{LED}]))([^\W{LED}a-zA-Z\d_]{{1,6}}?(?:{ends}))")


def signs_of(name: str, scene: Scene) -> dict[str, float]:
    """Return what speaks for a name as a party, or against it: 0–1, by the names of signs.

    Where it stands in title and opening, how often, what stands beside it, and its form.
    """
    whole = f"{scene.parts[0]}\n{scene.article.text}"
    beside = [
        (part[:place], part[place + len(name) :])
        for part in scene.parts
        for place in places_of(name, part)
    ]
    signs = {
        **_places(name, scene, whole),
        **_neighbours([one for one, _ in beside], [one for _, one in beside], scene.grammar),
        **_form(name, scene),
    }
    return {key: float(worth) for key, worth in signs.items()}


def _places(name: str, scene: Scene, whole: str) -> dict[str, float]:
    title, *sentences = scene.parts
    place, many = title.find(name), scene.article.text.count(name)
    return {
        "titled": place >= 0,
        "heads": place == 0,
        "ends": place >= 0 and title.rstrip(" .!").endswith(name),
        "late": place / max(len(title), 1) if place >= 0 else 0.5,
        "again": many > 1,
        "often": many > 2,
        "only_titled": many == 0,
        "first": name in "".join(sentences[:1]),
        "opens": "".join(sentences[:1]).startswith(name),
        "opens_later": any(one.startswith(name) for one in sentences[1:]),
        "within": is_within(name, scene.article.text),
        "far": max(whole.find(name), 0) / max(len(whole), 1),
        "one": scene.names[0] == name,
        "two": scene.names[1:2] == (name,),
    }


def _neighbours(before: Sequence[str], after: Sequence[str], grammar: Grammar) -> dict[str, float]:
    """Return which words and marks stand beside a name, wherever it stands."""
    words = [found[0].casefold() for one in before if (found := LAST.search(one.rstrip()))]
    marks = {one.rstrip()[-1:] for one in before}
    follows = {one.lstrip(" ")[:1] for one in after}

    def led(pattern: re.Pattern[str]) -> bool:
        return pattern is not NOTHING and any(
            re.search(rf"(?:{pattern.pattern})\s*$", one, re.I) for one in before
        )

    return {
        "of": led(grammar.of),
        "by": led(grammar.by) or bool(marks & _particles("before_doer")),
        "behind": led(grammar.behind),
        "using": led(grammar.using),
        "named": led(grammar.named),
        "fresh": led(grammar.fresh),
        "explained": any(re.match(rf"[™®]?, {grammar.explains.pattern}", one) for one in after),
        "owns": any(OWNING.match(one) for one in after),
        "little_word": any(word in stopwords(grammar.language) for word in words),
        "kind": any(is_kind(word, grammar) for word in words),
        "quoted": any(mark and mark in OPENED for mark in marks),
        "colon": bool(marks & set(":：")),
        "comma_before": bool(marks & set(",，、")),
        "comma_after": bool(follows & set(",，、")),
        "bracket": bool(follows & set("(（")),
        "genitive": bool(follows & _particles("owning")),
        "topic": bool(follows & _particles("topic")),
        "subject": bool(follows & _particles("subject")),
        "object": bool(follows & _particles("object") or marks & _particles("behind_object")),
        "place": bool(follows & _particles("place")),
        "and": bool((follows | marks) & _particles("and")),
    }


@cache
def _particles(table: str) -> frozenset[str]:
    return frozenset(rows_of("function_words.toml", table))


def _form(name: str, scene: Scene) -> dict[str, float]:
    key, wide = key_of(name), scene.grammar.wide
    others = [key_of(one) for one in scene.names if one != name]
    own, words = scene.article.voice == "vendor", name.split()
    rows = load_knowledge().names
    return {
        "speaks": own and bool(key) and key in key_of(scene.article.publisher),
        "common": all(is_common_word(word) for word in words),
        "frequent": all(is_frequent(word) or word.isdigit() for word in words),
        "plain": not wide and name == name.lower(),
        "noun": scene.grammar.language == "de" and all(is_frequent_in(w, "de") for w in words),
        "number": any(sign.isdigit() for sign in name),
        "words": " " in name,
        "short": len(name) <= (SHORT_WIDE if wide else SHORT),
        "long": len(name) > LONG_WIDE if wide else len(words) > LONG,
        "part": any(key in other for other in others),
        "whole": any(other in key for other in others),
        "firm": name.endswith((*rows["companies"], *rows["firms"]))
        or any(word in brand_words() for word in words),
    }
