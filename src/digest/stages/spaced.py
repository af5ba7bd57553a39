"""Events in a sentence of a language that is written with spaces between words."""

from __future__ import annotations

import re

from digest.stages.clean import readied
from digest.stages.grammar import NOTHING, Grammar
from digest.stages.names import find_names, find_product, head_of, is_named
from digest.stages.sentences import stopwords
from digest.stages.tense import is_news
from digest.stages.timeless import without_times
from digest.text import weekdays

AFTER_JOIN = re.compile(r"(?:\s\w+){0,2}\s*$")  #: "and also", before a second verb
OWNED = re.compile(r"^(?P<owner>[A-Z][\w&.-]*(?: [A-Z0-9][\w&.-]*)*)['’]s ([\w’' -]{3,60})$")
QUOTED_NAME = re.compile(r"[\"“„«‹‘]\s?([^\"“”„«»‹›‘’]{2,30}?)\s?[\"“”»›’]")
PARTICIPLE = re.compile(r"[^,]*\w,")
BARE = 3  #: words before the verb, at most, of a sentence that has no subject
ASIDE = re.compile(r"\s*\([^()]{1,60}\)")
APPOSITION = re.compile(r",[^,]*,?\s*$")
REVENUE = 40  #: characters after a sum that tell what it is of
LOOSE = 4  #: words between a name and its verb at most
Found = tuple[str, str, str]  #: vendor ("" where the sentence says "the company"), product, event


def events_of(sentence: str, grammar: Grammar, year: str) -> list[Found]:
    """Return what a sentence says that a vendor did: vendor, product and event.

    Args:
        sentence: one sentence.
        grammar: the phrases of its language.
        year: four digits; what happened in an earlier one is background.
    """
    if grammar.condition.match(sentence.lstrip("\"“„«'‘ ")):
        return []
    sentence = readied(sentence)
    sentence = grammar.reported.sub(grammar.reported_as, sentence)
    for short, whole in grammar.whole:
        sentence = sentence.replace(short, whole)
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for event, pattern in grammar.events.near(sentence):
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if is_news(sentence, match, grammar, year):
                read = _active(sentence, match, event, grammar, found)
                if read:
                    found.append(read)
                    taken.append(match.span())
    return found or _passives(sentence, grammar, year)


def _active(
    sentence: str, match: re.Match[str], event: str, grammar: Grammar, found: list[Found]
) -> Found | None:
    groups = match.groupdict()
    if groups.get("pair"):
        return _pact(groups["pair"], event, grammar)
    if groups.get("vendor"):
        return _told_apart(groups, event, grammar)
    before, after = sentence[: match.start()], _object(sentence, match)
    after = without_times(_without_time(after, grammar), grammar)
    after = "" if after.startswith((",", ":")) else after  # "which it sells now, asks …"
    refused = event != "pricing" and bool(grammar.refuse.match(after))
    own = grammar.we.search(match[0])  # "nos complace presentar"
    vendor, after, lead = ("", after, "") if own else subject_of(before, after, grammar)
    if vendor is None and _is_joined(before, grammar) and found:
        vendor = found[-1][0]
    if vendor is None:
        return None
    if refused:
        closed = _closed(vendor, match, grammar) if event == "shutdown" else ""
        return (vendor, closed, event) if closed else None
    product = lead or find_product(after, grammar)
    if event == "funding":
        near = match[0] + sentence[match.end() :][:REVENUE]
        return None if grammar.revenue.search(near) else (vendor, "", event)
    if event == "pricing":
        return vendor, product if is_named(after, grammar) else "", event
    if event == "shutdown" and not (lead or is_named(after, grammar)):
        product = product if " " in product else _closed(vendor, match, grammar)
    kind = event if lead else refine(event, after, product, grammar)
    return (vendor, product, kind) if product else None


def _pact(pair: str, event: str, grammar: Grammar) -> Found | None:
    """Return what two joint subjects did: "Acme and Betasoft" is a pact of Acme with Betasoft."""
    parts = _parties(pair.split(":")[-1], grammar)
    if len(parts) < 2:
        return None
    one, other = (find_names(APPOSITION.sub("", part), grammar) for part in parts[-2:])
    return (one[-1], other[-1], event) if one and other and one[-1] != other[-1] else None


def _parties(pair: str, grammar: Grammar) -> list[str]:
    """Return who stands on either side of an "and"."""
    cuts = [match.span() for match in grammar.joins.finditer(pair) if _is_between(pair, match)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(pair)]
    return [pair[start:end] for start, end in zip(starts, ends, strict=True)]


