"""Words, sentences, addresses and hashes."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import (
    canonical_url,
    content_hash,
    count_words,
    dump_line,
    ids_in,
    make_id,
    name_ids,
    parse_time,
    sentences,
    split_sentences,
    url_key,
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example:443/A?utm_source=x&id=7#top", "https://news.example/A?id=7"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example/a b/ü", "http://news.example/a%20b/%C3%BC"),
        ("https://user:pw@news.example/x", "https://news.example/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://news.example/a%2Fb?q=1&q=2", "https://news.example/a%2Fb?q=1&q=2"),
    ],
)
def test_an_address_keeps_only_what_chooses_the_page(url: str, expected: str) -> None:
    """Tracking, fragments, credentials and default ports go; all else stays."""
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.example", "/path", "javascript:alert(1)", "http://"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Only http and https with a host are addresses."""
    with pytest.raises(ValueError, match="no name of a host"):
        canonical_url("https://.://.//l")
    with pytest.raises(ValueError, match="not a web address"):
        canonical_url(url)


def test_two_forms_of_an_address_have_one_key() -> None:
    """Scheme, www and a closing slash make no other page."""
    assert (
        url_key("https://www.news.example/a/")
        == url_key("http://news.example/a")
        == "news.example/a"
    )


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_a_canonical_address_stays_as_it_is(path: str) -> None:
    """Making an address canonical twice changes nothing more."""
    try:
        once = canonical_url(f"https://news.example/{path}")
    except ValueError:
        return
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dr. Smith of Acme Inc. said so. He left.",
            ["Dr. Smith of Acme Inc. said so.", "He left."],
        ),
        ("Prices rose 3.5 percent. It held.", ["Prices rose 3.5 percent.", "It held."]),
        ("Am 3. Oktober 2026 kam es. Gut.", ["Am 3. Oktober 2026 kam es.", "Gut."]),
        ("Das gilt z. B. hier. Und dort.", ["Das gilt z. B. hier.", "Und dort."]),
        ("“It works.” She smiled.", ["“It works.”", "She smiled."]),
        ("発売した。「早い。」と言う。次。", ["発売した。", "「早い。」と言う。", "次。"]),
        ("他说：“好。”我们走。", ["他说：“好。”", "我们走。"]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("¿Qué pasa? ¡Nada! Sigue.", ["¿Qué pasa?", "¡Nada!", "Sigue."]),
        ("J. Doe joined. OK?", ["J. Doe joined.", "OK?"]),
        ("Wait... what? Yes.", ["Wait... what?", "Yes."]),
        ("The answer is no. Next week.", ["The answer is no.", "Next week."]),
        ("It is No. 5 since Sept. 12. Fine.", ["It is No. 5 since Sept. 12.", "Fine."]),
        ("Madrid, 3 nov. – Acme vende. Fin.", ["Madrid, 3 nov. – Acme vende.", "Fin."]),
        ("Köln, 06.11. – Acme kommt. Gut.", ["Köln, 06.11. – Acme kommt.", "Gut."]),
        ("Am 6. Okt. Nova gezeigt. Gut.", ["Am 6. Okt. Nova gezeigt.", "Gut."]),
        ("It rose to 12. – She left.", ["It rose to 12.", "– She left."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    """Abbreviations, ordinals, decimals and quotes end none; wide stops need no space."""
    assert sentences(text) == expected


@given(st.text(max_size=300))
def test_sentences_are_verbatim_and_in_order(text: str) -> None:
    """Spans never overlap, hold no outer white space, and leave out nothing but white space."""
    spans = split_sentences(text)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_words_of_chinese_count_by_two_characters() -> None:
    """A limit in words means about the same length in every script."""
    assert (count_words("three short words"), count_words("营销技术新闻"), count_words("")) == (
        3,
        3,
        0,
    )


def test_the_same_text_has_the_same_hash_whatever_its_layout() -> None:
    """White space, case and punctuation make no other article; words do."""
    assert content_hash("A title", "Some text.") == content_hash("a  TITLE", "some text")
    assert content_hash("A title", "Some text.") != content_hash("A title", "Other text.")


def test_a_line_holds_no_line_break_of_unicode() -> None:
    """U+0085, U+2028 and U+2029 are escaped, so that no reader cuts a line in two."""
    line = dump_line({"id": "a\u0085b\u2028c\u2029d\né"})
    assert line.splitlines() == [line]
    assert json.loads(line) == {"id": "a\u0085b\u2028c\u2029d\né"}


def test_ids_do_not_run_into_each_other() -> None:
    """Parts are kept apart: ("ab", "c") is not ("a", "bc")."""
    assert make_id("ab", "c") != make_id("a", "bc")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-10-05", "2026-10-05T00:00:00+00:00"),
        ("2026-10-05T08:00:00+02:00", "2026-10-05T08:00:00+02:00"),
        ("2026-10-05T08:00:00", "2026-10-05T08:00:00+00:00"),
        ("soon", None),
        (None, None),
    ],
)
def test_times_are_read_or_none(value: str | None, expected: str | None) -> None:
    """A bare date is its midnight in UTC; what cannot be read is no time."""
    found = parse_time(value)
    assert (found.isoformat() if found else None) == expected


@given(st.text(alphabet='aB1 .!?。」\n\u2028"(’zDr', max_size=60), st.integers(0, 5))
def test_the_first_sentences_are_those_of_all(text: str, most: int) -> None:
    """Who asks for a few gets the beginning of what others get."""
    assert sentences(text, most=most) == sentences(text)[:most]


def test_ids_in_a_sentence_are_named() -> None:
    """A reason names articles by id; a reader is told their titles, as far as they are known."""
    one, other = make_id("one"), make_id("other")
    said = f"cosine 0.91 (compared with {one}); the same article as {other}: same title and text"
    assert ids_in(said) == [one, other]
    assert name_ids(said, {one: "Tidewatch (Ledger)"}) == said.replace(one, "Tidewatch (Ledger)")


@pytest.mark.parametrize(
    "parts",
    [
        ("„Wir kaufen Nova.“", "Dann ging er."),
        ("»Wir kaufen Nova!«", "Dann ging er."),
        ("„Sie sagten: ‚Nie.‘“", "Dann kam Nova."),
        ("« Nous achetons Nova. »", "Puis il est parti."),
        ("« Il a dit “oui”.\u00a0»", "C’est tout."),
        ("He left.", "“We buy Nova.”", "Then all went."),
        ("Il est parti.", "« Nous achetons Nova ! »"),
    ],
)
def test_a_mark_that_closes_what_is_quoted_stays_with_it(parts: tuple[str, ...]) -> None:
    """Whatever it is in another language, and with the space that French has before it."""
    assert sentences(" ".join(parts)) == list(parts)


def test_a_quotation_within_a_sentence_ends_none() -> None:
    """What follows in small letters or behind a comma belongs to it."""
    for text in ("Il a dit « Oui ! » et il est parti.", "„Wir kaufen Nova.“, sagt er."):
        assert sentences(text) == [text]
