"""Numbers in any writing are compared: in words, in other digits, as ordinals, days and seasons."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.ground import Proof
from digest.stages.grounding import check

CASES = [
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs forty-one euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs forty euros a month for shops.", False),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs XL euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ４１ euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ４０ euros a month for shops.", False),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ٤١ euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ٤٠ euros a month for shops.", False),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 4² euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ④⓪ dollars a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 40½ euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ½ of 40 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 4 0 0 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 0x29 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 4e3 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs twoscore euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs half a hundred euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 四十一 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova phase III costs 40 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ⅩⅬⅠ euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 𝟒𝟏 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 40.0 euros a month for shops.", False),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 40,5 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ⁴¹ euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs ₄₁ euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 4/10 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs three quarters of 40 euros a month for shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 40 euros a month for two shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs 40 euros a month for seventy shops.", True),
    ("en", "Nova costs 40 euros a month for shops.", "Nova costs f0rty euros a month for shops.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on March 3rd, 2027 in Leeds.", False),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on 2027-03-04 in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on 2027-04-03 in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on March 4th in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on the third of April in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on the fourth of March in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens in Q2 2027 in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens in spring 2027 in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens on 3 March '28 in Leeds.", True),
    ("en", "Acme opens on 3 March 2027 in Leeds.", "Acme opens in Leeds at noon on 3 March.", True),
    ("de", "Nova kostet 40 Euro im Monat.", "Nova kostet einundvierzig Euro im Monat.", True),
    ("de", "Nova kostet 40 Euro im Monat.", "Nova kostet vierzig Euro im Monat.", False),
    ("de", "Nova kostet 40 Euro im Monat.", "Nova kostet anderthalb Euro im Monat.", True),
    ("de", "Nova kostet 40 Euro im Monat.", "Nova kostet ein Dutzend Euro im Monat.", True),
    ("de", "Nova kostet 40 Euro im Monat.", "Nova kostet vierhundert Euro im Monat.", True),
    ("fr", "Nova coûte 40 euros par mois.", "Nova coûte quarante et un euros par mois.", True),
    ("fr", "Nova coûte 40 euros par mois.", "Nova coûte quarante euros par mois.", False),
    ("fr", "Nova coûte 40 euros par mois.", "Nova coûte une quarantaine d’euros par mois.", False),
    ("fr", "Nova coûte 40 euros par mois.", "Nova coûte une trentaine d’euros par mois.", True),
    ("fr", "Nova coûte 70 euros par mois.", "Nova coûte septante euros par mois.", False),
    ("fr", "Nova coûte 70 euros par mois.", "Nova coûte nonante euros par mois.", True),
    ("fr", "Nova coûte 92 euros par mois.", "Nova coûte nonante-deux euros par mois.", False),
    ("fr", "Nova coûte 40 euros par mois.", "Nova coûte nonante euros par mois.", True),
    ("es", "Nova cuesta 40 euros al mes.", "Nova cuesta cuarenta y un euros al mes.", True),
    ("es", "Nova cuesta 40 euros al mes.", "Nova cuesta cuarenta euros al mes.", False),
    ("es", "Nova cuesta 40 euros al mes.", "Nova cuesta cuatrocientos euros al mes.", True),
    ("es", "Nova cuesta 40 euros al mes.", "Nova cuesta veintidós euros al mes.", True),
    ("it", "Nova costa 40 euro al mese.", "Nova costa quarantuno euro al mese.", True),
    ("it", "Nova costa 40 euro al mese.", "Nova costa quaranta euro al mese.", False),
    ("it", "Nova costa 40 euro al mese.", "Nova costa quattrocento euro al mese.", True),
    ("it", "Nova costa 40 euro al mese.", "Nova costa ventitré euro al mese.", True),
    ("pt", "Nova custa 40 euros por mês.", "Nova custa quarenta e um euros por mês.", True),
    ("pt", "Nova custa 40 euros por mês.", "Nova custa quarenta euros por mês.", False),
    ("pt", "Nova custa 40 euros por mês.", "Nova custa dezasseis euros por mês.", True),
    ("pt", "Nova custa 40 euros por mês.", "Nova custa dezesseis euros por mês.", True),
    ("nl", "Nova kost 40 euro per maand.", "Nova kost eenenveertig euro per maand.", True),
    ("nl", "Nova kost 40 euro per maand.", "Nova kost veertig euro per maand.", False),
    ("nl", "Nova kost 40 euro per maand.", "Nova kost anderhalve euro per maand.", True),
    ("ja", "「ノヴァ」は月額40ユーロだ。", "「ノヴァ」は月額四十一ユーロだ。", True),
    ("ja", "「ノヴァ」は月額40ユーロだ。", "「ノヴァ」は月額四十ユーロだ。", False),
    ("ja", "「ノヴァ」は月額40ユーロだ。", "「ノヴァ」は月額４１ユーロだ。", True),
    ("ja", "「ノヴァ」は月額40ユーロだ。", "「ノヴァ」は月額四一ユーロだ。", True),
    ("ja", "「ノヴァ」は月額40ユーロだ。", "「ノヴァ」は月額五ユーロだ。", True),
    ("ja", "「ノヴァ」は月額40ユーロだ。", "「ノヴァ」は月額肆拾壱ユーロだ。", True),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费四十一欧元。", True),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费四十欧元。", False),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费五欧元。", True),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费两欧元。", True),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费肆拾壹欧元。", True),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费四〇欧元。", False),
    ("zh-Hans", "“新星”每月收费40欧元。", "“新星”每月收费半价40欧元。", True),
    ("zh-Hans", "“新星”三月三日推出。", "“新星”三月四日推出。", True),
    ("zh-Hans", "“新星”三月三日推出。", "“新星”3月3日推出。", False),
    ("ja", "「ノヴァ」は3月3日に公開された。", "「ノヴァ」は三月四日に公開された。", True),
    ("ja", "「ノヴァ」は3月3日に公開された。", "「ノヴァ」は三月三日に公開された。", False),
    ("pl", "Nova kosztuje 40 euro miesięcznie.", "Nova kosztuje czterdzieści jeden euro miesięcznie.", True),
    ("pl", "Nova kosztuje 40 euro miesięcznie.", "Nova kosztuje pięćdziesiąt euro miesięcznie.", True),
    ("sv", "Nova kostar 40 euro i månaden.", "Nova kostar femtio euro i månaden.", True),
    ("da", "Nova koster 40 euro om måneden.", "Nova koster halvtreds euro om måneden.", True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "draft", "refused"), CASES)
def test_a_number_is_one_in_any_writing(
    language: str, source: str, draft: str, refused: bool
) -> None:
    """Another number falls out, the same one stays."""
    assert bool(check(draft, [Proof(source, language)], language)) == refused
