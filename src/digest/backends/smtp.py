"""The mail server of the settings: its account, how it is connected to, and what is said of it."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Literal

from digest.errors import DeliveryError

Security = Literal["starttls", "tls", "none"]
TIMEOUT = 60.0  #: seconds for each answer of the server


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """One SMTP server.

    Args:
        host: the server's name.
        port: its port.
        security: "starttls" (port 587), "tls" from the start (465), or "none".
        user: the account, where the server wants one.
        password: its password.
        timeout: seconds for each answer.
    """

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT

    def connect(self) -> smtplib.SMTP:
        """Return a connection, encrypted and signed in as the settings ask for.

        Raises:
            DeliveryError: where the server cannot be reached or refuses us; with the cure.
        """
        try:
            return self._open()
        except smtplib.SMTPAuthenticationError as error:
            cure = "check delivery.smtp.user and DIGEST_DELIVERY__SMTP__PASSWORD"
            raise self.failed("refuses the account", error, cure) from error
        except smtplib.SMTPException as error:
            raise self.failed("refuses us", error, "check [delivery.smtp]") from error
        except OSError as error:
            raise self.unreached(error) from error

    def unreached(self, error: OSError) -> DeliveryError:
        """Return the error of a server that is not there, or has gone."""
        return self.failed(
            "cannot be reached", error, "check delivery.smtp.host, port and security"
        )

    def failed(self, what: str, said: object, cure: str) -> DeliveryError:
        """Return an error that names the server, what it did and said, and the cure."""
        message = f"mail server {self.host}:{self.port} {what}: {said}"
        return DeliveryError(message, id=self.host, cure=cure)

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.security == "tls":
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server
