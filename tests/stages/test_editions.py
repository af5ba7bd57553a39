"""What an edition says and how it is rendered: proofs, marks, escaping, the same bytes."""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from digest.errors import InputError
from digest.records import Article, Edition, Part, Score, Via
from digest.stages.ledger import Ledger, entrants
from digest.stages.proofs import check_citations
from digest.stages.publishers import count_publishers, distinct_pages
from digest.stages.render import render
from digest.stages.safe import unbroken
from digest.testing import make_article

from . import edition_sample as sample

WHOLE = '<span style="white-space:nowrap">{}</span>'
SCHEMA = Path(__file__).parents[2] / "src" / "digest" / "data" / "edition.schema.json"
FORMATS = ("html", "md", "json", "mail")


@pytest.fixture(scope="module")
def weekly() -> Edition:
    return sample.weekly()


def text_of(edition: Edition, format: str) -> str:
    made = render(edition, format=format)
    return made if isinstance(made, str) else made.decode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_edition_is_the_same_file(format: str) -> None:
    """Compiled and rendered twice, an edition is the same to the byte."""
    assert render(sample.weekly(), format=format) == render(sample.weekly(), format=format)


def test_every_sentence_stands_in_its_article(weekly: Edition) -> None:
    """The check that runs before publishing finds nothing in an honest edition."""
    texts = {article.id: article.text for article in sample.full_corpus().articles.values()}
    assert check_citations(weekly, texts) == []


def test_a_tampered_quotation_is_found(weekly: Edition) -> None:
    """One changed word in a stored article, and the edition is refused."""
    texts = {article.id: article.text for article in sample.full_corpus().articles.values()}
    quoted = next(line for each in entrants(weekly) for line in each.lines).original
    body = texts[quoted.article]
    texts[quoted.article] = body[: quoted.start] + "X" + body[quoted.start + 1 :]
    (problem,) = {re.sub(r"^.*?: ", "", each) for each in check_citations(weekly, texts)}
    assert f"article {quoted.article} does not say this" in problem


def test_numbers_run_in_the_order_of_appearance(weekly: Edition) -> None:
    """Citations are 1, 2, 3 …, and every story's lines cite its own sources."""
    assert [each.number for each in weekly.citations] == list(range(1, len(weekly.citations) + 1))
    for each in entrants(weekly):
        assert {line.citation for line in each.lines} <= set(each.citations)


def test_json_follows_the_published_schema(weekly: Edition) -> None:
    """The schema that ships is the record's, and the file is valid by it."""
    from tools.make_schema import schema

    assert SCHEMA.read_text("utf-8") == schema()
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for edition in (weekly, sample.quarterly(), sample.empty()):
        problems = [
            each.message for each in validator.iter_errors(json.loads(text_of(edition, "json")))
        ]
        assert problems == []


def test_markdown_reads_as_it_was_meant(weekly: Edition) -> None:
    """Headlines are headings of their own, sources a list, and nothing is escaped twice."""
    source = text_of(weekly, "md")
    assert r"\\" not in source
    tokens = MarkdownIt().parse(source)
    headings = [
        "".join(child.content for child in tokens[place + 1].children or [])
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h3"
    ]
    assert headings == [
        re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\u202a-\u202e]", "", each.headline)).strip()
        for each in entrants(weekly)
    ]
    links = [token for token in tokens if token.type == "inline" for _ in _links(token)]
    assert len(links) == sum(
        bool(each.url) and each.url.startswith("http") for each in weekly.citations
    )


def _links(token: object) -> list[object]:
    return [child for child in token.children or [] if child.type == "link_open"]  # type: ignore[attr-defined]


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\r\nBcc: a@b.example'


