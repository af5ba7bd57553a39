"""How far a product is, as each language says it."""

from __future__ import annotations

import pytest

from digest.stages.availability import find_availability

STATED = [
    ("en", "Nova is generally available from today.", "general"),
    ("en", "Nova enters public beta today.", "beta"),
    ("en", "Nova is out of beta.", "general"),
    ("en", "Nova will be available in spring.", "announced"),
    ("en", "Acme today announced a definitive agreement to acquire Nova.", "announced"),
    ("en", "Nova is in trial with three grocers.", "beta"),
    ("de", "Nova ist ab sofort verfügbar.", "general"),
    ("de", "Nova startet in die Testphase mit ausgewählten Kunden.", "beta"),
    ("de", "Nova kommt Anfang 2027.", "announced"),
    ("fr", "Nova est disponible dès aujourd'hui.", "general"),
    ("fr", "Nova est en version bêta.", "beta"),
    ("fr", "Nova sera disponible au printemps.", "announced"),
    ("es", "Nova ya está disponible.", "general"),
    ("es", "Nova está en fase de pruebas.", "beta"),
    ("it", "Nova è disponibile da oggi.", "general"),
    ("it", "Nova sarà disponibile in primavera.", "announced"),
    ("pt", "Nova está disponível a partir de hoje.", "general"),
    ("nl", "Nova is vanaf vandaag beschikbaar.", "general"),
    ("ja", "「ノヴァ」の一般提供を開始した。", "general"),
    ("ja", "「ノヴァ」のベータ版を公開した。", "beta"),
    ("ja", "「ノヴァ」を来春に発売する予定だ。", "announced"),
    ("zh-Hans", "“新星”即日起向全部客户开放。", "general"),
    ("zh-Hans", "“新星”开始公测。", "beta"),
    ("zh-Hant", "「新星」將於明年推出。", "announced"),
    ("en", "Acme today launched Nova.", ""),
    ("sw", "Nova inapatikana.", ""),
]


@pytest.mark.parametrize(("language", "sentence", "stage"), STATED)
def test_the_stage_is_read_from_the_proof(language: str, sentence: str, stage: str) -> None:
    """A sentence that states no stage gives none."""
    assert find_availability(sentence, (), "Nova", language) == stage


def test_another_sentence_on_the_product_may_state_it() -> None:
    """Where the proof is silent, the first sentence that names the product speaks."""
    rest = ("Others are in beta.", "Nova is available now.", "Nova was in beta.")
    assert find_availability("Acme launched Nova.", rest, "Nova", "en") == "general"


GOES_ON = [
    ("en", "It is available to all customers from Monday.", "general"),
    ("en", "It will ship in December; a waiting list is open.", "announced"),
    ("de", "Er ist ab Montag für alle Kunden verfügbar.", "general"),
    ("fr", "Il est disponible pour tous les clients dès lundi.", "general"),
    ("es", "Está disponible para todos los clientes desde el lunes.", "general"),
    ("it", "È disponibile per tutti i clienti da lunedì.", "general"),
    ("pt", "Está disponível para todos os clientes a partir de segunda-feira.", "general"),
    ("nl", "Hij is vanaf maandag beschikbaar voor alle klanten.", "general"),
    ("ja", "月曜からすべての顧客が利用できる。", "general"),
    ("zh-Hans", "周一起向所有客户开放。", "general"),
    ("zh-Hant", "週一起向所有客戶開放。", "general"),
    ("en", "Betasoft's rival tool is available to all customers.", ""),
    ("de", "Das Konkurrenzprodukt von Betasoft ist jetzt verfügbar.", ""),
]


@pytest.mark.parametrize(("language", "sentence", "stage"), GOES_ON)
def test_the_sentence_behind_the_proof_may_state_it(
    language: str, sentence: str, stage: str
) -> None:
    """Where it goes on about the product by a pronoun or without a subject, and only there."""
    proof = "Acme: Nova."
    assert find_availability(proof, (proof, sentence), "Nova", language) == stage
    assert find_availability(proof, (sentence, proof), "Nova", language) == ""
