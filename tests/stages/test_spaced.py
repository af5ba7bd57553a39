"""How a language joins those who act, drops them or puts them behind the verb is data."""

import pytest

from digest.stages.grammar import grammar_for
from digest.stages.spaced import events_of

PAIRS = [
    ("en", "Acme and Betasoft have signed a partnership."),
    ("de", "Acme und Betasoft kooperieren."),
    ("fr", "Acme et Betasoft s'associent."),
    ("es", "Acme y Betasoft han firmado un acuerdo."),
    ("it", "Acme e Betasoft hanno siglato un accordo."),
    ("pt", "Acme e Betasoft fecharam uma parceria."),
    ("nl", "Acme en Betasoft gaan samenwerken."),
]


@pytest.mark.parametrize(("language", "sentence"), PAIRS)
def test_two_who_act_are_parted_by_their_languages_word(language: str, sentence: str) -> None:
    """Both are named, in their order."""
    grammar = grammar_for(language)
    assert grammar
    assert events_of(sentence, grammar, "2026") == [("Acme", "Betasoft", "partnership")]


def test_a_second_verb_has_the_first_ones_subject() -> None:
    """The joining word of another language joins nothing."""
    grammar = grammar_for("en")
    assert grammar
    told = events_of("Acme unveiled Nova and also launched Orion.", grammar, "2026")
    assert ("Acme", "Orion", "launch") in told
    other = events_of("Acme unveiled Nova und also launched Orion.", grammar, "2026")
    assert ("Acme", "Orion", "launch") not in other


@pytest.mark.parametrize(
    ("language", "drops", "turns"),
    [
        ("en", False, False),
        ("de", False, True),
        ("nl", False, True),
        ("es", True, False),
        ("it", True, False),
        ("pt", True, False),
        ("fr", False, False),
    ],
)
def test_where_a_subject_may_stand(language: str, drops: bool, turns: bool) -> None:
    """It may be left out, or follow its verb."""
    grammar = grammar_for(language)
    assert grammar
    assert (grammar.drops, grammar.turns) == (drops, turns)


def test_a_sentence_without_subject_means_who_was_named() -> None:
    """Spanish needs none; English does."""
    spanish, english = grammar_for("es"), grammar_for("en")
    assert spanish
    assert english
    assert events_of("Esta semana ha presentado Nova.", spanish, "2026") == [("", "Nova", "launch")]
    assert events_of("This week has unveiled Nova.", english, "2026") == []


def test_a_denial_behind_the_verb_is_heard() -> None:
    """Of what ends, "nicht" says that it does not."""
    grammar = grammar_for("de")
    assert grammar
    assert events_of("Acme stellt Nova ein.", grammar, "2026")
    assert not events_of("Acme stellt Nova nicht ein.", grammar, "2026")
