from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.links import unwrap

PAGE = "https://news.example/a/b?x=1"
QUOTED = "https%3A%2F%2Fnews.example%2Fa%2Fb%3Fx%3D1"
TWICE = QUOTED.replace("%", "%25")
B64 = base64.urlsafe_b64encode(PAGE.encode()).decode().rstrip("=")
JSON = base64.urlsafe_b64encode(f'{{"e":"{PAGE}","p":7}}'.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        f"https://click.letter.example/?url={QUOTED}&id=9",
        f"https://letter.example/track/click?u={QUOTED}",
        f"https://letter.example/redirect?target={B64}",
        f"https://letter.example/redirect?href={PAGE.encode().hex()}",
        f"https://substack.com/redirect/2/{JSON}.signature",
        f"https://tracking.letter.example/CL0/{QUOTED}/1/0100/abc=1",
        f"https://www.google.com/url?sa=t&url={QUOTED}",
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=05",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example_a_b-3Fx-3D1&d=x",
        "https://urldefense.com/v3/__https://news.example/a/b?x=1__;!!abc$",
        f"https://click.one.example/?url=https%3A%2F%2Fclick.two.example%2F%3Fu%3D{TWICE}",
    ],
)
def test_a_target_in_the_link_is_read_from_it(link: str) -> None:
    """The tracker is not told that anybody reads."""
    assert unwrap(link) == PAGE


def test_amp_addresses_lead_to_their_page() -> None:
    """The cache's address holds the publisher's."""
    assert unwrap("https://www.google.com/amp/s/news.example/a/b") == "https://news.example/a/b"
    assert unwrap("https://news-example.cdn.ampproject.org/c/s/news.example/a/b") == (
        "https://news.example/a/b"
    )


@pytest.mark.parametrize(
    "link",
    [
        PAGE,
        "https://letter.us1.list-manage.com/track/click?u=0a1b2c3d4e5f60718293a4b5&id=7&e=1",
        "https://tool.example/check?url=https://news.example/a",
        "https://news.example/login?next=/a",
        "https://d1.hubspotlinks.example/Ctc/ABC+113/abcdef/VWxyz",
        "https://[broken",
        "",
    ],
)
def test_other_links_stay_as_they_are(link: str) -> None:
    """Where the target is not in the link, or the page itself takes an address, nothing changes."""
    assert unwrap(link) == link


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_no_text_crashes(text: str) -> None:
    """Links come from outside; each is answered with a text."""
    for start in ("", "https://click.a.example/?url=", "https://a.example/redirect/2/"):
        assert isinstance(unwrap(start + text), str)
