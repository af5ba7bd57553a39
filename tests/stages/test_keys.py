"""Articles that may be the same for certain ask for each other's keys."""

from digest.records import Article, Language
from digest.stages.keys import asked_by, keys_of
from digest.stages.sketch import make_sketch
from digest.testing import make_article

TEXT = "Kestrivo today launched Beacon, a customer data platform for shops and banks."


def find_each_other(one: Article, other: Article) -> tuple[bool, bool]:
    left, right = (make_sketch(each, Language(each.id, "en", 1.0)) for each in (one, other))
    return bool({*asked_by(left)} & {*keys_of(right)}), bool({*asked_by(right)} & {*keys_of(left)})


def test_one_address_in_two_forms() -> None:
    """Scheme, `www.` and tracking parameters make no other key."""
    one = make_article("a", url="https://www.news.example/x?utm_source=mail", text="One text.")
    other = make_article("b", url="http://news.example/x/", text="Another text altogether.")
    assert find_each_other(one, other) == (True, True)


def test_hreflang_in_both_directions() -> None:
    """Whichever comes second finds the first, although only one of them names the other."""
    home = make_article("a", url="https://news.example/en", text="A text in English.")
    named = (home.url,)
    other = make_article("b", url="https://news.example/de", text="Ein Text.", alternates=named)
    assert find_each_other(home, other) == (True, True)


def test_the_same_text_elsewhere() -> None:
    """A hash is a key, save for texts so short that they say little."""
    one, other = (make_article(id, url=None, title="T", text=TEXT) for id in ("a", "b"))
    assert find_each_other(one, other) == (True, True)
    one, other = (make_article(id, url=None, title="T", text="Update") for id in ("a", "b"))
    assert find_each_other(one, other) == (False, False)
