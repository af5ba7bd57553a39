"""The child of `backends.sandbox`: `python -m digest.backends.sandboxed MEMORY SECONDS`."""

from __future__ import annotations

import gc
import json
import sys
from importlib import import_module
from typing import Any, BinaryIO

from digest.backends.dates import few_guesses
from digest.backends.sandbox import as_json, as_rules
from digest.errors import DigestError, ParseError

FILES = 64  #: files and pipes that may be open
#: What reads the entries of each kind of document: module and class.
READERS = {
    "feed": ("feeds", "FeedReader"),
    "list": ("pages", "PageReader"),
    "sitemap": ("sitemaps", "SitemapReader"),
    "newsletter": ("newsletters", "MailReader"),
    "report": ("reports", "ReportReader"),
    "mailed report": ("mailed_reports", "MailedReportReader"),
}


def main(memory: str, seconds: str) -> None:
    """Read one file after another from standard input, until it is closed."""
    limit(int(memory))
    gc.set_threshold(50_000)  # a feed makes many objects and few circles: less looking, same memory
    into, out = sys.stdin.buffer, sys.stdout.buffer
    while (head := _take(into)) is not None:
        body = _take(into) or b""
        allow(float(seconds))
        answer = json.dumps(_answer(json.loads(head), body)).encode("ascii")
        out.write(len(answer).to_bytes(8, "big") + answer)
        out.flush()


def limit(memory: int) -> None:
    """Bind this process to so much memory, and to no file that it writes; where POSIX is not: no.

    Limits of memory hold on Linux; macOS takes and ignores them.
    """
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # the system's own limit is lower


def allow(seconds: float) -> None:
    """Let the system end this process after so many seconds more of work, should nobody else."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _take(stream: BinaryIO) -> bytes | None:
    size = stream.read(8)
    return stream.read(int.from_bytes(size, "big")) if len(size) == 8 else None


def _answer(head: dict[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return {"result": as_json(_work(head, body))}
    except DigestError as error:
        more = {"reason": error.reason, "feed": error.feed} if isinstance(error, ParseError) else {}
        return {"error": error.message, "cure": error.cure, **more}
    except MemoryError:
        return {"error": "it takes more memory than is allowed"}
    except Exception as error:  # whatever a parser says of a broken file, the file is at fault
        return {"error": f"could not be read: {type(error).__name__}: {error}"}


@few_guesses()
def _work(head: dict[str, Any], body: bytes) -> object:
    url = head.get("url")
    media_type = head.get("media_type") or ""
    if head["task"] in READERS:
        module, name = READERS[head["task"]]
        reader = getattr(import_module(f"digest.backends.{module}"), name)()
        return list(reader.read(body, url=url or "", media_type=media_type))
    if head["task"] == "parts":
        from digest.backends.sitemaps import SitemapReader

        return list(SitemapReader().more(body, url=url or ""))
    if head["task"] == "returned":
        from digest.backends.bounces import read_returned

        return read_returned(body)
    if head["task"] == "page":
        from digest.backends.extractors import TrafilaturaExtractor

        return TrafilaturaExtractor().extract(
            body, url=url, charset=head.get("charset"), rules=as_rules(head.get("rules"))
        )
    from digest.backends.pdf_text import PdfExtractor

    return PdfExtractor().extract(body, url=url)


if __name__ == "__main__":
    main(*sys.argv[1:])
