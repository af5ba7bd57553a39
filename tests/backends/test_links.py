from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.links import unwrap

PAGE = "https://news.example/a/b?x=1"
QUOTED = "https%3A%2F%2Fnews.example%2Fa%2Fb%3Fx%3D1"
TWICE = QUOTED.replace("%", "%25")
B64 = base64.urlsafe_b64encode(PAGE.encode()).decode().rstrip("=")
JSON = base64.urlsafe_b64encode(f'{{"e":"{PAGE}","p":7}}'.encode()).decode().rstrip("=")
HOSTS = ("news", "go", "e", "t", "mail", "link", "l")
PATHS = ("e", "a", "c", "t", "r", "go", "url")
INNER = {"u": 3, "url": PAGE}
NESTED = base64.urlsafe_b64encode(json.dumps({"p": json.dumps(INNER)}).encode()).decode()


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
        f"https://go.letter.example/?url={QUOTED}",
        f"https://e.letter.example/e/Ab3xQ9?u={QUOTED}",
        f"https://letter.example/l.php?u={QUOTED}",
        f"https://www.letter.example/e/{B64}/9",
        f"https://consent.portal.example/m?continue={QUOTED}&gl=DE",
        f"https://portal.example/zustimmung?return={QUOTED}",
        f"https://mandrillapp.com/track/click/3/news.example?p={NESTED}",
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
        *(f"https://{host}.vendor.example/launch?url={PAGE}" for host in HOSTS),
        *(f"https://{host}.vendor.example/2026/a-new-tool?u={PAGE}" for host in HOSTS),
        *(f"https://vendor.example/{path}/why-we-built-it?url={PAGE}" for path in PATHS),
        *(f"https://vendor.example/{path}/story?link={PAGE}" for path in PATHS),
        f"https://tool.example/c/{QUOTED}",
        f"https://news.vendor.example/?url={PAGE}",
        f"https://go.example/?url={PAGE}",
        f"https://mail.vendor.example/login?continue={PAGE}",
        f"https://track.vendor.example/?next={PAGE}",
        f"https://vendor.example/blog/how-to-redirect-users?url={PAGE}",
        f"https://vendor.example/tracking/the-end-of-cookies?url={PAGE}",
        f"https://t.vendor.example/share/url?url={PAGE}",
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
