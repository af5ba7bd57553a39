"""Events in a Japanese or Chinese sentence."""

from __future__ import annotations

import re

from digest.stages.grammar import Grammar
from digest.stages.names import kinds_written_large
from digest.stages.signs import plain_title
from digest.stages.tense import is_past
from digest.stages.wide_words import country_first, wide_words

Found = tuple[str, str, str]
QUOTED = re.compile(r"[「『“\"《〈‘]([^「」『』“”\"《》〈〉‘’]{1,50})[」』”\"》〉’]")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+&'-]*(?:[ ・·]?[A-Z0-9][A-Za-z0-9.+&'-]*)*")
KATAKANA = re.compile(r"[ァ-ヶー・]{2,}(?:[ A-Za-z0-9]+)?")
HEADLINE = re.compile(r"(?<=[^\u3040-\u309f、])、")
SHORT_HEAD = re.compile(r"^[^、「」]{2,10}(、)")  #: of a headline, whatever it is written in
ASIDE = re.compile(r"[（(][^（）()]*[）)]")
MIXED_KANA = re.compile(r"(?=.*[ァ-ヶA-Za-z])(?=.*[ぁ-ん])[ぁ-んァ-ヶーA-Za-z0-9]{2,10}")
KANA_FIRST = re.compile(r"[ぁ-ん]{2,4}[一-龥]{2,5}")
MIXED = re.compile(r"([\u4e00-\u9fff]{2,8})([A-Z]{2,4})$")
DEALS = ("acquisition", "partnership")  #: whose other party is a firm
CLAUSE = re.compile(r"[，。；！？、,;]")


def wide_events_of(sentence: str, grammar: Grammar, year: str) -> list[Found]:
    """Return what a Japanese or Chinese sentence says that a vendor did.

    Vendor, product and event; the vendor is "" where the sentence says "the company".
    """
    plain = plain_title(ASIDE.sub("", sentence))
    clauses = CLAUSE.split(plain)
    if any(grammar.condition.match(clause) for clause in clauses[:2]):
        return []
    for event, pattern in grammar.events.near(plain):
        for match in pattern.finditer(plain):
            if grammar.language != "ja" and wide_words("described").match(plain, match.end()):
                continue  # "推出的产品": a product described, not an event
            read = _read(plain, match, event, grammar, year)
            if read:
                return [read]
    return []


def _read(
    sentence: str, match: re.Match[str], event: str, grammar: Grammar, year: str
) -> Found | None:
    japanese = grammar.language == "ja"
    if japanese and not _is_news_ja(sentence, match, grammar, year):
        return None
    if not japanese and not _is_news_zh(sentence, match, grammar, year):
        return None
    if match.groupdict().get("vendor"):
        return _told_apart(match, event, grammar)
    vendor, thing = (_parts_ja if japanese else _parts_zh)(sentence, match, grammar)
    ended = QUOTED.search(sentence[: match.start()]) if event == "shutdown" else None
    if vendor is None and ended:
        return "", ended[1], event  # 「聚點」關閉
    if vendor is None or grammar.refuse.match(thing):
        return None
    if event == "funding":
        return vendor, "", event
    if event == "pricing":
        named = QUOTED.search(thing) or LATIN.search(thing)
        return vendor, named[named.re.groups] if named else "", event
    thing = re.sub(wide_words("opening_dates"), "", thing) if japanese else thing
    first = thing if japanese else CLAUSE.split(thing)[0]
    product = product_of(first, last=japanese)
    if event in DEALS and not japanese:
        product = _after_generic(product, grammar)
    if event == "shutdown" and (not product or wide_words("whole").fullmatch(product)):
        if not vendor or wide_words("offered").search(match[0]):
            quoted = ended is not None and ended[1] == vendor
            return ("", vendor, event) if quoted else None  # "旧画面は提供を終了": no vendor
        return vendor, vendor, event
    return (vendor, product, _refine(event, first, product, grammar)) if product else None


def _told_apart(match: re.Match[str], event: str, grammar: Grammar) -> Found | None:
    """Return what a pattern tells that names the vendor: "アクメが29日に始めた「ノヴァ」"."""
    make = _maker_ja if grammar.language == "ja" else _maker_zh
    vendor = make(match["vendor"], grammar)
    thing = match["object"]
    product = product_of(thing, last=grammar.language == "ja")
    if not vendor or vendor in grammar.generic or not (product or event == "study"):
        return None
    return vendor, product, event if not product else _refine(event, thing, product, grammar)


