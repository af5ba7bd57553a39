"""What translated what an edition shows: the packages of its lines, and of nothing else."""

from dataclasses import replace

from digest.records import Article, Edition, Translated
from digest.stages.findings import Known
from digest.stages.ledger import entrants
from digest.stages.render import render

from .edition_sample import Corpus, add, outlet
from .test_findings import record

TEXT = "Lumora öffnet Orchard für alle. Der Umzug dauert neun Tage."
FIRST = "Lumora öffnet Orchard für alle."
SAID = "Lumora opens Orchard to all."


def _week(engine: str, *, by_line: bool = True, ok: bool = True) -> tuple[Corpus, Article]:
    """Return a week of one German story; `by_line`, each translation names its own package."""
    corpus, lead = Corpus(), outlet("lead", "Marktbote", "Orchard ist da", TEXT)
    said = ("Orchard is here", SAID) if ok else ()
    add(corpus, lead, language="de", quoted=[("lead", FIRST)], english=said, missing=("x",))
    made = corpus.translations[lead.id]
    if by_line and ok:
        summary = tuple(replace(each, engine=engine) for each in made.summary)
        made = replace(made, title=replace(made.title, engine=engine), summary=summary)
    corpus.translations[lead.id] = replace(made, engine=engine)
    return corpus, lead


def _compiled(corpus: Corpus, lead: Article, said: str = "") -> Edition:
    """Return its quarter with one product, of whose proof the translation of an engine is known."""
    product = record(lead, FIRST, languages=("de",))
    known = Translated(FIRST, SAID, True, "de", lead.id, engine=said)
    return corpus.compile(
        "2026-Q4", known=Known((product,), said={(lead.id, FIRST): known} if said else {})
    )


def test_the_packages_of_what_is_shown_are_named() -> None:
    """Each line says what made it; a record of an older version says it for all of its lines."""
    for by_line in (True, False):
        edition = _compiled(*_week("argos de→en 1.9", by_line=by_line))
        assert [line.engine for line in entrants(edition)[0].lines] == ["argos de→en 1.9"]
        assert entrants(edition)[0].headline_engine == "argos de→en 1.9"
        assert edition.engines == ("argos de→en 1.9",)


def test_a_package_of_which_nothing_is_shown_is_not_named() -> None:
    """It translated the article's other sentences, and what the story shows was refused."""
    edition = _compiled(*_week("starter de→en 0.1", ok=False))
    assert entrants(edition)[0].lines[0].text == FIRST
    assert edition.engines == ()
    assert "Translated on this machine" not in str(render(edition, format="html"))


def test_a_proof_is_not_shown_as_a_starter_has_it() -> None:
    """A quotation that stands alone is right or in its own words, wherever its translation lies."""
    corpus, lead = _week("", ok=False)
    corpus.translations.clear()
    small = _compiled(corpus, lead, "starter de→en 0.1").products[0].line
    assert (small.text, small.translated, small.engine) == (FIRST, False, "")
    large = _compiled(corpus, lead, "argos de→en 1.9")
    assert (large.products[0].line.text, large.products[0].line.translated) == (SAID, True)
    assert large.engines == ("argos de→en 1.9",)
