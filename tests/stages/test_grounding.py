"""A generated sentence says no name, number or quotation that its sources lack, in any language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.stages.figures import find_figures
from digest.stages.ground import Proof
from digest.stages.grounding import can_check, check

LAUNCH = Proof(
    "Acme launched Nova on Tuesday, a tool that writes subject lines for shops in Germany, said "
    "Jane Doe, its CEO.",
    "en",
)
PRICE = Proof(
    "Nova costs 40 euros a month and raised opens by 1.4 per cent for the shop of John Miller.",
    "en",
)
GERMAN = Proof(
    "Kestrivo hat am 3. März in Köln die Plattform Beacon 3 für den Handel in Deutschland "
    "vorgestellt, die 1,4 Millionen Kunden zwölf Prozent mehr Umsatz bringt.",
    "de",
)
JAPANESE = Proof(
    "アクメは火曜日、件名を自動で書く「ノヴァ」の提供を開始した。利用料は月額四千円だという。", "ja"
)
CHINESE = Proof(
    "阿克姆周二推出自动撰写邮件主题的工具“新星”。该工具每月收费四十欧元，由百度投资。", "zh-Hans"
)
FRENCH = Proof(
    "Lumen a levé mardi 90 millions d’euros auprès d’Orion pour son outil « Clair » à Lyon.", "fr"
)


@pytest.mark.parametrize(
    ("text", "language", "proof"),
    [
        ("Acme's Nova writes subject lines for shops.", "en", LAUNCH),
        ("On Tuesday, Acme CEO Jane Doe launched Nova.", "en", LAUNCH),
        ("It writes “subject lines for shops”.", "en", LAUNCH),
        ("NOVA raised opens by 1.4 %.", "en", PRICE),
        ("Nova costs €40 a month.", "en", PRICE),
        ("Nova costs forty euros a month.", "en", PRICE),
        ("Nova bringt 1,4 % und kostet 40 Euro im Monat.", "de", PRICE),
        ("Nova coûte 40 € par mois.", "fr", PRICE),
        ("Kestrivo presented Beacon 3 in Germany on 3 March.", "en", GERMAN),
        ("It gives 1.4 million customers 12 % more sales.", "en", GERMAN),
        ("It gives 1,400,000 customers twelve per cent more.", "en", GERMAN),
        ("Die Plattform Beacon 3 von Kestrivo bringt 12 % mehr Umsatz.", "de", GERMAN),
        ("Die Lösung von Kestrivo ist für den Handel in Deutschland gedacht.", "de", GERMAN),
        ("Acme présente Nova mardi en Allemagne.", "fr", LAUNCH),
        ("Lumen lève quatre-vingt-dix millions d'euros.", "fr", FRENCH),
        ("L'outil « Clair » de Lumen vient de Lyon.", "fr", FRENCH),
        ("アクメは「ノヴァ」の提供を火曜日に開始した。", "ja", JAPANESE),
        ("アクメは「ノヴァ」を月額四千円で提供する。", "ja", JAPANESE),
        ("On Tuesday it came for 4,000 yen a month.", "en", JAPANESE),
        ("阿克姆推出工具“新星”，每月收费四十欧元。", "zh-Hans", CHINESE),
    ],
)
def test_what_the_sources_say_is_kept(text: str, language: str, proof: Proof) -> None:
    """Other words, another order, another way to write a number, another language."""
    assert check(text, [proof], language) == ""


@pytest.mark.parametrize(
    ("text", "language", "proof"),
    [
        ("Oracle launched Nova on Tuesday.", "en", LAUNCH),  # opens the sentence, is also a word
        ("Target uses Nova for subject lines.", "en", LAUNCH),
        ("Acme launched Nova with Google.", "en", LAUNCH),
        ("Acme launched Nova in France.", "en", LAUNCH),
        ("Acme launched iNova.", "en", LAUNCH),
        ("John Doe launched Nova.", "en", LAUNCH),
        ("Die Firma hinter Beacon 3 heißt Datenwerk.", "de", GERMAN),
        ("Die Plattform Beacon 3 ist laut der Telekom neu.", "de", GERMAN),
        ("Die Plattform gibt es auch in der Schweiz.", "de", GERMAN),
        ("Die Plattform Beacon 3 ist laut Müller neu.", "de", GERMAN),
        ("L’outil de Lumen est soutenu par Publicis.", "fr", FRENCH),
        ("アクメはグーグルと提携した。", "ja", JAPANESE),
        ("アクメは山田太郎氏を迎えた。", "ja", JAPANESE),
        ("アクメはツムギロを開始した。", "ja", JAPANESE),
        ("阿克姆推出工具，由腾讯投资。", "zh-Hans", CHINESE),
        ("阿克姆与星河科技合作推出工具。", "zh-Hans", CHINESE),
        ("阿克姆与李明华推出工具。", "zh-Hans", CHINESE),
        ("阿克姆与 Orion 推出工具。", "zh-Hans", CHINESE),
    ],
)
def test_a_new_name_is_refused(text: str, language: str, proof: Proof) -> None:
    """People, vendors, products, countries; by capitals, by lists, by characters."""
    assert "a name that no source has" in check(text, [proof], language)


@pytest.mark.parametrize(
    "name",
    [
        "n8n",
        "monday.com",
        "6sense",
        "eBay",
        "G2.com",
        "openai",
        "hubspot",
        "google",
        "salesforce",
        "shops in london",
        "shops in france",
        "the united kingdom",
    ],
)
def test_a_new_name_in_small_letters_is_refused(name: str) -> None:
    """Known vendors, and what mixes letters with digits."""
    assert "no source has" in check(f"Acme launched Nova for {name}.", [LAUNCH], "en")


def test_a_name_is_not_made_of_two_others() -> None:
    """Jane Doe and John Miller are no Jane Miller."""
    assert check("Jane Doe launched Nova.", [LAUNCH, PRICE], "en") == ""
    assert "Jane Miller" in check("Jane Miller launched Nova.", [LAUNCH, PRICE], "en")


@pytest.mark.parametrize(
    ("text", "language", "proof"),
    [
        ("Nova costs 41 euros a month.", "en", PRICE),
        ("Nova costs fifty euros a month.", "en", PRICE),
        ("Nova costs $40 a month.", "en", PRICE),
        ("Nova costs 40 dollars a month.", "en", PRICE),
        ("Nova costs 40 million euros a month.", "en", PRICE),
        ("Nova raised opens by 14 per cent.", "en", PRICE),
        ("Nova raised opens by 40 per cent.", "en", PRICE),
        ("Nova doubled the opens.", "en", PRICE),
        ("Nova costs half as much.", "en", PRICE),
        ("Nova raised opens by -1.4 per cent.", "en", PRICE),
        ("Nova costs 40 pounds a month.", "en", PRICE),
        ("A couple of shops pay 40 euros a month for Nova.", "en", PRICE),
        ("Nova costs 40 euros a month from next week on.", "en", PRICE),
        ("Acme launched Nova yesterday.", "en", LAUNCH),
        ("Beacon 3 kommt im nächsten Monat in den Handel.", "de", GERMAN),
        ("Acme launched Nova on Thursday.", "en", LAUNCH),
        ("Acme launched Nova in May.", "en", LAUNCH),
        ("Acme launched Nova 2.", "en", LAUNCH),
        ("Acme launched Nova in 2027.", "en", LAUNCH),
        ("Die Plattform Beacon 3 bringt einundzwanzig Prozent.", "de", GERMAN),
        ("Die Plattform Beacon 3 kam am 12. März.", "de", GERMAN),
        ("Lumen lève quatre-vingts millions d'euros.", "fr", FRENCH),
        ("月額五千円のサービスだ。", "ja", JAPANESE),
        ("阿克姆推出工具，每月收费五十欧元。", "zh-Hans", CHINESE),
        ("阿克姆推出工具，每月收费四十美元。", "zh-Hans", CHINESE),
    ],
)
def test_a_changed_number_unit_or_date_is_refused(text: str, language: str, proof: Proof) -> None:
    """In digits or in words; also where the number stays and its unit or scale changes."""
    assert "a number or date that no source has" in check(text, [proof], language)


@pytest.mark.parametrize("text", ["They did not elaborate.", "But all prices will rise soon."])
def test_a_sentence_without_its_sources_words_is_refused(text: str) -> None:
    """Naming nothing is not enough: a sentence rests on what its sources say."""
    assert check(text, [LAUNCH], "en") == "hardly a word of its sources"


def test_a_sentence_may_open_with_a_word_that_names_nothing() -> None:
    """Adverbs and the like need no source, though they have a capital there."""
    for opener in ("However, ", "Meanwhile, ", "Several shops say that "):
        assert check(f"{opener}Nova writes subject lines.", [LAUNCH], "en") == ""
    assert check("Oracle Nova writes subject lines.", [LAUNCH], "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Germany's shops use Nova.", "en"),
        ("Die Firma Acme hat Deutschlands Läden Nova gebracht.", "de"),
        ("En Allemagne, Acme lance Nova.", "fr"),
    ],
)
def test_a_country_may_be_named_in_another_language(text: str, language: str) -> None:
    """With or without its genitive."""
    assert "Germany" not in check(text, [LAUNCH], language)
    assert "Deutschland" not in check(text, [LAUNCH], language)
    assert "Allemagne" not in check(text, [LAUNCH], language)


@given(
    text=st.text(max_size=80)
    | st.text("Nova'’s \"“”„»«-.,:;0123456789%€$年月日億UK’S\n", max_size=60),
    proof=st.text(max_size=60),
    language=st.sampled_from(
        ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "ru", "xx"]
    ),
)
@settings(max_examples=200, deadline=None)
def test_any_text_has_an_answer(text: str, proof: str, language: str) -> None:
    """Whatever a model says, the check says yes or no."""
    assert isinstance(check(text, [Proof(proof, language), LAUNCH], language), str)
    assert isinstance(check(text, [Proof(proof, "und")], language), str)


@pytest.mark.parametrize(
    "text",
    [
        'Nova is "the best tool".',
        "Nova is “the best tool”.",
        "Nova is «the best tool».",
        "Nova is ‘the best tool’.",
        "Nova is 'the best tool'.",
        'Nova is "a tool',
        'Nova is "".',
    ],
)
def test_a_new_quotation_is_refused(text: str) -> None:
    """Words in quotation marks are a source's, and marks come in pairs."""
    assert "a quotation that no source has" in check(text, [LAUNCH], "en")