def _is_news_ja(sentence: str, match: re.Match[str], grammar: Grammar, year: str) -> bool:
    after = re.split(r"[。]", sentence[match.end() :])[0][:20]
    if grammar.unsure.search(match[0][-6:] + after):
        return False
    return not is_past(sentence[: match.start()], grammar, year) or bool(
        grammar.now.search(sentence[: match.start()])
    )


def _is_news_zh(sentence: str, match: re.Match[str], grammar: Grammar, year: str) -> bool:
    before = CLAUSE.split(sentence[: match.start()])
    if grammar.unsure.search(before[-1][-20:]):
        return False
    dated = "，".join(before[-2:])
    return not is_past(dated, grammar, year) or bool(grammar.now.search(before[-1] + match[0]))


def _parts_ja(sentence: str, match: re.Match[str], grammar: Grammar) -> tuple[str | None, str]:
    front = sentence[: match.start()]
    topic = _topic(sentence, match.start())
    start, end = topic.span() if topic else _headed(sentence, front)
    if not end:
        return None, ""
    head = sentence[:start]
    inside = match.groupdict().get("object")
    thing = inside or sentence[end : match.start()]
    if grammar.company.search(head):
        return "", thing
    parties = wide_words("and").split(head) if _is_pact(match) else [head]
    if len(parties) == 2 and all(_maker_ja(party, grammar) for party in parties):
        return _maker_ja(parties[0], grammar), _maker_ja(parties[1], grammar) or ""
    return _maker_ja(head, grammar), thing


def _headed(sentence: str, front: str) -> tuple[int, int]:
    """Return where the comma stands after whom a headline names; a sentence has none."""
    if sentence.endswith("。"):
        return 0, 0
    found = HEADLINE.search(front)
    short = SHORT_HEAD.match(front)
    return found.span() if found else short.span(1) if short else (0, 0)


def _is_pact(match: re.Match[str]) -> bool:
    """Return whether what happened has two parties, both of which may stand before は."""
    return bool(wide_words("pacts").search(match[0]))


def _topic(text: str, before: int | None = None) -> re.Match[str] | None:
    """Return the particle after the one who acts, up to a place: は, else the last が.

    "640社が利用するAcmeは…を発表": what stands before が only describes the one who acts.
    """
    until = len(text) if before is None else before
    particles = [one for one in wide_words("topic").finditer(text) if one.end() <= until]
    topics = [particle for particle in particles if wide_words("topic_first").match(particle[0])]
    return topics[0] if topics else particles[-1] if particles else None


def _maker_ja(head: str, grammar: Grammar) -> str | None:
    """Return the vendor at the end of a Japanese topic: "…を手がける株式会社アクメ" is アクメ."""
    parts = [part for part in wide_words("forms_ja").split(re.split(r"[、。]", head)[-1]) if part]
    if not parts:
        return None
    quoted = QUOTED.search(parts[-1])
    if quoted and parts[-1].rstrip().endswith(quoted[0]):
        return quoted[1]  # アプリの「まちびら」
    kana = wide_words("own_kana").search(parts[-1])
    if kana:
        return kana[1]  # 調査会社のものさし
    name = re.sub(
        rf"^{wide_words('times_ja').pattern}(?=\w{{2}})", "", parts[-1].strip(" 「」『』")
    )
    if MIXED_KANA.fullmatch(name) or KANA_FIRST.fullmatch(name):
        return name  # レジまる, みなと計測
    tail = re.search(r"(?:[A-Za-z0-9.&+ -]+|[ァ-ヶー・A-Za-z0-9]+|[一-龥ァ-ヶーA-Za-z0-9]+)$", name)
    found = country_first().sub("", tail[0].strip()) if tail else ""
    fits = 2 <= len(found) <= 30 and not wide_words("no_maker").search(found)
    return found if fits and found.casefold() not in grammar.generic else None


def _parts_zh(sentence: str, match: re.Match[str], grammar: Grammar) -> tuple[str | None, str]:
    inside = match.groupdict().get("object")
    thing = inside or re.split(r"[。；！]", sentence[match.end() :])[0]
    clauses = [clause for clause in CLAUSE.split(sentence[: match.start()]) if clause]
    for clause in reversed(clauses[-3:]):
        if grammar.company.fullmatch(clause.strip()):
            return "", thing
        vendor = _maker_zh(clause, grammar)
        if vendor:
            return vendor, thing
    return None, thing


