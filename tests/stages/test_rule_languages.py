"""Rules of launches, claims, plans and policy have rows for every language that we promise."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from digest.stages.data_files import read_data

from .news import read

SPACED = ("en", "de", "fr", "es", "it")
WIDE = ("ja", "zh-Hans", "zh-Hant")
#: Files with a table for each language.
FILES = [
    "availability.toml", "claims.toml", "genre.toml", "hearsay.toml", "launches.toml",
    "manuals.toml", "outcomes.toml", "plans.toml", "times.toml",
]  # fmt: skip
#: Rows that some languages have no use for, or that are of English alone so far: file, row, why.
SOME = {
    ("launches.toml", "bare"): "German participles do not look like a finite verb's past",
    ("launches.toml", "denials"): "German denies behind the verb",
    ("launches.toml", "drops"): "of these Spanish and Italian leave the subject out",
    ("launches.toml", "kinds"): "German writes every noun like a name",
    ("launches.toml", "little"): "a limit that English word order allows",
    ("launches.toml", "town"): 'elsewhere "of" stands between an owner and its own, too',
    ("launches.toml", "turns"): "in German the subject may follow its verb",
    ("launches.toml", "whole"): "short forms are English",
    ("plans.toml", "given"): "English passives with customers as their subject",
    ("plans.toml", "many"): "German nouns look like names, and its plurals have no article",
    ("plans.toml", "noun"): "English nouns that open a sentence look like names",
    ("plans.toml", "own"): "Japanese has no future tense",
    ("claims.toml", "without"): "Japanese takes back behind the noun",
    ("manuals.toml", "built"): "kinds of model, which keep their English names",
    ("manuals.toml", "kinds"): "beside `data` of claims.toml, which has them in each language",
    ("manuals.toml", "means"): "elsewhere `by` of claims.toml says so",
    ("manuals.toml", "method"): "methods and makes, which keep their English names",
}


@pytest.mark.parametrize("group", [SPACED, WIDE], ids=["spaced", "wide"])
@pytest.mark.parametrize("file", FILES)
def test_a_row_that_one_language_has_all_have(file: str, group: tuple[str, ...]) -> None:
    """Of those with spaces and those without, which are read by rules of their own."""
    tables = read_data(file)
    known = {key for language in group for key in tables[language]}
    asked = {key for key in known if (file, key) not in SOME}
    assert asked
    assert {(language, key) for language in group for key in asked - set(tables[language])} == set()


@pytest.mark.parametrize(("file", "key"), SOME)
def test_a_row_of_some_is_not_of_all(file: str, key: str) -> None:
    """An exception that nothing needs any more goes."""
    tables = read_data(file)
    groups = [[key in tables[language] for language in group] for group in (SPACED, WIDE)]
    assert any(any(has) and not all(has) for has in groups)


@pytest.mark.parametrize("file", ["events.toml", "policy.toml"])
def test_cues_of_events_and_policy_are_in_all(file: str) -> None:
    """Each kind of event and risk, and each jurisdiction; a state is known by its own name."""
    lacking = {
        (name, language)
        for name, cues in _cues(read_data(file))
        for language in (*SPACED, *WIDE)
        if not cues.get(language)
    }
    assert lacking == set()


def _cues(tables: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each table that holds cues by language."""
    for key, rows in tables.items():
        if any(isinstance(row, dict) for row in rows.values()):
            yield from _cues(rows, f"{name}{key}.")
        else:
            yield f"{name}{key}", rows


