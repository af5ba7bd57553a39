"""An edition in the formats its readers want: a page, a mail, Markdown and JSON."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from digest.errors import InputError
from digest.records import Edition
from digest.stages.catalogues import is_rtl
from digest.stages.charts import Chart, charts_of, letters_lacking, to_png, to_svg
from digest.stages.csv_records import write_records
from digest.stages.letters import Letter, write_letter
from digest.stages.mail import make_mail
from digest.stages.meaning import meaning_of, touches_us
from digest.stages.printing import print_page
from digest.stages.safe import clean, escape_markdown, safe_url, unbroken
from digest.stages.sayings import Sayings
from digest.stages.sums import has_cents, points_told
from digest.stages.view import (
    by_line,
    by_place,
    counts_told,
    draft_originals,
    earlier_quarters,
    few_told,
    is_foreign,
    make_view,
    maker_of,
    missed_told,
    notes,
    originals,
    products_by_category,
    products_of,
    quarters_told,
    tallies,
    tellers,
    told_elsewhere,
    trend_groups,
    uncompared,
)
from digest.stages.wording import make_wording

if TYPE_CHECKING:
    from email.message import EmailMessage

    from jinja2 import Environment

VERSION = "2"
JSON_FORMAT = "https://digest-news.github.io/schema/edition-2.json"


def render(edition: Edition, *, format: str) -> str | bytes:
    """Return the edition as "html", "md", "json" or "csv" (text), as "mail" (RFC 5322) or "pdf".

    The same edition always gives the same bytes.

    Raises:
        InputError: for a format that is none of these.
    """
    if format not in FORMATS:
        raise InputError(f'"{format}" is no format of an edition', cure=", ".join(FORMATS))
    return FORMATS[format](edition)


def to_html(edition: Edition) -> str:
    """Return the edition as one page that needs nothing else: no outside file.

    Its one script filters the table of products, and the page says all without it.
    """
    script = _script() if edition.kind == "quarterly" else ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if script else "'none'"
    return _fill("edition.html", edition, script=script, script_hash=allowed, charts=_svgs(edition))


def to_pdf(edition: Edition) -> bytes:
    """Return the edition as a PDF, printed from its page."""
    charts = _svgs(edition, is_printed=True)
    page = _fill("edition.html", edition, script="", script_hash="'none'", charts=charts)
    # Without its columns, which the printing library lays out a hundred times slower.
    return print_page(page, made=edition.compiled_at)


def to_csv(edition: Edition) -> str:
    """Return the launch records of the edition, one a line, with a line of names."""
    return write_records(edition)


def _svgs(edition: Edition, *, is_printed: bool = False) -> list[tuple[Chart, str]]:
    if edition.trends is None:
        return []
    words = Sayings(edition.language, readable=edition.readable)
    trends = edition.trends
    return [
        (chart, to_svg(chart, trends, words, is_printed=is_printed))
        for chart in charts_of(edition, words)
    ]


def _pngs(edition: Edition) -> list[tuple[Chart, bytes]]:
    if edition.trends is None or "trends" not in edition.layout:
        return []
    words = Sayings(edition.language, readable=edition.readable)
    trends = edition.trends
    return [
        (chart, to_png(chart, trends, words))
        for chart in charts_of(edition, words)
        if not letters_lacking(chart, trends, words)
    ]


@cache
def _script() -> str:
    folder = resources.files("digest") / "templates"
    return (folder / "edition.js").read_text("utf-8")


def to_markdown(edition: Edition) -> str:
    """Return the edition as CommonMark with numbered sources."""
    return _fill("edition.md", edition)


def to_json(edition: Edition) -> str:
    """Return the edition as JSON that follows `digest/data/edition.schema.json`.

    The record keeps its codes, the same in every language; `words` says them in the reader's.
    """
    record = asdict(edition) | {"counts": dict(edition.counts), "drops": dict(edition.drops)}
    record["words"] = asdict(make_wording(edition))
    return json.dumps({"format": JSON_FORMAT, **record}, ensure_ascii=False, indent=1) + "\n"


def to_mail(edition: Edition) -> bytes:
    """Return the edition as a message with a text and an HTML part, from a placeholder sender."""
    return to_message(edition).as_bytes()


def to_message(edition: Edition, *, sender: str = "", to: Iterable[str] = ()) -> EmailMessage:
    """Return the edition as a message that a `Mailer` can send, from `sender` to each of `to`."""
    return make_mail(edition, fill=_fill, sender=sender, to=to, pictures=_pngs(edition))


def to_letter(edition: Edition, *, online: str = "", has_link: bool = True) -> Letter:
    """Return the edition as a letter, written once, that is addressed to one reader after another.

    Args:
        edition: what to send.
        online: public address of the edition's page, "" where it has none.
        has_link: whether its readers get a link that unsubscribes.
    """
    return write_letter(
        edition, fill=_fill, pictures=_pngs(edition), online=online, has_link=has_link
    )


FORMATS: Mapping[str, Callable[[Edition], str | bytes]] = {
    "html": to_html,
    "pdf": to_pdf,
    "csv": to_csv,
    "md": to_markdown,
    "json": to_json,
    "mail": to_mail,
}
#: What each format's file is called in an edition's folder.
FILES: Mapping[str, str] = {
    "html": "index.html",
    "pdf": "edition.pdf",
    "csv": "records.csv",
    "md": "edition.md",
    "mail": "mail.eml",
    "json": "edition.json",
}


def _fill(template: str, edition: Edition, **more: Any) -> str:
    kind = template.rsplit(".", 1)[1]
    words = Sayings(
        edition.language, kind=Markup if kind == "html" else str, readable=edition.readable
    )
    environment = _environment(kind)
    page = environment.get_template(f"{template}.j2")
    return page.render(
        view=make_view(edition),
        after=words.after,
        edition=edition,
        words=words,
        _=words.labels.gettext,
        ngettext=words.labels.ngettext,
        **more,
    )


def fill_page(template: str, language: str, **values: Any) -> str:
    """Return a page that is no edition, in a language: the archive, or one about a subscription.

    Args:
        template: its name without ".j2".
        language: BCP-47, of its labels.
        values: what it shows.
    """
    words = Sayings(language, kind=Markup)
    page = _environment("html").get_template(f"{template}.j2")
    labels = words.labels
    return page.render(words=words, _=labels.gettext, ngettext=labels.ngettext, **values)


@cache
def _environment(kind: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    finalize: dict[str, Callable[[Any], Any]] = {"html": _plain, "txt": _plain, "md": _markdown}
    environment = Environment(
        loader=PackageLoader("digest"),
        # S701: Markdown escapes in `finalize`, plain text has nothing to escape.
        autoescape=kind == "html",  # noqa: S701
        finalize=finalize[kind],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(safe_url=safe_url, clean=clean, unbroken=unbroken)
    environment.globals.update(
        by_line=by_line,
        by_place=by_place,
        counts_told=counts_told,
        draft_originals=draft_originals,
        earlier_quarters=earlier_quarters,
        few_told=few_told,
        is_foreign=is_foreign,
        is_rtl=is_rtl,
        maker_of=maker_of,
        meaning_of=meaning_of,
        touches_us=touches_us,
        missed_told=missed_told,
        notes=notes,
        originals=originals,
        products_by_category=products_by_category,
        products_of=products_of,
        quarters_told=quarters_told,
        tallies=tallies,
        tellers=tellers,
        told_elsewhere=told_elsewhere,
        trend_groups=trend_groups,
        uncompared=uncompared,
        has_cents=has_cents,
        points_told=points_told,
    )
    return environment


def _plain(value: Any) -> Any:
    return clean(value) if type(value) is str else value


def _markdown(value: Any) -> Any:
    return escape_markdown(value) if type(value) is str else value
