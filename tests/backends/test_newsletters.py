from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.newsletters import MailFiles, MailReader
from digest.errors import InputError, ParseError
from digest.records import Entry, Source, Via

DATA = Path(__file__).parents[1] / "data" / "mails"


def mail(text: str = "", html: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    message["Message-ID"] = "<brief-12@letter.example>"
    message["From"] = "The Brief <brief@letter.example>"
    message["Subject"] = headers.pop("Subject", "The Brief, issue 12")
    message["Date"] = "Mon, 16 Nov 2026 06:00:00 +0100"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text or "Read this mail as HTML.")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def read(raw: bytes) -> list[Entry]:
    return list(MailReader().read(raw))


def test_a_link_list_is_split_into_its_stories() -> None:
    """Titles, targets and blurbs are the stories'; profile and unsubscribe links are none."""
    entries = read(mail(html=(DATA / "table.html").read_text("utf-8")))
    assert [(entry.title, entry.url) for entry in entries] == [
        (
            "Vendor One opens its campaign planner to small teams",
            "https://vendor-one.example/news/planner?utm_source=brief",
        ),
        (
            "Vendor Two writes every consent into a public log",
            "https://vendor-two.example/blog/consent-log",
        ),
        ("A court narrows what counts as consent", "https://news.example/ruling"),
        ("Survey: half of all mail is never opened on a telephone", "https://one.example/a"),
        (
            "Vendor Three buys a maker of dashboards for an unknown sum, says The Ledger.",
            "https://two.example/b",
        ),
    ]
    assert "proposes budgets" in entries[0].html
    assert 'href="https://other.example/background"' in entries[0].html
    assert "no consent, the judges said" in entries[2].html
    assert not any("nsubscribe" in entry.html for entry in entries)


def test_an_entry_carries_its_mail_and_place() -> None:
    """Via names the mail; the guid is the Message-ID and the position."""
    entry = read(mail(html=(DATA / "table.html").read_text("utf-8")))[1]
    assert entry.via == Via(
        "brief-12@letter.example", "The Brief, issue 12", published="2026-11-16T06:00:00+01:00"
    )
    assert (entry.guid, entry.published) == (
        "brief-12@letter.example#2",
        "2026-11-16T06:00:00+01:00",
    )


def test_a_plain_text_list_is_split_too() -> None:
    """Addresses below a title, in brackets, and by number at the end are the stories' links."""
    entries = read(mail((DATA / "plain.txt").read_text("utf-8")))
    assert [(entry.title, entry.url) for entry in entries] == [
        (
            "Vendor One opens its campaign planner to small teams",
            "https://vendor-one.example/news/planner",
        ),
        (
            "Vendor Two writes every consent into a public log",
            "https://vendor-two.example/blog/consent-log",
        ),
        ("A court narrows what counts as consent", "https://news.example/ruling"),
        ("Vendor Four now writes in Catalan", "https://four.example/catalan"),
        ("Survey: half of all mail is never opened", "https://one.example/a"),
    ]
    assert entries[3].html == "<p>For teams in Barcelona only, and at no further cost.</p>"
    assert "Auditors may read it without asking." in entries[1].html


ESSAY = (
    "<html><body><p>Dear reader, this week I write about one thing only. {body}</p>"
    "<p>As I said <a href='https://old.example/x'>before</a>, it matters.</p>"
    "<p><a href='https://letter.example/unsubscribe'>Unsubscribe</a></p></body></html>"
)


def test_an_essay_is_one_entry_with_its_own_text() -> None:
    """A mail that tells one thing itself is the source, whatever it links to on the way."""
    html = ESSAY.format(body="Budgets follow attention, and attention has moved. " * 30)
    entries = read(mail(html=html))
    assert [(entry.title, entry.url) for entry in entries] == [("The Brief, issue 12", None)]
    assert "Budgets follow attention" in entries[0].html
    assert entries[0].authors == ("The Brief",)


