"""The encoder that ships with Digest: small, multilingual, readable by others."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from digest.backends.encoders import SentenceEncoder

DATA = Path(__file__).parents[2] / "../shared/data/crosslingual/ntrex.jsonl.xz"


@pytest.fixture(scope="module")
def embedded() -> SentenceEncoder:
    return SentenceEncoder("embedded")


def test_embedded_model_equals_sentence_transformers_on_real_news(
    embedded: SentenceEncoder,
) -> None:
    """26 languages, three of their scripts unknown to the model."""
    if not DATA.exists():
        pytest.skip(f"no {DATA.name} beside the project")
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file][::13]

    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(embedded.folder), device="cpu")
    expected = model.encode(texts, show_progress_bar=False)

    np.testing.assert_allclose(embedded.encode(texts), expected, atol=1e-5)


def test_embedded_model_is_small_and_says_what_it_knows(embedded: SentenceEncoder) -> None:
    """At most 16 MB with its tokenizer; the languages come from its card."""
    size = sum(path.stat().st_size for path in embedded.folder.rglob("*") if path.is_file())
    known = ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant"]

    assert size <= 16_000_000
    assert [code for code in [*known, "ru", "ko", "und"] if embedded.knows(code)] == known
    assert embedded.max_tokens is None


SAID = [
    {
        "en": "The software company buys a startup for email marketing.",
        "de": "Das Softwareunternehmen kauft ein Start-up für E-Mail-Marketing.",
        "fr": "L'éditeur de logiciels rachète une start-up de marketing par e-mail.",
        "es": "La empresa de software compra una startup de marketing por correo electrónico.",
        "it": "L'azienda di software acquista una startup di email marketing.",
        "pt": "A empresa de software compra uma startup de marketing por e-mail.",
        "nl": "Het softwarebedrijf koopt een startup voor e-mailmarketing.",
        "ja": "そのソフトウェア会社は、メールマーケティングの新興企業を買収する。",
        "zh-Hans": "这家软件公司收购了一家电子邮件营销初创企业。",
        "zh-Hant": "這家軟體公司收購了一家電子郵件行銷新創企業。",
    },
    {
        "en": "The privacy regulator fines the network for tracking children.",
        "de": "Die Datenschutzbehörde verhängt ein Bußgeld, weil das Netzwerk Kinder verfolgt.",
        "fr": "L'autorité de protection des données inflige une amende au réseau pour le pistage "
        "des enfants.",
        "es": "El regulador de privacidad multa a la red por rastrear a niños.",
        "it": "Il garante della privacy multa il social network per il tracciamento dei bambini.",
        "pt": "O regulador de privacidade multa a rede por rastrear crianças.",
        "nl": "De privacytoezichthouder beboet het netwerk voor het volgen van kinderen.",
        "ja": "プライバシー規制当局は、子どもの追跡を理由にネットワークに罰金を科した。",
        "zh-Hans": "隐私监管机构因追踪儿童对该网络处以罚款。",
        "zh-Hant": "隱私監管機關因追蹤兒童對該網路處以罰款。",
    },
]


@pytest.mark.parametrize("language", sorted(set(SAID[0]) - {"en"}))
def test_a_translation_is_nearer_than_other_news(embedded: SentenceEncoder, language: str) -> None:
    """Each language meets English in one space."""
    english = embedded.encode([said["en"] for said in SAID])
    other = embedded.encode([said[language] for said in SAID])
    scores = other @ english.T

    assert scores.argmax(axis=1).tolist() == [0, 1]
    assert scores.diagonal().min() > 0.3
