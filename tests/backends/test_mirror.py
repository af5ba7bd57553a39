from __future__ import annotations

from pathlib import Path

import pytest

from digest.backends.http import FolderFetcher
from digest.config_sections import Fetch
from digest.errors import FetchError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "mirror" / "site.example"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text("home")
    (site / "a" / "index.html").write_text("folder")
    (site / "b.html").write_text("page")
    (site / "feed").write_text("<rss version='2.0'/>")
    (site / "c.pdf").write_bytes(b"%PDF-1.7")
    (site / "old.redirect").write_text("https://site.example/b\n")
    (site / "loop.redirect").write_text("https://site.example/loop\n")
    (tmp_path / "mirror" / "secret.txt").write_text("not a site's")
    (tmp_path / "outside.html").write_text("outside")
    (site / "link.html").symlink_to(tmp_path / "outside.html")
    return tmp_path / "mirror"


@pytest.mark.parametrize(
    ("path", "body", "media_type"),
    [
        ("", b"home", "text/html"),
        ("/", b"home", "text/html"),
        ("/a", b"folder", "text/html"),
        ("/a/", b"folder", "text/html"),
        ("/b", b"page", "text/html"),
        ("/b.html?x=1#y", b"page", "text/html"),
        ("/feed", b"<rss version='2.0'/>", "application/xml"),
        ("/c.pdf", b"%PDF-1.7", "application/pdf"),
    ],
)
def test_a_path_is_answered_from_its_file(
    root: Path, path: str, body: bytes, media_type: str
) -> None:
    """The folder answers as the site's own server would."""
    answer = FolderFetcher(root).fetch(f"https://site.example{path}")
    assert (body, media_type) == (answer.body, answer.media_type)


def test_a_redirect_file_leads_on(root: Path) -> None:
    """It counts as a redirect, with the limit of redirects."""
    assert FolderFetcher(root).fetch("https://site.example/old").url == "https://site.example/b"
    with pytest.raises(FetchError, match="redirects"):
        FolderFetcher(root).fetch("https://site.example/loop")


def test_an_unchanged_file_is_a_304(root: Path) -> None:
    """The ETag is the content's; a change of content is a new one."""
    fetcher = FolderFetcher(root)
    etag = fetcher.fetch("https://site.example/b").headers["etag"]
    assert fetcher.fetch("https://site.example/b", etag=etag).status == 304
    (root / "site.example" / "b.html").write_text("changed")
    assert fetcher.fetch("https://site.example/b", etag=etag).body == b"changed"


@pytest.mark.parametrize(
    "url",
    [
        "https://site.example/none",
        "https://other.example/b",
        "https://site.example/%2e%2e/secret.txt",
        "https://site.example/%2e%2e%2f%2e%2e%2foutside.html",
        "https://site.example/../../outside.html",
        "https://../outside.html",
        "https://site.example/link",
        "https://site.example/%00",
        "https://site.example/" + "x" * 5000,
    ],
)
def test_nothing_outside_the_site_is_read(root: Path, url: str) -> None:
    """What is not there, or not the site's, is a 404 that stays one."""
    with pytest.raises(FetchError) as caught:
        FolderFetcher(root).fetch(url)
    assert not caught.value.transient
    assert caught.value.status in (404, None)


def test_limits_hold_for_files_too(root: Path) -> None:
    """The very code that fetches from the network runs."""
    with pytest.raises(FetchError, match="larger than 3 bytes"):
        FolderFetcher(root, Fetch(max_bytes=3)).fetch("https://site.example/b")  # type: ignore[call-arg]