def _is_between(text: str, match: re.Match[str]) -> bool:
    return text[: match.start()].endswith(" ") and text[match.end() :].startswith(" ")


def _is_joined(before: str, grammar: Grammar) -> bool:
    """Return whether a verb follows another one of the same subject: "launched X and also"."""
    joins = grammar.joins.finditer(before)
    return any(AFTER_JOIN.match(before, match.end()) for match in joins)


def _told_apart(groups: dict[str, str], event: str, grammar: Grammar) -> Found | None:
    """Return what a pattern tells that names the vendor itself: "Nova, which Acme launched"."""
    makers = [name for name in find_names(groups["vendor"], grammar) if not name[0].isdigit()]
    meant = grammar.company.search(groups["vendor"])
    if not makers and not meant:
        return None
    last = groups["vendor"].rfind(makers[-1]) if makers else -1
    vendor = "" if meant and meant.end() > last else makers[-1]
    if event == "funding":
        return vendor, "", event
    thing = groups.get("object") or ""
    if event == "study":
        product = _thing(f"{thing} ", grammar) or find_product(thing, grammar)
    else:
        names = find_names(thing.rsplit(":", 1)[-1], grammar)
        product = names[-1] if names else find_product(thing, grammar)
    return (vendor, product, refine(event, thing, product, grammar)) if product else None


def _closed(vendor: str, match: re.Match[str], grammar: Grammar) -> str:
    """Return the vendor where it is the vendor itself that closes, else nothing."""
    return vendor if grammar.closes.search(match[0]) else ""


def _without_time(phrase: str, grammar: Grammar) -> str:
    bare = phrase.strip()
    time = grammar.now.match(bare)
    return bare[time.end() :].strip() if time else bare


def _object(sentence: str, match: re.Match[str]) -> str:
    groups = match.groupdict()
    inside = groups.get("object") or groups.get("thing")
    if inside:
        return inside
    return re.split(r"[.;!](?:\s|$)", sentence[match.end() :])[0]


def subject_of(before: str, after: str, grammar: Grammar) -> tuple[str | None, str, str]:
    """Return the vendor (None: there is none), the rest of the object, and a product in front.

    Args:
        before: what of a sentence stands before its verb.
        after: what follows it.
        grammar: of the sentence's language.
    """
    before = QUOTED_NAME.sub(r"\1", before)
    clauses = re.split(r"[;:—–]\s|[\"“„«]\s?", before)
    clause = (clauses[-1].strip() or "".join(clauses[-2:-1])).strip()
    if grammar.inverted.match(clause) or (not clause and grammar.inverted is not None):
        return _inverted(clause, after, grammar)
    if PARTICIPLE.fullmatch(clause):
        return None, after, ""  # "with Nova, released today": of Nova, not by it
    core = _without_town(_without_apposition(ASIDE.sub("", clause), grammar), grammar)
    names = find_names(core, grammar)
    last = core.rfind(names[-1]) if names else -1
    plain = grammar.kinds is NOTHING  # nouns have no capital: a name within is no noun
    meant = grammar.company.finditer(core)
    stands = [m.end() for m in meant if not (plain and m.start() < last < m.end())]
    if stands and stands[-1] > last:
        return "", after, ""  # "the Leeds company"
    if names and not _is_joined(before, grammar):
        said = [core[m.end() : last].strip() for m in grammar.source.finditer(core[:last])]
        if said and "," not in said[-1] and (not said[-1] or grammar.study.search(said[-1])):
            return None, after, ""  # "according to Acme", "according to a study by Acme"
        tail = grammar.now.sub(" ", core[last + len(names[-1]) :])
        return (names[-1], after, "") if _is_near(tail, grammar) else (None, after, "")
    if grammar.we.search(core):
        return "", after, ""
    if grammar.drops and not names and _is_bare(core, grammar):
        return "", after, ""
    return None, after, ""


def _without_apposition(clause: str, grammar: Grammar) -> str:
    """Return what stands before a verb without what explains the name: "Acme, of Delft, today"."""
    aside = re.search(r",[^,]*,(?P<tail>[^,]{0,30})$", clause)
    if aside is None or find_names(without_times(aside["tail"], grammar), grammar):
        return clause
    return clause[: aside.start()]