def _maker_zh(clause: str, grammar: Grammar) -> str | None:
    """Return the vendor in a Chinese clause: what is quoted, in Latin letters, or short itself."""
    if wide_words("counted").fullmatch(clause.strip()):
        return None
    quoted = QUOTED.search(clause)
    if quoted and clause.rstrip().endswith(quoted[0]):
        return quoted[1]  # 直播工具“开播吧”
    clause = re.sub(rf"{wide_words('dates').pattern}$", "", clause)
    bare = re.sub(rf"^.*?{wide_words('times').pattern}", "", clause) or clause
    bare = _beside_de(_after_generic(bare, grammar), grammar)
    mixed = MIXED.search(bare)
    if mixed and mixed[2] in kinds_written_large():
        return mixed[0]  # 晴天CRM
    names = LATIN.findall(bare)
    if names:
        return str(names[-1]).strip()
    if re.match(wide_words("tails"), bare):
        return None  # 公司表示…
    bare = re.sub(rf"{wide_words('tails').pattern}$", "", bare)
    bare = re.sub(rf"^{wide_words('places').pattern}(?=[\u4e00-\u9fff]{{2}})", "", bare)
    fits = re.fullmatch(r"[\u4e00-\u9fff·]{2,10}", bare) and not wide_words("not_name").search(bare)
    return bare if fits else None


def _after_generic(words: str, grammar: Grammar) -> str:
    """Return a name without what it is, said before it: "广告监测公司蓝鹿" is 蓝鹿."""
    for generic in sorted(grammar.generic, key=len, reverse=True):
        if generic in words and not words.endswith(generic):
            words = words.rsplit(generic, 1)[1]
    return words


def _beside_de(clause: str, grammar: Grammar) -> str:
    """Return a clause without what 的 joins to a name: "做会员运营的鹿鸣", "飛訊的標準方案"."""
    before, joined, after = clause.rpartition("的")
    if not joined:
        return clause
    if grammar.plan.search(after):
        return before
    return after if wide_words("does").match(before) else clause


def maker_in(text: str, grammar: Grammar) -> str | None:
    """Return who acts in a sentence or a title: the topic of a Japanese one, else its first clause.

    None where nobody does.
    """
    if grammar.language != "ja":
        clauses = [clause for clause in CLAUSE.split(ASIDE.sub("", text)) if clause]
        found = (_maker_zh(clause, grammar) for clause in clauses[:2])
        return next((name for name in found if name), None)
    plain = ASIDE.sub("", text)
    topic = _topic(plain) or HEADLINE.search(plain)
    return _maker_ja(plain[: topic.start()], grammar) if topic else None


def product_of(thing: str, *, last: bool) -> str:
    """Return what a phrase names as the thing: quoted, in Latin letters or Katakana, or short.

    Args:
        thing: the phrase.
        last: whether the name stands at the phrase's end, as in Japanese, or first.
    """
    thing = wide_words("dated").split(thing)[0] or thing
    for pattern in (QUOTED, LATIN, KATAKANA):
        found = [match[match.re.groups] for match in pattern.finditer(thing)]
        if found and (pattern is not KATAKANA or last):
            name = str(found[-1] if last else found[0]).strip(" ・")
            return _with_kind(name, thing) if pattern is LATIN else name
    bare = re.sub(rf"^{wide_words('product_openings').pattern}+", "", CLAUSE.split(thing)[0])
    bare = re.sub(rf"{wide_words('product_tails').pattern}$", "", bare)
    if wide_words("described").search(bare):
        return ""  # "能听懂方言的新版机器人": described, not named
    return bare if 2 <= len(bare) <= 20 else ""


def _with_kind(name: str, thing: str) -> str:
    """Return what is called by a kind's letters with what it is that ends the phrase: "AI助手"."""
    if name.upper() not in kinds_written_large():
        return name
    tail = re.compile(rf"{re.escape(name)}[\u4e00-\u9fffァ-ヶー]{{2,8}}(?=[ぁ-ん]?$)")
    found = (tail.search(part) for part in CLAUSE.split(thing))
    return next((match[0] for match in found if match), name)


def _refine(event: str, thing: str, product: str, grammar: Grammar) -> str:
    """A thing with a name of its own is a launch even where it is called a feature."""
    if event not in ("launch", "feature"):
        return event
    if re.search(rf"{wide_words('studies').pattern}(?:\s?(?:19|20)\d\d年?)?$", product):
        return "study"
    named = bool(QUOTED.search(thing)) or bool(LATIN.fullmatch(product))
    for kind, pattern in grammar.objects:
        if pattern.search(QUOTED.sub("", thing)) and not (named and kind == "feature"):
            return kind
    return (
        "launch"
        if named and event == "feature" and not wide_words("feature_of").search(thing)
        else event
    )