def test_a_translation_proves_what_the_original_proves() -> None:
    """The reader's language may stand for the original, where there is a checked translation."""
    said = "Acme launched Nova on Tuesday."
    assert "Acme" in check(said, [JAPANESE], "en")
    assert check(said, [JAPANESE, Proof("Acme launched “Nova” on Tuesday.", "en")], "en") == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Acme hat am Dienstag ein Werkzeug für die Läden vorgestellt.", "en"),
        ("Acme launched a tool that writes subject lines for shops.", "de"),
        ("Acme launched a tool that writes subject lines for shops.", "ja"),
        ("阿克姆推出工具。", "en"),
        ("… !", "en"),
    ],
)
def test_another_language_is_refused(text: str, language: str) -> None:
    """What the reader cannot read is no draft."""
    assert check(text, [LAUNCH], language) in ("not in the reader's language", "no words")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("messaging app", "live chat app"),
        ("tool with AI in it, look", "look at AI"),
        ("AI that formats lists", "format AI"),
    ],
)
def test_plain_words_are_no_address(told: str, said: str) -> None:
    """Only "at" in brackets, and "dot" in brackets or between blanks, spell one out."""
    proof = Proof(f"Acme launches a {told} for shops in Leeds.", "en")
    found = check(f"Acme launches a {said} for shops in Leeds.", [proof], "en")
    assert "an address" not in found


