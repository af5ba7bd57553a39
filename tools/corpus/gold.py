"""Makes the gold file: what the run should find, merge, drop and show, article by article."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from corpus.texts import Text

WEEK = (datetime(2026, 9, 28, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC))
QUARTER = (datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC))


def make_gold(
    texts: list[Text], judged: dict[str, Any], reports: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the gold: facts of the articles, and the judgements written in `judgements.yaml`.

    Args:
        texts: the articles.
        judged: the content of `judgements.yaml`.
        reports: the entries of the innovation reports.
    """
    return {
        "now": judged["now"],
        "articles": [_article(text) for text in texts],
        "others": judged["others"],
        "duplicates": _groups(texts, "duplicates", unmet=judged["unmet"]["duplicates"]),
        "stories": _groups(texts, "story", unmet=judged["unmet"]["stories"]),
        "follows": _follows(texts),
        "near_misses": judged["near_misses"],
        "launches": [_proved(text, item) for text in texts for item in _facts(text, "launches")],
        "records": _records(texts, reports),
        "claims": [_proved(text, item) for text in texts for item in _said(text, "claims", texts)],
        "plans": [_proved(text, item) for text in texts for item in _said(text, "plans", texts)],
        "editions": judged["editions"],
        "unmet": {
            name: judged["unmet"][name]
            for name in ("merged", "drops", "reports", "orders", "editions")
        },
    }


def _records(texts: list[Text], reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the launch records: of each story and kind of event one, with all that tell of it.

    An article that tells of several vendors has one each; `of` names the story of a launch that is
    told elsewhere. A report's entry joins the story of the page that it links to.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    stories = {text.url: text.story for text in texts}
    for text in texts:
        launches = _facts(text, "launches")
        several = len({(item["vendor"], _family(item["event"])) for item in launches}) > 1
        for item in launches:
            apart = item["vendor"] if several and "of" not in item else ""
            key = (item.get("of", text.story), _family(item["event"]), apart)
            _tell(found, key, item, articles=[text.key])
    for entry in reports:
        told = stories.get(entry["url"])
        key = (told or f"report: {entry['name']}", "new", "")
        item = {"vendor": entry["company"], "product": entry["name"], "event": "launch"}
        _tell(found, key, item, entries=[entry["name"]])
    return list(found.values())


def _tell(
    found: dict[tuple[str, ...], dict[str, Any]],
    key: tuple[str, ...],
    item: dict[str, Any],
    *,
    articles: list[str] | None = None,
    entries: list[str] | None = None,
) -> None:
    new = {"story": key[0], "event": item["event"], "names": [], "articles": [], "entries": []}
    record = found.setdefault(key, new)
    names = {"vendor": item["vendor"], "product": item["product"]}
    record["names"] += [names] if names not in record["names"] else []
    record["articles"] += articles or []
    record["entries"] += entries or []


def _family(event: str) -> str:
    return "new" if event in ("launch", "feature", "integration") else event


def _said(text: Text, name: str, texts: list[Text]) -> list[dict[str, Any]]:
    """Return what a text says, which a copy says too."""
    original = text.facts.get("copy_of", text.key)
    return next(_facts(one, name) for one in texts if one.key == original)


def _facts(text: Text, name: str) -> list[dict[str, Any]]:
    return list(text.facts.get(name, ()))


def _article(text: Text) -> dict[str, Any]:
    drop = text.facts.get("drop")
    published = None if "published" in text.facts else text.date
    kept = published if not drop else None
    entry: dict[str, Any] = {
        "key": text.key,
        "url": text.url,
        "publisher": text.site.name,
        "language": text.language,
        "published": published.isoformat() if published else None,
        "story": text.story,
        "duplicates": text.facts.get("duplicates"),
        "drop": drop,
        "weekly": _within(kept, WEEK),
        "quarterly": _within(kept, QUARTER),
        "labels": text.facts.get("labels", []),
        "policy": text.facts.get("policy", False),
        "jurisdictions": text.facts.get("jurisdictions", []),
        "risks": text.facts.get("risks", []),
    }
    return entry | {name: text.facts[name] for name in ("canonical", "note") if name in text.facts}


def _within(moment: datetime | None, period: tuple[datetime, datetime]) -> bool:
    return moment is not None and period[0] <= moment < period[1]


def _groups(
    texts: list[Text], name: str, *, unmet: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    members: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        key = text.story if name == "story" else text.facts.get("duplicates")
        if key and not text.facts.get("drop"):
            members[key].append(text)
    groups = {key: group for key, group in members.items() if len(group) > 1}
    if unknown := unmet.keys() - groups.keys():
        raise ValueError(f"judgements.yaml, unmet: no group of {name} named {sorted(unknown)}")
    return [_group(key, group, unmet=unmet.get(key)) for key, group in groups.items()]


def _group(key: str, texts: list[Text], *, unmet: dict[str, Any] | None) -> dict[str, Any]:
    languages = sorted({text.language for text in texts})
    first = _first(texts)
    entry: dict[str, Any] = {
        "group": key,
        "first": first.key,
        "members": [text.key for text in sorted(texts, key=lambda text: (text.moment, text.key))],
        "languages": languages,
        "publishers": len({text.site.name for text in texts}),
        "cross_language": len(languages) > 1,
        "met": unmet is None,
    }
    if unmet is not None:
        entry |= {"apart": sorted(unmet["apart"]), "why": unmet["why"]}
    certain = _certain(texts)
    return {**entry, "certain": certain} if certain else entry


def _certain(texts: list[Text]) -> list[str]:
    """Return the members that `hreflang` already joins, whatever their languages."""
    return [text.key for text in texts if "hreflang" in text.facts]


def _first(texts: list[Text]) -> Text:
    return min(texts, key=lambda text: (text.moment, text.key))


def _follows(texts: list[Text]) -> list[dict[str, str]]:
    pairs = {(text.story, text.facts["follows"]) for text in texts if "follows" in text.facts}
    return [{"story": story, "follows": earlier} for story, earlier in sorted(pairs)]


def _proved(text: Text, item: dict[str, Any]) -> dict[str, Any]:
    date = text.date.date().isoformat() if text.date else None
    return {**item, "article": text.key, "url": text.url, "date": date}
