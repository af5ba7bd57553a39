"""Sends mail through an SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from typing import Literal

from digest.errors import DeliveryError

Security = Literal["starttls", "tls", "none"]
TIMEOUT = 30.0  #: seconds for each answer of the server


class SmtpMailer:
    """A `Mailer` over one SMTP server; a connection a message, so that none is ever stale.

    Args:
        host: the server's name.
        port: its port.
        security: "starttls" (port 587), "tls" from the start (465), or "none".
        user: the account, where the server wants one.
        password: its password.
        timeout: seconds for each answer.
    """

    def __init__(
        self,
        host: str,
        *,
        port: int = 587,
        security: Security = "starttls",
        user: str = "",
        password: str = "",
        timeout: float = TIMEOUT,
    ) -> None:
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self._password = password
        self.timeout = timeout

    def send(self, message: EmailMessage) -> None:
        """Hand the message over for all its readers.

        Raises:
            DeliveryError: where the server cannot be reached, refuses us, or refuses a reader;
                names the server, what it said, and the cure.
        """
        try:
            with self._connect() as server:
                refused = server.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            cure = "check delivery.smtp.user and DIGEST_DELIVERY__SMTP__PASSWORD"
            raise self._failed("refuses the account", error, cure) from error
        except smtplib.SMTPRecipientsRefused as error:
            who = ", ".join(error.recipients)
            raise self._failed(f"refuses {who}", _words(error.recipients), "") from error
        except smtplib.SMTPException as error:
            raise self._failed("does not take the mail", error, "see what it says") from error
        except (OSError, ssl.SSLError) as error:
            cure = "check delivery.smtp.host, port and security"
            raise self._failed("cannot be reached", error, cure) from error
        if refused:
            raise self._failed(f"refuses {', '.join(refused)}", _words(refused), "")

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.security == "tls":
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _failed(self, what: str, said: object, cure: str) -> DeliveryError:
        message = f"mail server {self.host}:{self.port} {what}: {said}"
        return DeliveryError(message, id=self.host, cure=cure)


def _words(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{code} {said.decode('utf-8', 'replace')}" for code, said in refused.values())