@pytest.mark.parametrize("said", ["evil dot com", "evil[dot]com", "evil (dot) example"])
def test_a_spelled_out_address_is_refused(said: str) -> None:
    """However it is written."""
    proof = Proof("Acme launches Nova for shops in Leeds.", "en")
    found = check(f"Acme launches Nova for shops in Leeds: {said}.", [proof], "en")
    assert "an address" in found


def test_a_time_is_let_be_where_no_row_tells_it_in_the_proofs_language() -> None:
    """German "morgen" has no row: it is tomorrow and morning."""
    proof = Proof("Acme eröffnet morgen einen Laden.", "de")
    assert check("Acme opens a shop tomorrow.", [proof], "en") == ""


@pytest.mark.parametrize("address", ["https://evil.example", "www.evil.example", "a@evil.example"])
def test_no_address_is_written(address: str) -> None:
    """A draft leads nowhere, whatever an article asks for."""
    assert "an address" in check(f"See {address} for Nova.", [Proof(f"See {address}.", "en")], "en")


@pytest.mark.parametrize(
    "lead",
    ["evil.example/login", "evil.co", "hxxp://evil", "www evil com", "#sponsored", "acme.evil.com"],
)
def test_nothing_leads_a_reader_away(lead: str) -> None:
    """Whatever an order in an article makes a model write, a page must not say where to go."""
    assert check(f"Acme launched Nova for shops, see {lead} now.", [LAUNCH], "en")


