"""Who publishes at a host: what the sources say, where they say one thing."""

from __future__ import annotations

import pytest

from digest.records import Source
from digest.stages.speakers import Speaker, make_speakers, platforms


def source(name: str, url: str, publisher: str = "", voice: str = "independent") -> Source:
    return Source(name, "feed", url, publisher or name, voice)  # type: ignore[arg-type]


ONE = source("kurier", "https://www.digitalkurier.example/rss.xml", "Digitalkurier")
TWICE = source("kurier-2", "https://digitalkurier.example/tools.xml", "Digitalkurier")
BLOG = source("acme", "https://acme.substack.com/feed", "Acme", "vendor")
SHARED = source("shared", "https://medium.com/feed/acme", "Acme", "vendor")
OTHER = source("other", "https://digitalkurier.example/other.xml", "Another")


@pytest.mark.parametrize(
    ("sources", "host", "expected"),
    [
        ([ONE], "digitalkurier.example", Speaker("Digitalkurier", "independent")),
        ([ONE, TWICE], "digitalkurier.example", Speaker("Digitalkurier", "independent")),
        ([ONE], "shop.digitalkurier.example", Speaker("Digitalkurier", "independent")),
        ([ONE], "kurier.example", None),
        ([ONE, OTHER], "digitalkurier.example", None),
        ([BLOG], "acme.substack.com", Speaker("Acme", "vendor")),
        ([BLOG], "other.substack.com", None),
        ([SHARED], "medium.com", None),
        ([], "", None),
    ],
)
def test_a_host_has_the_speaker_that_its_sources_agree_on(sources, host, expected):
    """Parts of a host are its publisher's; what many share is nobody's."""
    assert make_speakers(sources).at(host) == expected


def test_a_mails_address_tells_of_no_host():
    """Newsletters are sent by services that many use."""
    mail = Source("brief", "newsletter", "imap://mail.example/INBOX", "Brief", "independent")
    assert make_speakers([mail]).hosts == {}


def test_platforms_are_bare_hosts():
    """In lower case, without `www.`, each once."""
    assert all(host == host.lower() and "/" not in host for host in platforms())
    assert not [host for host in platforms() if host.startswith("www.")]