#: How each language tells that somebody is fined, with a place for the authority.
FINES = {
    "de": "{} hat gegen ein Werbenetz ein Bußgeld verhängt, weil die Einwilligung fehlte.",
    "fr": "{} a infligé une amende à une régie publicitaire, faute de consentement.",
    "es": "{} ha impuesto una multa a una red publicitaria por datos personales sin consentimiento.",
    "it": "{} ha inflitto una multa a una rete pubblicitaria per dati personali senza consenso.",
    "pt": "{} aplicou uma multa a uma rede de publicidade por dados pessoais sem consentimento.",
    "nl": "{} legde een advertentienetwerk een boete op wegens persoonsgegevens zonder toestemming.",
    "ja": "{}は、同意なく個人データを使った広告会社に罰金を科した。",
    "zh-Hans": "{}就未经同意使用个人信息的广告平台处以罚款。",
    "zh-Hant": "{}對未經同意使用個資的廣告平台開罰。",
}
#: An authority of each country, in these languages.
AUTHORITIES = {
    "CA": [
        "Die kanadische Datenschutzbehörde", "Le Commissariat à la protection de la vie privée du Canada",
        "La autoridad canadiense", "L'autorità canadese", "A autoridade canadense",
        "De Canadese toezichthouder", "カナダ当局", "加拿大监管机构", "加拿大監管機關",
    ],
    "AU": [
        "Die australische Wettbewerbsbehörde", "L'autorité australienne", "La autoridad australiana",
        "L'autorità australiana", "A autoridade australiana", "De Australische toezichthouder",
        "オーストラリア当局", "澳大利亚监管机构", "澳洲監管機關",
    ],
    "KR": [
        "Die südkoreanische Behörde", "L'autorité sud-coréenne", "La autoridad surcoreana",
        "L'autorità sudcoreana", "A autoridade sul-coreana", "De Zuid-Koreaanse toezichthouder",
        "韓国当局", "韩国监管机构", "韓國監管機關",
    ],
    "IN": [
        "Die indische Wettbewerbsbehörde", "L'autorité indienne", "El gobierno indio, en la India,",
        "L'autorità indiana", "A autoridade indiana", "De Indiase toezichthouder",
        "インドの規制を担うインド当局", "印度的主管部门、印度竞争委员会", "印度的印度競爭委員會",
    ],
    "MX": [
        "Die mexikanische Behörde", "L'autorité mexicaine", "Profeco, la autoridad mexicana,",
        "L'autorità messicana", "A autoridade mexicana", "De Mexicaanse toezichthouder",
        "メキシコ当局", "墨西哥监管机构", "墨西哥監管機關",
    ],
}  # fmt: skip


@pytest.mark.parametrize("code", AUTHORITIES)
@pytest.mark.parametrize("language", FINES)
def test_a_country_is_known_in_each_language(language: str, code: str) -> None:
    """Its authority is one of policy, and tells where the rule holds."""
    authority = dict(zip(FINES, AUTHORITIES[code], strict=True))[language]
    assert read(FINES[language].format(authority), language).jurisdictions == (code,)


@pytest.mark.parametrize(
    ("language", "authority"),
    [
        ("ja", "インドネシアの当局"),
        ("zh-Hans", "印度尼西亚的监管机构"),
        ("zh-Hant", "印度尼西亞的監管機關"),
    ],
)
def test_a_country_that_begins_like_another_is_another(language: str, authority: str) -> None:
    """Indonesia is not India."""
    assert read(FINES[language].format(authority), language).jurisdictions == ("ID",)


@pytest.mark.parametrize(
    ("language", "vendor", "text"),
    [
        ("en", "Acme", "Acme will bring Nova, a CRM, to all its shops."),
        ("de", "Acme", "Acme wird Nova, ein CRM, in alle Läden bringen."),
        ("fr", "Acme", "Acme proposera Nova, un CRM, à toutes ses boutiques."),
        ("es", "Acme", "Acme ofrecerá Nova, un CRM, a todas sus tiendas."),
        ("it", "Acme", "Acme offrirà Nova, un CRM, a tutti i suoi negozi."),
        ("pt", "Acme", "Acme oferecerá Nova, um CRM, a todas as suas lojas."),
        ("nl", "Acme", "Acme zal Nova, een CRM, naar alle winkels brengen."),
        ("zh-Hans", "云讯科技", "云讯科技将向全部门店提供营销平台“新星”。"),
        ("zh-Hant", "雲訊科技", "雲訊科技將向全部門市提供行銷平台「新星」。"),
    ],
)
def test_a_vendors_own_future_is_a_plan_without_a_day(
    language: str, vendor: str, text: str
) -> None:
    """In its release; of another's article it is a guess."""
    own = read(text, language, voice="vendor", publisher=vendor)
    assert [plan.vendor for plan in own.plans] == [vendor]
    assert read(text, language).plans == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "云讯科技今日发布营销平台“新星”。新星{}使用人工智能分析客户数据。"),
        ("zh-Hant", "雲訊科技今日發表行銷平台「新星」。新星{}使用人工智慧分析客戶資料。"),
    ],
)
def test_what_goes_without_ai_in_chinese_is_no_claim(language: str, text: str) -> None:
    """Who says "uses no AI" does not claim what "uses AI" does."""
    assert len(read(text.format(""), language).claims) == 1
    assert read(text.format("不"), language).claims == ()
