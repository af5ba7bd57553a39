"""A team's own taxonomy: renamed, merged, added to, restricted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from digest.config import Settings
from digest.config_sections import Taxonomy
from digest.doctor import examine
from digest.errors import ConfigError
from digest.records import Classification, Language
from digest.stages.classify import classify
from digest.stages.label_vectors import embed_labels
from digest.stages.taxonomy import Knowledge, load_knowledge
from digest.stages.team_labels import Wishes, adapt
from digest.wiring import make_encoder

from .news import make_article

TEXT = "Acme today launched Nova, a CRM system for email marketing and newsletters."


def labels(knowledge: Knowledge, text: str = TEXT) -> list[str]:
    """Return the labels of a text."""
    found = classify(make_article(text), Language("a", "en", 1.0), knowledge=knowledge)
    assert isinstance(found, Classification)
    return [label.name for label in found.labels]


def test_without_wishes_nothing_changes() -> None:
    """The shipped knowledge is handed on as it is."""
    assert adapt(load_knowledge(), Wishes()) is load_knowledge()


def test_labels_are_renamed_and_left_out() -> None:
    """Articles get the team's names, and none that it does not want."""
    known = adapt(
        load_knowledge(), Wishes(rename={"CRM": "Customers"}, without=["Email Marketing"])
    )
    assert labels(known) == ["Customers"]
    assert known.version != load_knowledge().version


def test_labels_are_merged() -> None:
    """What speaks for either speaks for the whole; the parts are gone."""
    known = adapt(load_knowledge(), Wishes(merge={"Customers": ["CRM", "Email Marketing"]}))
    assert labels(known) == ["Customers"]
    assert len(known.categories) == 48


def test_only_some_labels_are_given() -> None:
    """A fixed list: whatever else an article is about stays unclassified."""
    known = adapt(load_knowledge(), Wishes(only=["SEO"]))
    assert labels(known) == []
    assert labels(known, "Acme today launched Nova, an SEO tool for search rankings.") == ["SEO"]


def test_a_label_is_added_in_any_language() -> None:
    """A team's own label has description, examples and cues as the shipped ones have."""
    own = {"description": "Robots in shops.", "cues": {"en": "shop robot*", "de": "Ladenroboter"}}
    known = adapt(load_knowledge(), Wishes(add={"Shop Robots": own}))
    assert "Shop Robots" in labels(known, "Acme launched a shop robot for software retailers.")


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(rename={"CRMs": "Customers"}),
        Wishes(merge={"X": ["CRMs"]}),
        Wishes(only=["CRMs"]),
        Wishes(without=["CRMs"]),
    ],
)
def test_an_unknown_label_is_an_error_with_a_hint(wishes: Wishes) -> None:
    """The nearest label is named."""
    with pytest.raises(ConfigError, match='did you mean "CRM"'):
        adapt(load_knowledge(), wishes)


def test_two_labels_change_names() -> None:
    """All new names hold at once: a swap loses neither."""
    known = adapt(load_knowledge(), Wishes(rename={"CRM": "SEO", "SEO": "CRM"}))
    was = {one.description: one.name for one in load_knowledge().categories}
    swapped = {was[one.description]: one.name for one in known.categories}
    assert (swapped["CRM"], swapped["SEO"], len(swapped)) == ("SEO", "CRM", 49)


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (Wishes(rename={"CRM": "SEO"}), 'two labels would be called "SEO"'),
        (Wishes(rename={"CRM": " "}), '"CRM" has no new name'),
        (Wishes(merge={"SEO": ["CRM", "PR"]}), 'there is a label "SEO" already'),
        (Wishes(merge={"X": []}), '"X" is made of no labels'),
        (Wishes(add={"SEO": {"description": "Toys."}}), 'there is a label "SEO" already'),
        (Wishes(only=["SEO"], without=["SEO"]), '"SEO" stands in only and in without'),
        (Wishes(without=[one.name for one in load_knowledge().categories]), "no label is left"),
        (Wishes(rename={"CRM": "X"}, only=["CRM"]), 'it has become "X"'),
        (Wishes(merge={"X": ["CRM"], "Y": ["CRM"]}), 'it has become "X"'),
    ],
)
def test_no_label_is_lost_silently(wishes: Wishes, told: str) -> None:
    """What would take a label's place, or leave none, is refused with a cure."""
    with pytest.raises(ConfigError, match=told) as caught:
        adapt(load_knowledge(), wishes)
    assert caught.value.cure


def test_cues_are_a_list_or_a_row() -> None:
    """A list of phrases is read as the row of the data files is."""
    lists = {"description": "Robots.", "cues": {"en": ["shop robot*", "~robots"]}}
    rows = {"description": "Robots.", "cues": {"en": "shop robot* | ~robots"}}
    found = [
        next(
            one
            for one in adapt(load_knowledge(), Wishes(add={"R": row})).categories
            if one.name == "R"
        )
        for row in (lists, rows)
    ]
    assert list(found[0].cues["en"]) == list(found[1].cues["en"])
    assert [cue.phrase for cue in found[0].cues["en"]] == ["shop robot*", "robots"]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({}, r'description has to be a text: description = "'),
        ({"description": "x", "cues": ["robot"]}, r"cues has to be phrases by language: cues = \{"),
        ({"description": "x", "cues": {"xx": ["robot"]}}, r"cues write a BCP-47 code"),
        ({"description": "x", "exampels": ["robot"]}, r'is not known; did you mean "examples"'),
    ],
)
def test_a_label_of_ones_own_that_is_none_is_told_how_to_write(
    own: dict[str, object], told: str
) -> None:
    """Each mistake comes with the form that is wanted."""
    with pytest.raises(ValidationError, match=told):
        Taxonomy.model_validate({"add": {"Robots": own}})


def test_doctor_tells_of_an_unknown_label(tmp_path: Path) -> None:
    """It said that all was well where a run refused to begin."""
    config = tmp_path / "digest.toml"
    for only, state in (("SEOO", "bad"), ("SEO", "ok")):
        config.write_text(f'[taxonomy]\nonly = ["{only}"]\n')
        assert [one.state for one in examine(config) if one.what == "taxonomy"] == [state]


def test_every_label_has_a_description_and_examples() -> None:
    """Forty-nine labels, each described, with an example and cues in every language we read."""
    categories = load_knowledge().categories
    assert len(categories) == 49
    tongues = {"en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant"}
    bare = [c.name for c in categories if len(c.description) < 20 or not c.examples]
    assert bare == []
    assert [c.name for c in categories if tongues - set(c.cues)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Listeners of podcasts hear new episodes. The show is recorded and hosted."),
        (
            "de",
            "Hörer von Podcasts bekommen neue Folgen, aufgenommen und gehostet.",
        ),
        ("ja", "ポッドキャストの聴取者に新しいエピソードを届ける。"),
    ],
)
def test_an_own_label_is_known_by_its_description_alone(language: str, text: str) -> None:
    """Without a cue phrase, in a language in which it is not described, by the shipped encoder."""
    described = "Making and hosting podcasts: recording, episodes, shows, listeners, audio hosting."
    knowledge = adapt(load_knowledge(), Wishes(add={"Podcasts": {"description": described}}))
    vectors = embed_labels(knowledge.categories, make_encoder(Settings()))
    article = make_article(text)
    told = classify(article, Language("a", language, 1.0), knowledge=knowledge, vectors=vectors)
    assert isinstance(told, Classification)
    assert [label.name for label in told.labels] == ["Podcasts"]
    assert told.labels[0].evidence is not None
