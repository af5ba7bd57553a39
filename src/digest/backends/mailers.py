"""Sends mail through an SMTP server."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

from digest.backends.smtp import SmtpServer


class SmtpMailer:
    """A `Mailer` over one SMTP server; a connection a message, so that none is ever stale.

    Args:
        server: the mail server.
    """

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    def send(self, message: EmailMessage) -> None:
        """Hand the message over for all its readers.

        Raises:
            DeliveryError: where the server cannot be reached, refuses us, or refuses a reader;
                names the server, what it said, and the cure.
        """
        failed = self._server.failed
        try:
            with self._server.connect() as connection:
                refused = connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            who = ", ".join(error.recipients)
            raise failed(f"refuses {who}", _words(error.recipients), "") from error
        except smtplib.SMTPException as error:
            raise failed("does not take the mail", error, "see what it says") from error
        except OSError as error:
            raise self._server.unreached(error) from error
        if refused:
            raise failed(f"refuses {', '.join(refused)}", _words(refused), "")


def _words(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{code} {said.decode('utf-8', 'replace')}" for code, said in refused.values())