def test_a_name_with_a_dot_may_stand_where_the_source_has_it() -> None:
    """It is what the vendor is called."""
    proof = Proof("The firm monday.com launched Nova for shops that run Node.js in Germany.", "en")
    assert check("Shops that run Node.js get Nova from monday.com.", [proof], "en") == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nova quadrupled opens for the shop of John Miller.", "en"),
        ("Nova costs a third of the shop of John Miller.", "en"),
        ("Nova raised opens for dozens and for the shop of John Miller.", "en"),
        ("Nova raised opens in the third quarter for the shop.", "en"),
        ("A majority of opens for the shop of John Miller is Nova.", "en"),
        ("Nova raised opens by ٢٠ for the shop of John Miller.", "en"),
        ("Nova hat die Öffnungen um ein Drittel erhöht.", "de"),
        ("Nova hat die Öffnungen vervielfacht.", "de"),
        ("Nova a quadruplé les ouvertures de la boutique.", "fr"),
        ("Nova ha aumentato le aperture di un centinaio.", "it"),
    ],
)
def test_what_is_counted_by_a_name_or_in_other_digits_is_proved_too(
    text: str, language: str
) -> None:
    """A share, a multiple and a dozen are numbers."""
    assert "a number or date" in check(text, [PRICE], language)


@pytest.mark.parametrize(
    ("text", "language", "source", "source_language"),
    [
        ("It rose by a third.", "en", "Der Umsatz stieg um ein Drittel.", "de"),
        ("It rose in the third quarter.", "en", "Le troisième trimestre a vu la hausse.", "fr"),
        ("The sales quadrupled.", "en", "Der Umsatz hat sich vervierfacht.", "de"),
        ("Nova did not launch.", "en", "Nova ist nicht erschienen.", "de"),
        ("Nova did not launch.", "en", "Acme failed to launch Nova on time.", "en"),
        ("Nova did not launch.", "en", "Novaは公開されなかった。", "ja"),
    ],
)
def test_shares_multiples_and_denials_are_proved_in_any_language(
    text: str, language: str, source: str, source_language: str
) -> None:
    """What is said of one thing in two languages is one."""
    assert check(text, [Proof(source, source_language)], language) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Acme did not launch Nova, a tool that writes subject lines.", "en"),
        ("Acme hasn’t launched Nova, a tool for shops.", "en"),
        ("Acme hat Nova nicht vorgestellt.", "de"),
        ("Acme n’a pas lancé Nova mardi.", "fr"),
    ],
)
def test_a_denial_of_what_no_source_denies_is_refused(text: str, language: str) -> None:
    """The opposite of a sentence has the same names and numbers."""
    assert check(text, [LAUNCH], language) == "a denial that no source has"


@pytest.mark.parametrize("mark", ["‹best ever›", "``best ever''", "❝best ever❞"])
def test_other_marks_of_quotation_are_no_way_round(mark: str) -> None:
    """A quotation is one in whatever marks."""
    assert "a quotation" in check(f"Acme launched Nova, {mark}, for shops.", [LAUNCH], "en")


