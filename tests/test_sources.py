from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigError, InputError
from digest.records import SiteRules, Source
from digest.sources import add_source, export_opml, find_source, import_opml, load_sources

GOOD = """\
# Whom we read.
sources:
  - name: first  # the first of all
    kind: feed
    url: https://first.example/feed.xml
    publisher: First
    voice: vendor
    language: pt-BR
    verified: 2026-10-05
  - name: letters
    kind: newsletter
    url: mails/brief
    publisher: The Brief
    voice: independent
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "sources.yaml"
    file.write_text(text, "utf-8")
    return file


def test_a_good_file_gives_its_sources_in_order(tmp_path: Path) -> None:
    """A block is a source; a newsletter's path starts at the file's folder."""
    found = load_sources(write(tmp_path, GOOD))
    first = Source(
        name="first",
        kind="feed",
        url="https://first.example/feed.xml",
        publisher="First",
        voice="vendor",
        language="pt-BR",
        verified="2026-10-05",
    )
    assert [first, "letters"] == [found[0], found[1].name]
    assert str(tmp_path / "mails/brief") == found[1].url


def test_an_empty_list_is_no_mistake(tmp_path: Path) -> None:
    """A file with nothing in it yet is a list of no sources."""
    assert load_sources(write(tmp_path, "sources:\n")) == []
    assert load_sources(write(tmp_path, "")) == []


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("    kind: feed", "    kind: fed", 'line 4: source "first": "kind" is \'fed\''),
        ("    kind: feed", "    kind: fed", 'did you mean "feed"?'),
        ("    voice: vendor", "    voyce: vendor", 'line 7: source "first": unknown key "voyce"'),
        ("    voice: vendor", "    voyce: vendor", 'did you mean "voice"?'),
        ("    voice: vendor", "    voyce: vendor", "no voice; add `voice: independent"),
        ("    publisher: First\n", "", "no publisher; add `publisher: who speaks`"),
        ("    url: https://first.example/feed.xml\n", "", "no url; add `url: https://…`"),
        ("https://first.example/feed.xml", "first.example/feed", "https://first.example/feed"),
        ("https://first.example/feed.xml", "ftp://first.example/f", "begins with https://"),
        ("https://first.example/feed.xml", "https://", "begins with https://"),
        ("https://first.example/feed.xml", "https://[::1", "no web address"),
        ("language: pt-BR", "language: german", 'write its code, "de"'),
        ("language: pt-BR", "language: pt_br", 'did you mean "pt-BR"?'),
        ("language: pt-BR", "language: no", "quote it"),
        ("language: pt-BR", 'language: "no"', '"nb" or "nn"'),
        ("language: pt-BR", "language: zz", "BCP-47"),
        ("name: letters", "name: first", "is taken by line 3"),
        ("name: letters", "name: The Letters", '"the-letters"'),
        ("verified: 2026-10-05", "verified: lately", '"never" or a day'),
        ("publisher: First", "publisher:", "write text"),
        ("publisher: First", 'publisher: ""', "is empty"),
        ("publisher: First", "publisher: 7", "quote it"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_cure(
    tmp_path: Path, line: str, wrong: str, said: str
) -> None:
    """Whoever mistypes learns where, on which source, and what to write instead."""
    assert line in GOOD
    file = write(tmp_path, GOOD.replace(line, wrong))
    with pytest.raises(ConfigError) as caught:
        load_sources(file)
    if wrong == "language: no":  # YAML 1.2 reads this as text: the cure for Norwegian applies
        said = '"nb" or "nn"'
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


RULED = """\
sources:
  - name: ruled
    kind: feed
    url: https://ruled.example/feed.xml
    publisher: Ruled
    voice: vendor
    extract:
      title: h1.head
      body: "div.text, div.more"
      remove: [div.ad, "aside > p"]
      since: 2014-03-01