def _without_town(clause: str, grammar: Grammar) -> str:
    """Return what stands before a verb without where its subject is: "Acme aus Graz"."""
    names = find_names(clause, grammar)
    town = clause.rfind(names[-1]) if len(names) > 1 else 0
    place, _, word = clause[:town].rstrip().rpartition(" ")
    if town and grammar.town.fullmatch(word) and place.endswith(names[-2]):
        return place + clause[town + len(names[-1]) :]
    return clause


def _is_bare(words: str, grammar: Grammar) -> bool:
    """Return whether few words before a verb hold no subject: "oggi anche"."""
    several = words.split()
    small = stopwords(grammar.language) | grammar.strip
    fills = (word.casefold() in small or grammar.now.fullmatch(word) for word in several)
    return len(several) <= BARE and all(fills)


def _is_near(tail: str, grammar: Grammar) -> bool:
    """Return whether the words between a name and its verb leave the name the subject.

    "Builder sign-in updates": of a noun in between, the verb would be the noun's.
    """
    words = [word.strip(",.'’()–-") for word in tail.split()]
    words = [word for word in words if word]
    if grammar.little is NOTHING or not words:
        return True  # of languages without the list: their words for a thing agree with no verb
    few = stopwords(grammar.language) | weekdays()
    small = (word.casefold() in few or grammar.little.fullmatch(word) for word in words)
    return "," in tail or (len(words) <= LOOSE and all(small))


def _inverted(clause: str, after: str, grammar: Grammar) -> tuple[str | None, str, str]:
    names = find_names(after, grammar)
    stands_for = grammar.company.match(after.strip())
    if stands_for:
        vendor, rest = "", after.strip()[stands_for.end() :]
    elif names:
        vendor, rest = names[0], after.split(names[0], 1)[1]
    else:
        return None, after, ""
    front = find_names(clause, grammar) if grammar.using.match(clause) else []
    return vendor, rest, front[0] if front else ""


def refine(event: str, phrase: str, product: str, grammar: Grammar) -> str:
    """Return the event that the thing's own name tells: a launched integration is one.

    A thing with a name of its own is a launch even where it is called a feature; a name with a
    version after the first ("Acme 1.4") is a feature of what is known.
    """
    if event not in ("launch", "feature"):
        return event
    if re.search(r"\d\.[1-9]\d*$", product):
        return "feature"
    head = head_of(phrase, grammar)
    named = product in find_names(phrase, grammar, opens=False)
    for kind, pattern in grammar.objects:
        if pattern.search(head) and not (named and kind == "feature"):
            return kind
    return event


def _passives(sentence: str, grammar: Grammar, year: str) -> list[Found]:
    for event, pattern in grammar.passive.near(sentence):
        match = pattern.search(sentence)
        if match and is_news(sentence, match, grammar, year):
            read = _passive(sentence, match, event, grammar)
            if read:
                return [read]
    return []


def _things(phrase: str, grammar: Grammar) -> list[str]:
    """Return the things that a passive sentence may be about: of "Acme's new editor" the editor."""
    owned = OWNED.search(phrase.strip(" ,"))
    if not owned:
        return find_names(phrase, grammar)
    head = head_of(owned[2], grammar)
    return find_names(head, grammar, opens=False) or [head]


def _passive(sentence: str, match: re.Match[str], event: str, grammar: Grammar) -> Found | None:
    inside = match.groupdict().get("object")
    before = re.split(r"[;:]\s", sentence[: match.start()])[-1]
    things = _things(inside or before, grammar)
    rest = sentence[match.start() :]
    agent = grammar.by.search(rest)
    makers = find_names(rest[agent.end() :], grammar) if agent else []
    if event == "study":
        thing = _thing(before, grammar)
        return (makers[0], thing, event) if makers and thing else None
    if not things and event == "shutdown":
        head = head_of(before, grammar)
        things = [head] if " " in head and head != before.strip() else []
    if not things or (event == "acquisition" and not makers):
        return None
    aside = before.rstrip().endswith(",")  # "with Nova, released today"
    first = bool(inside) or (before.strip(" ,").startswith(things[0]) and not aside)
    thing = things[0] if first else things[-1]
    owned = OWNED.search((inside or before).strip(" ,"))
    owner = owned["owner"] if owned else ""
    kind = refine(event, inside or before, thing, grammar)
    return makers[0] if makers else owner, thing, kind


def _thing(before: str, grammar: Grammar) -> str:
    """Return the noun phrase that names a study in the words before the verb."""
    for kind, pattern in grammar.objects:
        if kind == "study" and (match := pattern.search(before)):
            return " ".join(before[match.start() :].split()[:8])
    return ""
