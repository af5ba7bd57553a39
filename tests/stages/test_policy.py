"""Kinds of policy and risk, and where they hold, in each language that has data for them."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

CASES = [
    ("en", "The European Commission has fined Acme under the Digital Services Act for advertising to minors. The fine is the first under the EU law.", "EU", "regulation"),
    ("en", "California's privacy agency adopts new opt-out rules for personal data under the CCPA. Data brokers must delete personal data within 45 days.", "US-CA", "privacy"),
    ("en", "The FTC has sued Acme over hidden advertising. The Federal Trade Commission says the law requires disclosure.", "US", "regulation"),
    ("en", "Authors have sued Acme in a federal court in the United States, alleging that its AI infringed their copyright.", "US", "copyright"),
    ("en", "Algorithmic bias: the UK's Information Commissioner's Office finds that an AI tool for advertising discriminates. The ICO asked for bias audits.", "UK", "bias"),
    ("de", "Das Bundeskartellamt hat ein Verfahren gegen die Werbebörse eröffnet. Die Behörde prüft einen Verstoß gegen ein Gesetz in Deutschland.", "DE", "regulation"),
    ("de", "Ein Datenleck beim Newsletter-Dienst: Nach einem Cyberangriff sind Daten von Kunden in Deutschland abgeflossen, meldet die deutsche Aufsichtsbehörde.", "DE", "security"),
    ("fr", "La CNIL inflige une amende de 3 millions d'euros à Acme pour non-respect du consentement. En France, le RGPD impose l'accord.", "FR", "privacy"),
    ("es", "La AEPD impone una multa a Acme por tratar datos personales sin consentimiento en España.", "ES", "privacy"),
    ("it", "Il Garante ha multato Acme: dati personali trattati senza consenso in Italia, sanzione di 2 milioni.", "IT", "privacy"),
    ("ja", "個人情報保護委員会は個人情報の漏えいで広告会社に行政処分を出した。プライバシーの同意が問題になった。", "JP", "privacy"),
    ("zh-Hans", "国家网信办发布管理办法，规定人工智能生成的广告必须标识。监管部门将处罚违规平台，网信办表示。", "CN", "regulation"),
    ("zh-Hant", "公平會依法規對電商平台開出罰鍰，主管機關表示廣告不實。公平會的裁罰是今年最高。", "TW", "regulation"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "place", "risk"), CASES)
def test_policy_has_its_place_and_its_kind(language: str, text: str, place: str, risk: str) -> None:
    """An article of policy says where it holds and what kind of risk it is about."""
    found = read(text, language)
    assert found.policy
    assert (place in found.jurisdictions, risk in found.risks) == (True, True), found


def test_a_law_of_a_state_is_not_told_twice() -> None:
    """California's rules are those of a state, not of the whole country."""
    assert "US" not in read(CASES[1][1]).jurisdictions


def test_what_is_no_policy_has_neither() -> None:
    """A launch in Germany is no matter of German policy."""
    found = read("Acme today launched Nova, a CRM for German retailers.")
    assert (found.policy, found.jurisdictions, found.risks) == (False, (), ())
