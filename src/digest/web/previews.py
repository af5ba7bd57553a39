"""An edition as its readers will get it: as page, mail, PDF, and in the formats of programs."""

from __future__ import annotations

import base64
import email
import email.policy
from collections.abc import Mapping
from email.message import EmailMessage

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from digest.records import Edition
from digest.stages.printing import CURE, why_not
from digest.stages.render import render
from digest.web.security import MAIL_POLICY, page_policy
from digest.web.signing_in import Reader, TheIssue, TheRoom

router = APIRouter(prefix="/editions")
SHOWN = ("html", "mail", "text", "pdf")  #: what the edition's page can show; the rest are links
TYPES: Mapping[str, str] = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
FRAMED = {"X-Frame-Options": "SAMEORIGIN"}
#: Browsers show a PDF by a page of their own, which has a style; nothing else is allowed.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@router.get("/{name}/preview")
def preview(issue: TheIssue, room: TheRoom, asking: Reader, format: str = "html") -> Response:
    """Show the edition as its readers will get it."""
    edition, _ = room.edition(issue)
    return preview_as(edition, format)


def preview_as(edition: Edition, format: str) -> Response:
    """Return an edition in one format, as a page of its own; raises 404 and 501."""
    if format in ("mail", "text"):
        return _mail(edition, as_text=format == "text")
    if format == "html":
        made = str(render(edition, format="html"))
        return HTMLResponse(made, headers=FRAMED | {"Content-Security-Policy": page_policy(made)})
    if format not in TYPES:
        raise HTTPException(404, "There is no such format.")
    if format == "pdf" and (missing := why_not()):
        raise HTTPException(501, f"No PDF can be made here: {missing}. The cure: {CURE}.")
    headers = FRAMED | {
        "Content-Security-Policy": PDF_POLICY,
        "Content-Disposition": f'inline; filename="{edition.id}.{format}"',
    }
    return Response(render(edition, format=format), media_type=TYPES[format], headers=headers)


def _mail(edition: Edition, *, as_text: bool) -> Response:
    """Return the mail's subject and body, with its pictures in the page instead of beside it."""
    message = read_mail(edition)
    if as_text:
        part = message.get_body(("plain",))
        text = part.get_content() if part else ""
        policy = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'"}
        return Response(
            f"{message['Subject']}\n\n{text}",
            media_type="text/plain; charset=utf-8",
            headers=FRAMED | policy,
        )
    headers = FRAMED | {"Content-Security-Policy": MAIL_POLICY}
    return HTMLResponse(html_of(message), headers=headers)


def read_mail(edition: Edition) -> EmailMessage:
    """Return the mail of an edition as a mail program reads it."""
    made = render(edition, format="mail")
    raw = made.encode("utf-8", "surrogateescape") if isinstance(made, str) else made
    return email.message_from_bytes(raw, policy=email.policy.default)


def html_of(message: EmailMessage) -> str:
    """Return the HTML part of a mail; its pictures are in it."""
    part = message.get_body(("html",))
    html = str(part.get_content()) if part else ""
    for each in message.walk():
        cid = str(each.get("Content-ID", "")).strip("<>")
        if cid and each.get_content_maintype() == "image":
            picture = base64.b64encode(each.get_payload(decode=True)).decode()  # type: ignore[arg-type]
            html = html.replace(f"cid:{cid}", f"data:{each.get_content_type()};base64,{picture}")
    return html