def hostile() -> Edition:
    """An edition whose every foreign text is an attack."""
    edition = sample.weekly()
    opening = edition.opening
    assert opening is not None
    bad = replace(
        opening,
        headline=HOSTILE,
        headline_original=HOSTILE,
        headline_note=HOSTILE,
        labels=(HOSTILE,),
        lines=tuple(replace(line, text=HOSTILE, note=HOSTILE) for line in opening.lines),
    )
    cited = tuple(
        replace(each, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(3)", via=HOSTILE)
        for each in edition.citations
    )
    return replace(edition, opening=bad, citations=cited, title=HOSTILE)


def test_a_page_shows_attacks_as_text() -> None:
    """Titles, notes, labels and addresses from outside are inert on the page and in the mail."""
    page = text_of(hostile(), "html")
    mail = email.message_from_bytes(render(hostile(), format="mail"), policy=email.policy.default)  # type: ignore[arg-type]
    body = mail.get_body(("html",))
    assert body is not None
    for shown in (page, body.get_content()):
        tags = {tag.lower() for tag in re.findall(r"<\s*([a-zA-Z0-9]+)", shown)}
        assert tags.isdisjoint({"script", "img", "iframe", "object"})
        targets = re.findall(r"""(?:href|src)\s*=\s*["']?([^"'\s>]*)""", shown)
        assert {each.split(":")[0] for each in targets if ":" in each} <= {"http", "https"}
        assert html.escape("<script>alert(1)</script>", quote=False) in shown.replace("&#34;", '"')


def test_a_mails_headers_cannot_be_added_to() -> None:
    """A line break in a headline adds no header."""
    mail = email.message_from_bytes(render(hostile(), format="mail"), policy=email.policy.default)  # type: ignore[arg-type]
    assert mail["Bcc"] is None
    assert mail["Auto-Submitted"] == "auto-generated"


def test_foreign_text_is_marked_with_its_language(weekly: Edition) -> None:
    """A screen reader is told which language it reads, and the missing package is named."""
    page = text_of(weekly, "html")
    foreign = {line.language for each in entrants(weekly) for line in each.lines} - {"en", "und"}
    assert foreign
    assert all(f'lang="{language}"' in page for language in foreign)
    noted = {line.note for each in entrants(weekly) for line in each.lines if line.note}
    assert noted
    assert all(html.escape(note) in page for note in noted)


def test_the_mail_has_both_parts_whole(weekly: Edition) -> None:
    """Every headline stands in the text part too, and the HTML stays under 100 kB."""
    mail = email.message_from_bytes(render(weekly, format="mail"), policy=email.policy.default)  # type: ignore[arg-type]
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    text = re.sub(r"\s+", " ", plain.get_content())
    for each in entrants(weekly):
        words = re.sub(r"[\x00-\x1f\u202a-\u202e]", " ", each.headline).split()
        assert all(word in text for word in words[:4])
    assert len(page.get_content().encode()) < 100_000


def test_an_empty_edition_says_so() -> None:
    """A week in which nothing qualified is published as what it is."""
    edition = sample.empty()
    assert (edition.opening, edition.sections) == (None, ())
    for format in ("html", "md"):
        assert "Nothing qualified" in text_of(edition, format)
        assert "off topic" in text_of(edition, format)


def test_an_unknown_format_is_named_with_those_there_are(weekly: Edition) -> None:
    """The message lists the formats."""
    with pytest.raises(InputError, match='"docx" is no format'):
        render(weekly, format="docx")


def test_what_was_told_is_not_told_again() -> None:
    """A story that the edition before has shown, with nothing new, is left out."""
    first = sample.full_corpus().compile("2026-W47", counts={}, drops={})
    shown = {
        each.story: frozenset(
            citation.article for citation in first.citations if citation.number in each.citations
        )
        for each in entrants(first)
    }
    ledger = Ledger(shown, first.id, sample.NOW)
    again = sample.full_corpus().compile("2026-W47", ledger=ledger, counts={}, drops={})
    assert {each.story for each in entrants(again)}.isdisjoint(shown)


def page(id: str, publisher: str, url: str, **more: object) -> Article:
    return make_article(id, publisher=publisher, url=url, **more)


def test_a_page_reached_twice_is_one_publisher() -> None:
    """A newsletter's link to a known page corroborates nothing."""
    feed = page("a", "Data Authority", "https://authority.example/fine")
    mail = page(
        "b", "authority.example", "https://www.authority.example/fine/", via=Via("m", "Mail")
    )
    assert count_publishers([mail, feed]) == ("Data Authority",)
    assert [each.id for each in distinct_pages([mail, feed])] == ["a"]


def test_wires_count_once() -> None:
    """A press release on three wires is one voice beside the vendor's own."""
    wires = [page(f"w{n}", f"Wire {n}", f"https://w{n}.example/", voice="wire") for n in range(3)]
    own = page("v", "Vendor", "https://vendor.example/", voice="vendor")
    assert count_publishers([*wires, own]) == ("Vendor", "Wire 0")


def test_a_story_is_told_by_the_articles_there_were() -> None:
    """Where its lead and its summary came after the period, earlier members tell it."""
    corpus = sample.Corpus()
    wire = sample.outlet("wire", "Wire", "A first notice", "Acme opens Nova.", voice="wire")
    paper = sample.outlet("paper", "Paper", "Acme opens Nova", "Acme has opened Nova to everyone.")
    later = sample.outlet(
        "later", "Ledger", "What Nova changes", "Nova changes budgets.", published="2026-11-24"
    )
    sample.add(corpus, wire, paper, later, quoted=[("later", "Nova changes budgets.")])
    corpus.stories = [replace(corpus.stories[0], lead="later")]
    opening = corpus.compile("2026-W47", counts={}, drops={}).opening
    assert opening is not None
    assert opening.headline == "Acme opens Nova"
    assert [line.text for line in opening.lines] == ["Acme has opened Nova to everyone."]


def test_a_score_rests_on_the_articles_there_were() -> None:
    """A paper that tells the story after the end of the period corroborates nothing in it."""
    corpus = sample.Corpus()
    wire = sample.outlet("wire", "Wire", "A first notice", "Acme opens Nova.", voice="wire")
    paper = sample.outlet("paper", "Paper", "Acme opens Nova", "Acme has opened Nova to everyone.")
    later = sample.outlet(
        "later", "Ledger", "What Nova changes", "Nova changes budgets.", published="2026-11-24"
    )
    sample.add(corpus, wire, paper)
    before = corpus.compile("2026-W47", counts={}, drops={}).opening
    story = corpus.stories[0]
    corpus.articles[later.id] = later
    corpus.stories = [replace(story, members=(*story.members, later.id))]
    told = Part("publishers", 99.0, "told by Ledger, Paper, Wire", "told", ("Ledger",))
    corpus.scores[story.id] = Score(story.id, 99.0, (told,))
    after = corpus.compile("2026-W47", counts={}, drops={}).opening
    assert before is not None
    assert after is not None
    names = {part.name: part.names for part in after.why}
    assert names["publishers"] == ("Paper", "Wire")
    assert after.score == pytest.approx(sum(part.points for part in after.why))


GERMAN = "Acme hat das Werkzeug Nova für alle Kunden in ganz Europa geöffnet."


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Acme has opened its tool Nova to all of its customers in Europe.", ["en"]),
        ("Acme opens Nova.", ["de"]),
    ],
    ids=["says as much", "hardly a sentence"],
)
def test_a_reader_is_quoted_their_own_language_where_a_member_has_it(english, expected) -> None:
    """Not a sentence in another one, though the summary was made for other readers."""
    corpus = sample.Corpus()
    first = sample.outlet("first", "Blatt", "Acme öffnet Nova", GERMAN)
    other = sample.outlet("other", "Paper", "Acme opens Nova", english)
    languages = {"first": "de", "other": "en"}
    sample.add(corpus, first, other, languages=languages, quoted=[("first", GERMAN)])
    opening = corpus.compile("2026-W47", counts={}, drops={}).opening
    assert opening is not None
    assert [line.language for line in opening.lines] == expected