def test_a_mail_without_links_is_one_entry() -> None:
    """Text alone is escaped and kept."""
    entries = read(mail("Costs < benefits.\n\nThat is all."))
    assert [(entry.url, entry.html) for entry in entries] == [
        (None, "<p>Costs &lt; benefits.</p>\n<p>That is all.</p>")
    ]


def test_the_editor_s_own_words_are_kept_beside_the_list() -> None:
    """A long opening of the mail's own is an entry before the stories."""
    opening = f"<p>{'The market turned this week, and here is how. ' * 20}</p>"
    html = (DATA / "table.html").read_text("utf-8").replace("<table>", f"{opening}<table>", 1)
    entries = read(mail(html=html))
    assert (entries[0].url, entries[0].title) == (None, "The Brief, issue 12")
    assert "The market turned" in entries[0].html
    assert len(entries) == 6


@pytest.mark.parametrize(
    ("more", "leave"),
    [
        ("Weiterlesen", "Newsletter abbestellen"),
        ("Lire la suite →", "Se désabonner"),
        ("Leer más", "Darse de baja"),
        ("Continua a leggere", "Annulla iscrizione"),
        ("続きを読む", "配信停止はこちら"),
        ("阅读全文", "取消订阅"),
        ("閱讀更多", "取消訂閱"),
    ],
)
def test_read_more_and_unsubscribe_are_known_in_many_languages(more: str, leave: str) -> None:
    """A "read more" gives the story above its link; a way out is no story."""
    story = "<h3>Titel {n}</h3><p>Text {n}.</p><p><a href='https://n.example/{n}'>{more}</a></p>"
    stories = "".join(story.format(n=n, more=more) for n in (1, 2, 3))
    html = f"<html><body>{stories}<p><a href='https://l.example/q'>{leave}</a></p></body></html>"
    entries = read(mail(html=html))
    assert [(entry.title, entry.url) for entry in entries] == [
        (f"Titel {n}", f"https://n.example/{n}") for n in (1, 2, 3)
    ]


def test_list_items_take_their_first_link_or_their_sentence() -> None:
    """A link that opens the item leads to the story; a link in its middle gives no title."""
    html = (
        "<ul><li><a href='https://a.example/1'>Meta</a> tests ads in chats "
        "(<a href='https://wire.example/x'>Newswire Agency</a>)</li>"
        "<li>Vendor <a href='https://a.example/2'>raised $20m for its CDP</a></li></ul>"
    )
    assert [(entry.title, entry.url) for entry in read(mail(html=html))] == [
        ("Meta tests ads in chats (Newswire Agency)", "https://a.example/1"),
        ("Vendor raised $20m for its CDP", "https://a.example/2"),
    ]


def test_a_button_below_a_heading_is_the_heading_s_link() -> None:
    """A link that says only "Try it now" is no title."""
    html = (
        "<h2>New: the planner</h2><p>It plans.</p><a href='https://v.example/p'>Try it now</a>"
        "<h2>A course on data</h2><p>On Friday.</p><a href='https://v.example/w'>Register</a>"
    )
    assert [(entry.title, entry.url) for entry in read(mail(html=html))] == [
        ("New: the planner", "https://v.example/p"),
        ("A course on data", "https://v.example/w"),
    ]


@pytest.mark.parametrize(("hosts", "count"), [("abc", 3), ("aaa", 1)])
def test_headed_sections_are_stories_where_they_tell_of_different_sites(
    hosts: str, count: int
) -> None:
    """A round-up is split; an essay with headings that links to one site is not."""
    section = (
        "<h2>Part {n}</h2><p>Words about <a href='https://{h}.example/{n}'>it</a> and {w}.</p>"
    )
    words = "more of the same " * 20
    html = "".join(section.format(n=n, h=host, w=words) for n, host in enumerate(hosts))
    assert len(read(mail(html=html))) == count


def test_headers_in_other_scripts_are_read() -> None:
    """An encoded subject and a body in its country's encoding come out as text."""
    raw = (
        b"Subject: =?shift_jis?B?"
        + __import__("base64").b64encode("広告".encode("shift_jis"))
        + b"?=\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n"
        + "新製品です。".encode("iso-2022-jp")
    )
    entry = read(raw)[0]
    assert (entry.title, entry.html) == ("広告", "<p>新製品です。</p>")