"""


def test_the_rules_of_a_site_are_read_and_written_back(tmp_path: Path) -> None:
    """Selectors as text, what is removed as a list, a day as one."""
    (source,) = load_sources(write(tmp_path, RULED))
    rules = SiteRules(
        title="h1.head",
        body="div.text, div.more",
        remove=("div.ad", "aside > p"),
        since="2014-03-01",
    )
    assert source.extract == rules
    other = tmp_path / "other.yaml"
    add_source(other, source)
    assert load_sources(other) == [source]


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("title: h1.head", "title: 'h1['", 'line 8: source "ruled": extract: "title": \'h1[\''),
        ("title: h1.head", "title: 'h1['", "write one like article > div.text"),
        ("title: h1.head", "title: h1::text", "Pseudo-elements are not supported"),
        ("title: h1.head", "title: 'x|h1'", "is no CSS selector"),
        ("title: h1.head", "title: 7", '"title": write text'),
        ("title: h1.head", "titel: h1", 'line 8: source "ruled": extract: "titel": unknown; did'),
        ("remove: [div.ad, ", "remove: [div.ad[, ", "not valid YAML"),
        ('remove: [div.ad, "aside > p"]', "remove: div.ad", "write a list of selectors"),
        ('remove: [div.ad, "aside > p"]', "remove: [7]", "7 is no text; quote it"),
        ("since: 2014-03-01", "since: lately", '"since": write a day such as'),
        ("since: 2014-03-01", "site: https://a.example/", "write the host alone"),
        ("kind: feed", "kind: newsletter", "a newsletter has none"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line_and_cure(
    tmp_path: Path, line: str, wrong: str, said: str
) -> None:
    """A bad selector is found when the file is read, not when the first page comes."""
    assert line in RULED
    with pytest.raises(ConfigError) as caught:
        load_sources(write(tmp_path, RULED.replace(line, wrong)))
    assert said in str(caught.value)


def test_a_report_may_come_by_mail_and_a_feed_may_not(tmp_path: Path) -> None:
    """An IMAP folder is an address for newsletters and reports alone."""
    text = RULED[: RULED.index("    extract:")].replace("kind: feed", "kind: report")
    mailed = text.replace("https://ruled.example/feed.xml", "imap://a@mail.example/Reports")
    (source,) = load_sources(write(tmp_path, mailed))
    assert (source.is_mailed, source.url) == (True, "imap://a@mail.example/Reports")
    with pytest.raises(ConfigError, match="begins with https"):
        load_sources(write(tmp_path, mailed.replace("kind: report", "kind: feed")))


def test_rules_that_are_no_table_are_refused(tmp_path: Path) -> None:
    """The cure shows the shape."""
    text = RULED[: RULED.index("    extract:")] + "    extract: h1\n"
    with pytest.raises(ConfigError, match="below it title, body, author, date, remove"):
        load_sources(write(tmp_path, text))


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    """Nobody has to run the check once for every mistake."""
    text = GOOD.replace("kind: feed", "kind: fed").replace("voice: vendor", "voice: loud")
    with pytest.raises(ConfigError) as caught:
        load_sources(write(tmp_path, text))
    lines = str(caught.value).splitlines()
    assert "2 problems" in lines[0]
    assert [line.split(":")[0] for line in lines[1:]] == ["  line 4", "  line 7"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sources: [", "line 1"),
        ("- name: a\n", 'no list "sources"'),
        ("sources: 7\n", '"sources" is no list'),
        ("sources:\n  - just text\n", "is no source"),
        ("sources: []\nsauces: []\n", 'line 2: unknown key "sauces"'),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_cure(
    tmp_path: Path, text: str, said: str
) -> None:
    """YAML that is no list of sources gets a clear error, not a traceback."""
    with pytest.raises(ConfigError, match=r".+") as caught:
        load_sources(write(tmp_path, text))
    assert said in str(caught.value)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """The error names the file and the cure."""
    with pytest.raises(ConfigError, match=r"no file of sources .*create it"):
        load_sources(tmp_path / "none.yaml")


def test_adding_keeps_comments_and_order(tmp_path: Path) -> None:
    """The file a person keeps stays as that person wrote it."""
    file = write(tmp_path, GOOD)
    new = Source("third", "page", "https://third.example/news", "Third", "wire", why="it's first")
    add_source(file, new)
    assert file.read_text("utf-8").startswith(GOOD)
    assert new == load_sources(file)[-1]


@pytest.mark.parametrize(
    ("name", "url", "said"),
    [
        ("first", "https://new.example/", "there already"),
        ("new", "http://www.first.example/feed.xml/", 'as "first"'),
        ("New One", "https://new.example/", "new-one"),
        ("new", "new.example", "https://new.example"),
    ],
)
def test_adding_refuses_what_is_there_or_wrong(
    tmp_path: Path, name: str, url: str, said: str
) -> None:
    """Nothing is written where the name, the address or a value is not good."""
    file = write(tmp_path, GOOD)
    with pytest.raises(InputError) as caught:
        add_source(file, Source(name, "feed", url, "New", "vendor"))
    assert said in str(caught.value)
    assert file.read_text("utf-8") == GOOD


def test_opml_comes_back_as_it_went(tmp_path: Path) -> None:
    """What is exported is imported again, feeds only, and nothing twice."""
    sources = [
        Source("a", "feed", "https://a.example/?x=1&y=2", "A & B", "regulator", "de", why="<law>"),
        Source("b", "page", "https://b.example/", "B", "vendor"),
    ]
    opml = tmp_path / "list.opml"
    opml.write_text(export_opml(sources), "utf-8")
    file = tmp_path / "sources.yaml"
    added = import_opml(file, opml)
    assert [(one.name, one.publisher, one.voice, one.language, one.why) for one in added] == [
        ("a", "A & B", "regulator", "de", "<law>")
    ]
    assert added == load_sources(file)
    assert import_opml(file, opml) == []


def test_opml_names_that_repeat_get_a_number(tmp_path: Path) -> None:
    """Folders, odd capitals and equal titles are what other programs write."""
    opml = tmp_path / "list.opml"
    opml.write_text(
        '<opml version="1.1"><body><outline text="Folder">'
        '<outline text="News" xmlurl="https://a.example/feed"/>'
        '<outline text="News" xmlURL="https://b.example/feed"/>'
        '<outline text="News" xmlUrl="not an address"/></outline></body></opml>',
        "utf-8",
    )
    added = import_opml(tmp_path / "sources.yaml", opml)
    assert [one.name for one in added] == ["news", "news-2"]


@pytest.mark.parametrize("text", ["", "no xml", "<opml/>", "<rss><channel/></rss>"])
def test_what_is_no_opml_is_refused(tmp_path: Path, text: str) -> None:
    """A wrong file gives an error, and no file of sources is made."""
    opml = tmp_path / "list.opml"
    opml.write_text(text, "utf-8")
    with pytest.raises(InputError):
        import_opml(tmp_path / "sources.yaml", opml)
    assert not (tmp_path / "sources.yaml").exists()


def test_an_unknown_name_gets_the_nearest(tmp_path: Path) -> None:
    """A mistyped name is answered with the one that was meant."""
    sources = load_sources(write(tmp_path, GOOD))
    assert find_source(sources, "first").name == "first"
    with pytest.raises(InputError, match='did you mean "letters"'):
        find_source(sources, "leters")


def test_the_shipped_list_is_good_and_says_where_each_address_was_seen() -> None:
    """At least thirty sources in at least five languages, each with its reason and its evidence."""
    sources = load_sources(Path(__file__).parents[1] / "sources.yaml")
    languages = {(source.language or "").split("-")[0] for source in sources}
    assert len(sources) >= 30
    assert len(languages) >= 5
    assert {source.voice for source in sources} == {"independent", "vendor", "wire", "regulator"}
    assert [source.name for source in sources if not (source.why and source.seen_in)] == []
    assert len({source.url for source in sources}) == len(sources)