def test_languages_whose_names_cannot_be_told_are_not_written() -> None:
    """Capitals, kana and Han characters show names; Arabic, Hindi or Korean letters do not."""
    assert all(map(can_check, ("en", "de", "pt-BR", "ja", "zh-Hant", "ru", "el")))
    assert not any(map(can_check, ("ar", "he", "hi", "ko", "th")))


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("1,4 % and 1.4 per cent", "en", {("1.4", "percent")}),
        ("12 per cent, twelve percent, 12 %, 12%", "en", {("12", "percent")}),
        ("$1.4bn and 1.4 billion dollars", "en", {("1400000000", "USD")}),
        ("EUR 40, €40, 40 euros", "en", {("40", "EUR")}),
        ("1,234.5 and 1.234,5 and 1 234,5", "en", {("1234.5", "")}),
        ("one hundred and twenty-one shops", "en", {("121", "")}),
        ("einundzwanzig Läden, eine Firma", "de", {("21", "")}),
        ("1,4 Mio. Euro", "de", {("1400000", "EUR")}),
        ("quatre-vingt-dix pour cent", "fr", {("90", "percent")}),
        ("2 mil millones de euros", "es", {("2000000000", "EUR")}),
        ("ventuno negozi", "it", {("21", "")}),
        ("二百一十人", "zh-Hans", {("210", "")}),
        ("3,5 milhões", "pt", {("3500000", "")}),
        ("vijfentwintig procent", "nl", {("25", "percent")}),
        ("1.2億円", "ja", {("120000000", "JPY")}),
        ("月額四千円", "ja", {("4000", "JPY")}),
        ("增长12%，300万用户", "zh-Hans", {("12", "percent"), ("3000000", "")}),
    ],
)
def test_figures_have_one_form(text: str, language: str, values: set[tuple[str, str]]) -> None:
    """However a language writes or spells them."""
    found = find_figures(text, language, strict=True)
    assert {(each.value, each.unit) for each in found.amounts} == values


RISE = Proof("Norvane will raise the price of Cadenza by 12 per cent next year.", "en")
ANSTIEG = Proof("Norvane erhöht den Preis von Cadenza im nächsten Jahr um 12 Prozent.", "de")


@pytest.mark.parametrize("proof", [RISE, ANSTIEG])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Norvane will cut the price of Cadenza by 12 per cent.", "en"),
        ("Norvane lowers the price of Cadenza by 12 per cent.", "en"),
        ("Norvane senkt den Preis von Cadenza um 12 Prozent.", "de"),
        ("Norvane baisse le prix de Cadenza de 12 %.", "fr"),
    ],
)
def test_a_direction_is_not_turned_round(text: str, language: str, proof: Proof) -> None:
    """What all proofs raise no draft lowers, whatever languages they speak."""
    assert "a direction that no source has" in check(text, [proof], language)


@pytest.mark.parametrize("proof", [RISE, ANSTIEG])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Norvane increases the price of Cadenza by 12 per cent next year.", "en"),
        ("Norvane hebt den Preis von Cadenza im kommenden Jahr um 12 Prozent an.", "de"),
    ],
)
def test_the_same_direction_and_time_stay(text: str, language: str, proof: Proof) -> None:
    """Another word for the same way, and the same year told from the present, are borne out."""
    assert check(text, [proof], language) == ""


def test_both_directions_may_be_told_where_proofs_have_both() -> None:
    """A price that rises and a share that falls may each be told."""
    both = (RISE, Proof("The share of opens fell by 3 per cent.", "en"))
    assert check("The share of opens fell by 3 per cent.", both, "en") == ""


def test_a_word_that_is_a_place_too_is_none_in_small_letters() -> None:
    """Shops may sell turkey; a refusal is a denial."""
    shop = Proof("A shop in Leeds sells meat and china with Nova.", "en")
    assert check("A shop sells turkey and china with Nova.", [shop], "en") == ""
    assert "denial" in check("A shop in Leeds refuses to sell meat with Nova.", [shop], "en")
