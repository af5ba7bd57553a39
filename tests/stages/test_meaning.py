"""Why a story matters: plain sentences, each of them proved by a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from digest.records import Entrant, Launched, Part, Quote, Remark
from digest.stages.catalogues import catalogues
from digest.stages.meaning import MOST, meaning_of, touches_us
from digest.stages.remarks import MEANINGS
from digest.stages.render import render
from digest.stages.sayings import Sayings

from . import edition_sample as sample

OWNED = Remark("for-owner", (("owner", "CRM team"), ("tool", "Mailbox")))
WATCHED = Remark("for-watchers", (("vendor", "Adwell"), ("vendor", "Pinfold")))
FIELD = Remark("for-category", (("owner", "CRM team"), ("category", "CRM")))


def story(**changes: Any) -> Entrant:
    """Return a story of which nothing is known but that three publishers tell of it."""
    empty: dict[str, Any] = dict.fromkeys(Entrant.__dataclass_fields__, ())
    plain = {"publishers": 3, "policy": False, "relation": ""}
    return Entrant(**(empty | plain | changes))


def did(event: str) -> tuple[Launched, ...]:
    return (Launched("Adwell", "Pinfold", event, None, Quote("", "a", 0, 0)),)


def part(code: str, *names: str) -> Part:
    return Part("", 1.0, "", code, names)


@pytest.mark.parametrize(
    ("known", "codes"),
    [
        ({}, ["why-told"]),
        ({"concerns": (OWNED,), "relation": "owned", "risks": ("incident",),
          "why": (part("stake"),)}, ["why-incident"]),
        ({"concerns": (OWNED,), "relation": "owned", "risks": ("incident",)}, ["why-owned"]),
        ({"concerns": (OWNED,), "why": (part("stake"),), "launches": did("pricing")},
         ["why-pricing"]),
        ({"concerns": (OWNED,), "why": (part("stake"),)}, ["why-stake"]),
        ({"concerns": (OWNED,), "launches": did("feature"), "why": (part("unproved"),)},
         ["why-product", "why-unproved"]),
        ({"concerns": (WATCHED,), "launches": did("acquisition")}, ["why-watched-deal"]),
        ({"concerns": (WATCHED,), "policy": True, "risks": ("regulation", "privacy")},
         ["why-watched", "why-privacy"]),
        ({"policy": True, "why": (part("regulator", "The Office"),)},
         ["why-rules", "why-regulator"]),
        ({"concerns": (FIELD,), "launches": did("launch"), "why": (part("independent", "A"),)},
         ["why-field", "why-told-by-others"]),
    ],
)  # fmt: skip
def test_what_a_story_is_to_us_comes_first(known: dict[str, Any], codes: list[str]) -> None:
    """Our tools before vendors we watch, those before law, and last how sure it is."""
    assert [one.code for one in meaning_of(story(**known))] == codes


def test_an_incident_at_a_tool_of_ours_is_said_once() -> None:
    """That customers' data may be unsafe is not said of it a second time."""
    ours = {"concerns": (OWNED,), "relation": "owned", "why": (part("stake"),)}
    leak = story(risks=("security",), policy=True, **ours)
    assert [one.code for one in meaning_of(leak)] == ["why-incident"]
    other = replace(leak, concerns=(), relation="", why=())
    assert [one.code for one in meaning_of(other)] == ["why-security"]


def test_no_more_is_said_than_two_sentences() -> None:
    parts = (part("proved"), part("regulator", "The Office"))
    every = story(concerns=(WATCHED,), policy=True, why=parts)
    assert len(meaning_of(every)) == MOST


@pytest.mark.parametrize("language", catalogues())
def test_every_catalogue_says_it_in_sentences(language: str) -> None:
    """Each names what it is filled with, and ends as a sentence does."""
    words = Sayings(language)
    for code in MEANINGS:
        kinds = ("tool", "vendor", "names", "number")
        given = {"tool": "Mailbox", "vendor": "Adwell", "names": "The Office", "number": "3"}
        filled = tuple((kind, given[kind]) for kind in kinds if _wants(MEANINGS[code], kind))
        category = (("category", "CRM"),) if "category" in MEANINGS[code] else ()
        said = words.remark(Remark(code, (*filled, *category)))
        assert said[-1] in ".。"
        assert all(value in said or kind == "number" for kind, value in filled)


def _wants(message: str, kind: str) -> bool:
    return f"%({'many_publishers' if kind == 'number' else kind})s" in message


def test_sentences_stand_in_a_row() -> None:
    told = Remark("why-told", (("number", "2"),))
    said = "Reported by 2 publishers."
    assert Sayings("en").sentences([told, told]) == f"{said} {said}"
    assert " " not in Sayings("ja").sentences([told, told]).strip("。").split("。")[1][:1]


def test_why_it_matters_is_told_wherever_our_contract_is_touched() -> None:
    """A price that rises for us is told as such outside of the developments; other news are not."""
    edition = sample.weekly()
    section = next(each for each in edition.sections if each.name == "other")
    plain = section.entries[0]
    ours = replace(plain, why=(part("stake", "Adwell"),), concerns=(OWNED,))
    assert touches_us(ours)
    assert not touches_us(plain)
    for entry, often in ((plain, 0), (ours, 1)):
        alone = replace(section, entries=(entry,))
        only = replace(edition, opening=None, sections=(alone,), layout=("other",))
        for format in ("html", "md"):
            assert str(render(only, format=format)).count("Why it matters") == often
