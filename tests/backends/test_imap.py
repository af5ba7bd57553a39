"""Newsletters from a real IMAP server: dovecot, on a port of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from digest.backends.imap import MailFolders
from digest.backends.newsletters import MailReader
from digest.config_sections import Imap
from digest.errors import CONFIRMATION, FetchError, InputError, ParseError
from digest.records import Source, SourceState
from digest.stages.poll import Polled, poll
from digest.testing import NOON, FakeFetcher
from tests.conftest import free_port, wait_until

SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mailbox_idle_check_interval = 1 secs
mail_location = maildir:{folder}/mail
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
"""


@dataclass
class Server:
    """A mail server of our own."""

    port: int

    def box(self) -> Any:
        """Return a client of it."""
        from imap_tools import MailBoxUnencrypted

        return MailBoxUnencrypted("127.0.0.1", self.port).login("reader", "secret")

    def put(self, folder: str, *names: str) -> None:
        """Put newsletters into a folder."""
        with self.box() as box:
            if not box.folder.exists(folder):
                box.folder.create(folder)
            for name in names:
                box.append(letter(name), folder, flag_set=())

    def names(self, folder: str, criteria: str = "ALL") -> list[str]:
        """Return the subjects of a folder's mails."""
        with self.box() as box:
            box.folder.set(folder)
            return [mail.subject for mail in box.fetch(criteria, mark_seen=False)]

    def source(self, folder: str, user: str = "reader@") -> Source:
        """Return a source that reads a folder."""
        url = f"imap://{user}127.0.0.1:{self.port}/{folder}"
        return Source("letters", "newsletter", url, "Letters", "independent")


def letter(name: str) -> bytes:
    return (
        f"From: Brief <brief@letter.example>\r\nSubject: {name}\r\n"
        f"Message-ID: <{name}@letter.example>\r\nDate: Mon, 5 Oct 2026 06:00:00 +0000\r\n"
        f"Content-Type: text/plain\r\n\r\nA letter of some words about {name}, and no more.\r\n"
    ).encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A dovecot, stopped and forgotten afterwards."""
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("dovecot is not installed")
    folder = Path(tempfile.mkdtemp(prefix="digest-imap-"))
    folder.chmod(0o755)
    root = os.geteuid() == 0
    user, group = ("nobody", "nogroup") if root else (getpass.getuser(), str(os.getegid()))
    uid, gid = (65534, 65534) if root else (os.getuid(), os.getgid())
    (folder / "mail").mkdir()
    os.chown(folder / "mail", uid, gid)
    port = free_port()
    words = {"folder": folder, "user": user, "group": group, "uid": uid, "gid": gid, "port": port}
    (folder / "dovecot.conf").write_text(SETTINGS.format(**words))
    process = subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = Server(port)
    try:
        if not wait_until(lambda: answers(found) or process.poll() is not None, 20):
            pytest.skip("dovecot does not answer")
        if process.poll() is not None:
            pytest.skip(f"dovecot does not start: {(folder / 'log').read_text()[-300:]}")
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def answers(server: Server) -> bool:
    try:
        server.box().logout()
    except OSError:
        return False
    return True


def folders(**changes: Any) -> MailFolders:
    values = {"security": "none", "password": "secret", "timeout": 10.0, **changes}
    return MailFolders(Imap(**values))


def ask(source: Source, mailbox: MailFolders, state: SourceState | None = None) -> Polled:
    readers = {"newsletter": MailReader()}
    return poll(source, state, fetcher=FakeFetcher({}), readers=readers, mailbox=mailbox, now=NOON)


def titles(polled: Polled) -> list[str]:
    return [item.title for item in polled.items]


def test_a_report_that_comes_by_mail_is_read_from_its_pdf(server: Server) -> None:
    """The folder of a source of kind report: its entries are the report's word, once."""
    from email.message import EmailMessage

    from digest.backends.mailed_reports import MailedReportReader
    from tests.backends.test_reports import make_pdf

    message = EmailMessage()
    message["Subject"], message["From"] = "The review", "a@b.example"
    message.set_content("Here it is.")
    message.add_attachment(make_pdf(1, 2), maintype="application", subtype="pdf", filename="q.pdf")
    server.put("Reports", "no report in this one")
    with server.box() as box:
        box.append(message.as_bytes(), "Reports")
    source = replace(server.source("Reports"), kind="report")
    readers = {"mailed report": MailedReportReader()}
    words = {"fetcher": FakeFetcher({}), "readers": readers, "mailbox": folders(), "now": NOON}
    first = poll(source, None, **words)
    assert [item.title for item in first.items][:2] == ["Email Product 0", "Email Product 1"]
    assert (len(first.items), [drop.reason for drop in first.drops]) == (
        4,
        ["mail could not be read"],
    )
    assert not any(item.follow for item in first.items)
    assert poll(source, first.state, **words).unchanged


