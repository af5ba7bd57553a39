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


def test_a_country_in_passing_has_no_say() -> None:
    """Where law and place stand apart, nothing is said of the place."""
    law = (
        "The privacy authority has fined Acme over consent, as GDPR allows. A regulator may follow."
    )
    passing = "Acme sells its CRM in Germany and in Japan. Germany is its home, Japan its hope."
    found = read(f"{law} {passing}")
    assert (found.policy, found.jurisdictions) == (True, ("EU",))
    named = read(f"{law} {passing} The German regulator and a German court in Germany agree.")
    assert named.jurisdictions == ("DE", "EU")


@pytest.mark.parametrize(("language", "text", "place", "risk"), CASES)
def test_a_jurisdiction_rests_on_a_sentence(
    language: str, text: str, place: str, risk: str
) -> None:
    """The sentence that names it with its law, authority or court, verbatim."""
    found = read(text, language)
    quote = found.grounds[found.jurisdictions.index(place)]
    assert len(found.grounds) == len(found.jurisdictions)
    assert quote is not None
    assert quote.text == text[quote.start : quote.end]


HALTS = [
    ("en", "Havnby pauses Nova", "The retailer Havnby has switched off Nova, a CRM, after a wrong mailing."),
    ("de", "Nova abgeschaltet", "Havnby hat Nova, ein CRM, vorerst ausgesetzt."),
    ("fr", "Havnby suspend Nova", "L'enseigne a désactivé Nova, un CRM, après une erreur d'envoi."),
    ("es", "Havnby suspende Nova", "La cadena ha desactivado Nova, un CRM, tras un envío erróneo."),
    ("it", "Havnby sospende Nova", "La catena ha disattivato Nova, un CRM, dopo un invio sbagliato."),
    ("pt", "Havnby suspende Nova", "A rede deixou Nova, um CRM, em pausa."),
    ("nl", "Havnby schakelt uit: Nova uitgeschakeld", "De keten heeft Nova, een CRM, opgeschort."),
    ("ja", "ハウンビー、ノヴァを一時停止", "同社はCRM「ノヴァ」の利用を停止した。"),
    ("zh-Hans", "星云暂停“新星”", "该公司已停用CRM“新星”。"),
    ("zh-Hant", "星雲暫停「新星」", "該公司已停用CRM「新星」。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), HALTS)
def test_a_halt_is_an_incident_without_a_law(language: str, title: str, text: str) -> None:
    """In each language of the encoder; the vendor watch tells of it."""
    found = read(text, language, title=title)
    assert "incident" in found.risks


def test_agents_that_pause_campaigns_are_no_incident() -> None:
    """What a product can pause is not what was paused."""
    assert read("Acme's agents plan and pause campaigns, a CRM says.", title="Nova").risks == ()


def test_notes_on_a_patch_are_of_security() -> None:
    """Notes on a release, whose titles are all alike, are policy by their opening."""
    text = (
        "Acme Shop\n\nSecurity patches\n\nSecurity patches for Acme Shop 3.4 are available. "
        "They close one critical vulnerability."
    )
    vendor = {"publisher": "Acme", "voice": "vendor"}
    found = read(text, title="Acme Shop – release notes, May 2026", **vendor)
    assert (found.policy, found.risks[0]) == (True, "security")
    late = "New features\n\n" + "Reports are sorted by day and by customer. " * 6 + text
    assert not read(late, title="Acme Shop – release notes, May 2026", **vendor).policy
    bulletin = read("Install the update.", title="Security bulletin: Acme Shop software", **vendor)
    assert bulletin.policy
