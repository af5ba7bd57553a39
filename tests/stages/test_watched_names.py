"""Vendors are watched under all their names: in other scripts, by products and subsidiaries."""

# Japanese and Chinese have their own marks

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.records import Classification, Language, VendorWatch
from digest.stack import Stack
from digest.stages.classify import classify
from digest.stages.launch_records import find_records
from digest.stages.ours import Ours
from digest.stages.taxonomy import load_knowledge

from .test_findings import add, full_corpus, known, outlet

STACK = Stack.model_validate(
    {
        "tools": [
            {"name": "Nova CRM", "vendor": "Salesforce", "aliases": ["セールスフォース", "Slack"]}
        ],
        "watched": [
            {"vendor": "微软", "aliases": ["Microsoft", "マイクロソフト", "LinkedIn"]},
            {"vendor": "Quellmark", "aliases": ["Kelltro"]},
            {"vendor": "Stillwater"},
        ],
    }
)
NEWS = [
    (
        "launch-ja", "ja", "セールスフォース、CRM向けAIエージェントを発売",
        "セールスフォースは12日、顧客管理（CRM）向けのAIエージェント「アストロ」を発売した。月額は3万円。",
    ),
    (
        "launch-zh", "zh-Hans", "微软推出营销自动化工具",
        "微软今日正式推出面向中小企业的营销自动化工具“星火”。首批客户二十家。",
    ),
    (
        "down", "en", "LinkedIn ads go down for hours",
        "LinkedIn's advertising platform went down for nine hours on Tuesday. Advertisers could "
        "not change their campaigns. An update had failed.",
    ),
    (
        "end", "de", "Kelltro stellt sein Newsletter-Werkzeug ein",
        "Kelltro stellt sein Newsletter-Werkzeug Falter zum 31. Dezember 2026 ein. Kunden können "
        "ihre E-Mail-Daten bis dahin exportieren.",
    ),
    (
        "bought", "fr", "Quellmark racheté par Adwell",
        "Adwell a racheté Quellmark, éditeur d'un CRM, pour 40 millions d'euros.",
    ),
    (
        "inquiry", "ja", "公取委、マイクロソフトを調査",
        "公正取引委員会は、マイクロソフトの広告事業について独占禁止法違反の疑いで調査を始めた。",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def watched() -> dict[str, VendorWatch]:
    """Return what is told of each vendor of the stack."""
    corpus, ours = full_corpus(), Ours(STACK)
    for id, language, title, text in NEWS:
        add(corpus, outlet(id, "Martech Post", title, text))
        corpus.languages[id] = Language(id, language, 1.0)
        found = classify(corpus.articles[id], corpus.languages[id], knowledge=load_knowledge())
        assert isinstance(found, Classification)
        corpus.classifications[id] = found
    records = find_records(
        corpus.stories, corpus.articles, corpus.classifications, corpus.languages,
        aliases=ours.aliases,
    )  # fmt: skip
    edition = corpus.compile("2026-W47", known=replace(known(corpus), records=records), ours=ours)
    return {each.vendor: each for each in edition.watch}


def test_a_vendor_is_found_under_its_names_in_other_scripts(
    watched: dict[str, VendorWatch],
) -> None:
    """A launch in Japanese is the owned vendor's, one in Chinese that of a name in Han."""
    assert [deed.kind for deed in watched["Salesforce"].deeds] == ["launch"]
    assert ("launch", "星火") in [(deed.kind, deed.product) for deed in watched["微软"].deeds]


def test_a_subsidiarys_outage_and_an_inquiry_are_the_vendors(
    watched: dict[str, VendorWatch],
) -> None:
    """LinkedIn's failure is told of its owner, as an authority's inquiry under another name is."""
    told = dict(watched["微软"].now)
    assert (told["incident"], told["policy"], told["launch"]) == (1, 1, 1)


def test_a_takeover_and_the_end_of_a_product_are_told(watched: dict[str, VendorWatch]) -> None:
    """Who bought it, in French, and what it ends, in German under its product's name."""
    deeds = {(deed.kind, deed.product) for deed in watched["Quellmark"].deeds}
    assert deeds == {("acquired", "Adwell"), ("shutdown", "Falter")}


def test_a_vendor_of_whom_nothing_is_told_is_listed_last(watched: dict[str, VendorWatch]) -> None:
    """Silence is told; an owned vendor stands before a watched one."""
    assert next(iter(watched)) == "Salesforce"
    assert list(watched)[-1] == "Stillwater"
    assert watched["Stillwater"].is_silent