@pytest.mark.parametrize(
    ("targets", "engine", "expected"),
    [
        ((), "", "Nova"),
        (("Acme opening Nova",), "starter de→en 0.1", "Nova"),
        (("Acme opens Nova",), "argos de→en 1.0", "Acme opens Nova"),
    ],
    ids=["not translated", "by a starter", "translated"],
)
def test_a_member_in_the_readers_language_lends_its_headline(targets, engine, expected) -> None:
    """Before a headline that the reader cannot read, or that a starter made of it."""
    corpus = sample.Corpus()
    lead = sample.outlet("lead", "Blatt", "Acme öffnet Nova", GERMAN)
    line = sample.outlet("line", "Report", "Nova", "A tool for all of its customers.")
    languages = {"lead": "de", "line": "en"}
    missing = () if targets else ("de → en",)
    sample.add(corpus, lead, line, languages=languages, english=targets, missing=missing)
    corpus.translations["lead"] = replace(corpus.translations["lead"], engine=engine)
    opening = corpus.compile("2026-W47", counts={}, drops={}).opening
    assert opening is not None
    assert opening.headline == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("An e-mail & a B-roll", f"An {WHOLE.format('e-mail')} &amp; a {WHOLE.format('B-roll')}"),
        ("A machine-made part, 3-fold", "A machine-made part, 3-fold"),
        ("<b>e-</b>", "&lt;b&gt;e-&lt;/b&gt;"),
    ],
)
def test_no_line_ends_within_a_short_compound(text: str, shown: str) -> None:
    """A word such as "e-mail" stays whole; a longer one may fall apart at its hyphen."""
    assert unbroken(text) == shown
