"""Hands one mail after another to an SMTP server, and tells exactly how far each has come.

`smtplib.sendmail` cannot tell a mail that was surely not taken from one that may have been. Here
the last line of a mail leaves on its own, after the caller has noted that it will: a server that
has not got it has taken nothing (RFC 5321, 4.1.1.4 and 6.1).
"""

from __future__ import annotations

import contextlib
import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from typing import Literal

from digest.backends.smtp import TIMEOUT, SmtpServer
from digest.records import Answer

LAST = 300.0  #: seconds for the answer to the last line: RFC 5321, 4.5.3.2.6, asks for ten minutes
USES = 100  #: mails over one connection
PIECE = 16_384  #: bytes that are sent before the server is listened to
#: What a server says to whom it does not send mail on for, whoever the reader is.
NO_RELAY = re.compile(r"relay|authenticat|not logged in", re.I)
LOST = (smtplib.SMTPServerDisconnected, OSError)


class SmtpCourier:
    """A `Courier` over one SMTP server; the connection is kept for the next mail.

    Args:
        server: the mail server.
    """

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        self._connection: smtplib.SMTP | None = None
        self._uses = 0

    def carry(
        self, message: bytes, *, sender: str, to: str, last_line: Callable[[], bool]
    ) -> Answer:
        """Return what became of a mail.

        Args:
            message: the mail, its lines ended with CRLF.
            sender: where bounces go.
            to: its one reader.
            last_line: called when nothing but the last line has to leave; where it returns False
                the line does not, and nothing was sent.

        Raises:
            DeliveryError: where the server cannot be reached or refuses us, whoever the reader is.
        """
        server = self._ready()
        try:
            asked = (("mail", f"MAIL FROM:<{sender}>"), ("rcpt", f"RCPT TO:<{to}>"))
            for stage, command in (*asked, ("data", "DATA")):
                code, said = server.docmd(command)
                if code not in ((354,) if stage == "data" else (250, 251)):
                    self._after_refusal(server, code)
                    if _is_about_us(code, said, stage):
                        cure = "check [delivery] sender and bounces_to, and [delivery.smtp]"
                        raise self.server.failed(f"refuses {sender}", f"{code} {_line(said)}", cure)
                    return _refused(code, said, stage)
            early = self._send_text(server, message)
            if early is not None:
                return early
        except LOST as error:
            self.close()
            return Answer("later", f"the connection was lost: {error or type(error).__name__}")
        return self._end(server, last_line)

    def close(self) -> None:
        """Let go of the server."""
        server, self._connection = self._connection, None
        if server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                if server.sock is not None:
                    server.sock.settimeout(2)
                server.quit()
            server.close()

    def _drop(self) -> None:
        """Hang up without a word: a QUIT here would be read as a line of the mail."""
        server, self._connection = self._connection, None
        if server is not None:
            server.close()

    def _send_text(self, server: smtplib.SMTP, message: bytes) -> Answer | None:
        body = re.sub(rb"(?m)^\.", b"..", message)
        body = body if body.endswith(b"\r\n") else body + b"\r\n"
        assert server.sock is not None
        for start in range(0, len(body), PIECE):
            server.sock.sendall(body[start : start + PIECE])
            early = self._heard(server)
            if early is not None:
                return early
        return None

    def _end(self, server: smtplib.SMTP, last_line: Callable[[], bool]) -> Answer:
        assert server.sock is not None
        if not last_line():
            self._drop()
            return Answer("later", "another process has taken this copy over")
        try:
            early = self._heard(server)
        except LOST as error:
            self._drop()
            return Answer("later", f"the connection was lost: {error or type(error).__name__}")
        if early is not None:
            return early
        try:
            server.sock.settimeout(LAST if self.server.timeout >= TIMEOUT else self.server.timeout)
            server.sock.sendall(b".\r\n")
            code, said = server.getreply()
            server.sock.settimeout(self.server.timeout)
        except LOST as error:
            self._drop()
            said_by = f"no answer to the last line: {error or type(error).__name__}"
            return Answer("unknown", said_by, stage="data")
        if code == 250:
            return Answer("taken", _line(said), code)
        self._after_refusal(server, code)
        return _refused(code, said, "data")

    def _heard(self, server: smtplib.SMTP) -> Answer | None:
        """Return what the server said before the mail was whole, None where it just listens.

        Raises:
            OSError: where it has hung up. An encrypted connection cannot be looked into.
        """
        sock = server.sock
        if sock is None or isinstance(sock, ssl.SSLSocket):
            return None
        if not select.select([sock], [], [], 0)[0]:
            return None
        if not sock.recv(1, socket.MSG_PEEK):
            raise ConnectionResetError("the server hung up before the mail was whole")
        code, said = server.getreply()
        self._drop()
        if code < 400:
            return Answer("later", f"an answer out of turn: {code} {_line(said)}", code, "data")
        return _refused(code, said, "data")

    def _after_refusal(self, server: smtplib.SMTP, code: int) -> None:
        if code == 421:  # the server is about to hang up
            self._drop()
            return
        try:
            server.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _ready(self) -> smtplib.SMTP:
        """Return a connection that answers: the one there is, or a new one."""
        if self._connection is not None and self._uses < USES:
            self._uses += 1
            try:
                if self._connection.noop()[0] == 250:
                    return self._connection
            except (smtplib.SMTPException, OSError):
                pass  # it went stale between two mails: a new one is opened
            self._drop()
        self.close()
        self._connection = self.server.connect()
        self._uses = 1
        return self._connection


def _is_about_us(code: int, said: bytes, stage: str) -> bool:
    """Return whether a refusal has nothing to do with the reader: our sender, or no account."""
    if not 500 <= code < 600:
        return False
    return stage == "mail" or (stage == "rcpt" and bool(NO_RELAY.search(_line(said))))


def _refused(code: int, said: bytes, stage: str) -> Answer:
    kind: Literal["refused", "later"] = "refused" if 500 <= code < 600 else "later"
    return Answer(kind, f"{code} {_line(said)}", code, stage)


def _line(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[:500]