def test_each_mail_is_read_once(server: Server) -> None:
    """The second poll starts after the last UID of the first; nothing is marked or moved."""
    server.put("Once", "one", "two")
    source, mailbox = server.source("Once"), folders()
    first = ask(source, mailbox)
    again = ask(source, mailbox, first.state)
    server.put("Once", "three")
    third = ask(source, mailbox, again.state)
    assert (titles(first), again.unchanged, titles(third)) == (["one", "two"], True, ["three"])
    assert third.state.error is None
    mailbox.settle(source, third.state.cursor or "")
    assert server.names("Once", "UNSEEN") == ["one", "two", "three"]


def test_a_folder_that_is_made_anew_is_read_anew(server: Server) -> None:
    """Its UIDs count from one again; UIDVALIDITY says so."""
    server.put("Anew", "old-one", "old-two")
    source, mailbox = server.source("Anew"), folders()
    state = ask(source, mailbox).state
    with server.box() as box:
        box.folder.delete("Anew")
    import time

    time.sleep(1.1)  # dovecot makes the number of the second in which the folder was made
    server.put("Anew", "new")
    found = ask(source, mailbox, state)
    assert titles(found) == ["new"]
    assert (found.state.cursor or "").split(":")[0] != (state.cursor or "").split(":")[0]


def test_what_is_kept_is_marked_or_moved_and_what_came_meanwhile_is_not(server: Server) -> None:
    """Only up to the cursor: a mail between reading and saving stays for the next poll."""
    for after, folder in (("mark", "Marked"), ("move", "Moved")):
        server.put(folder, "a", "b")
        source, mailbox = server.source(folder), folders(after=after, move_to="Done")
        polled = ask(source, mailbox)
        server.put(folder, "late")
        mailbox.settle(source, polled.state.cursor or "")
        assert server.names(folder, "UNSEEN") == ["late"]
        mailbox.settle(source, polled.state.cursor or "")
        assert titles(ask(source, mailbox, polled.state)) == ["late"]
    assert server.names("Done") == ["a", "b"]
    assert server.names("Marked") == ["a", "b", "late"]


def test_a_wrong_password_or_folder_is_told_with_its_cure(server: Server) -> None:
    """The source fails, and goes on where it was once it is put right."""
    server.put("Right", "one")
    wrong = ask(server.source("Right"), folders(password="no"))
    missing = ask(server.source("Nowhere"), folders())
    nameless = ask(server.source("Right", user=""), folders())
    assert "DIGEST_IMAP__PASSWORD" in (wrong.state.error or "")
    assert "refuses" in (missing.state.error or "")
    assert "imap://user@host/Folder" in (nameless.state.error or "")
    assert titles(ask(server.source("Right"), folders(), wrong.state)) == ["one"]


def test_nobody_there_is_a_failure_that_may_pass() -> None:
    """The port of a server that is down."""
    source = Server(free_port()).source("INBOX")
    with pytest.raises(FetchError) as caught:
        folders(timeout=2.0).mails(source)
    assert caught.value.transient
    with pytest.raises(InputError):
        folders().mails(replace(source, url="imap://"))


@pytest.mark.parametrize(
    "subject",
    [
        *("Please confirm your subscription", "Bestätigen Sie Ihre Anmeldung", "请确认订阅"),
        *("Confirmez votre inscription", "Anmeldung zum Newsletter bestätigen", "購読の確認"),
    ],
)
def test_a_confirmation_mail_is_shown_and_not_obeyed(subject: str) -> None:
    """Its link stands in the drop; nobody calls it, and there is no entry."""
    raw = (
        f"From: list@letter.example\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8"
        "\n\nOne more step: https://letter.example/confirm/abc\n"
    ).encode()
    with pytest.raises(ParseError, match=r"https://letter\.example/confirm/abc") as caught:
        list(MailReader().read(raw))
    assert caught.value.reason == CONFIRMATION


def test_an_issue_that_speaks_of_confirming_is_no_confirmation_mail() -> None:
    """News of consent and subscriptions are news."""
    raw = (
        "From: list@letter.example\nSubject: Court confirms: subscription traps are illegal\n"
        "Content-Type: text/plain\n\n" + "The court has ruled on subscription traps today. " * 30
    ).encode()
    assert len(list(MailReader().read(raw))) == 1