def test_attachments_stay_closed() -> None:
    """What is attached is no part of the text, whatever its type."""
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content("the text")
    message.add_attachment("<p>attached</p>", subtype="html", filename="a.html")
    entry = read(message.as_bytes())[0]
    assert entry.html == "<p>the text</p>"


def test_a_wrong_boundary_is_mended() -> None:
    """Where the header names another boundary than the body uses, the parts are still found."""
    raw = (
        b'Subject: s\nContent-Type: multipart/alternative; boundary="one"\n\n'
        b"--two\nContent-Type: text/html\n\n<p>found</p>\n--two--\n"
    )
    assert [entry.html for entry in read(raw)] == ["<p>found</p>"]


@pytest.mark.parametrize("charset", ["no\0ne", "none", "unknown-8bit", "rot13", "hex"])
def test_a_charset_that_is_none_loses_no_mail(charset: str) -> None:
    """Also one with a NUL in its name, in a header or a part: fuzzing has found it."""
    raw = (
        f"Subject: =?{charset}?q?A_headline?=\nContent-Type: text/plain; charset={charset}\n\n"
        "A letter of some words that is read."
    ).encode()
    (entry,) = read(raw)
    assert "some words" in entry.html
    assert "headline" in entry.title


def test_a_mail_without_an_id_gets_a_lasting_one() -> None:
    """The hash of its bytes stands for the missing Message-ID."""
    raw = b"Subject: s\n\ntext"
    ids = {entry.via.id for entry in (*read(raw), *read(raw)) if entry.via}
    assert len(ids) == 1
    assert next(iter(ids)).startswith("sha256-")


def test_an_empty_file_is_no_mail() -> None:
    """Nothing is an error, not an empty entry."""
    with pytest.raises(ParseError):
        read(b" \n")


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=500))
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    """Whatever comes is entries or a ParseError."""
    for start in (b"", b"Content-Type: text/html\n\n", b"Content-Type: multipart/mixed;boundary="):
        try:
            entries = read(start + raw)
        except ParseError:
            continue
        assert entries


def source(path: Path) -> Source:
    return Source("brief", "newsletter", str(path), "The Brief", "independent")


def test_mails_come_from_a_folder_an_mbox_or_a_maildir(tmp_path: Path) -> None:
    """The three ways in which programs keep mail give the same mails."""
    raws = [mail("one", X_N="1"), mail("two", X_N="2")]
    folder, box, maildir = tmp_path / "eml", tmp_path / "all.mbox", tmp_path / "md"
    folder.mkdir()
    (folder / "1.eml").write_bytes(raws[0])
    (folder / "2.eml").write_bytes(raws[1])
    (folder / "notes.txt").write_text("no mail")
    mbox, kept = mailbox.mbox(box), mailbox.Maildir(maildir)
    for raw in raws:
        mbox.add(raw)
        kept.add(raw)
    mbox.close()
    for place in (folder, box, maildir):
        found = [
            [entry.html for entry in read(raw)] for raw in MailFiles().mails(source(place)).mails
        ]
        assert sorted(found) == [["<p>one</p>"], ["<p>two</p>"]]
    assert list(MailFiles().mails(source(folder / "1.eml")).mails) == [raws[0]]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The error says which source and which path."""
    with pytest.raises(InputError, match="brief: no folder or file"):
        list(MailFiles().mails(source(tmp_path / "none")).mails)


@pytest.mark.parametrize(
    "subject",
    [
        "Subscription confirmation",
        "One more step",
        "Opt-in",
        "Mailadresse bestätigen",
        "Finalisez votre inscription",
        "Nur noch ein Klick",
    ],
)
def test_a_mail_that_asks_to_confirm_is_no_item(subject: str) -> None:
    """Its link is shown to the user and never followed."""
    with pytest.raises(ParseError, match="confirm"):
        read(mail(html='<p>Hello, <a href="https://l.example/x">go on</a>.', Subject=subject))
