"""Whether everything that an edition quotes stands, letter by letter, where it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from digest.records import Edition, Quote
from digest.stages.ledger import entrants
from digest.stages.quoted import lines_beside
from digest.stages.written import quotes_of_draft


def check_citations(edition: Edition, texts: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the edition's proofs; an empty list where all hold.

    Args:
        edition: the edition to check.
        texts: article id → its text, read again from where articles are kept.
    """
    cited = {each.article: each.number for each in edition.citations}
    problems = [
        f"citation {each.number} stands in place {place}"
        for place, each in enumerate(edition.citations, start=1)
        if each.number != place
    ]
    for where, quote, number in _quotes(edition):
        problem = _problem(quote, cited=cited, number=number, texts=texts)
        if problem:
            problems.append(f"{where}: {problem}")
    return problems


def _quotes(edition: Edition) -> Iterator[tuple[str, Quote, int | None]]:
    for story in entrants(edition):
        for place, line in enumerate(story.lines, start=1):
            yield f"story {story.story}, sentence {place}", line.original, line.citation
            if not line.translated and line.text != line.original.text:
                yield f"story {story.story}, sentence {place}", Quote(line.text, "", 0, 0), None
        for quote in quotes_of_draft(story.written):
            yield f"story {story.story}, draft", quote, None
        for launch in story.launches:
            yield f"story {story.story}, {launch.event} of {launch.vendor}", launch.evidence, None
    for where, line in lines_beside(edition):
        yield where, line.original, line.citation
        if not line.translated and line.text != line.original.text:
            yield where, Quote(line.text, "", 0, 0), None


def _problem(
    quote: Quote, *, cited: Mapping[str, int], number: int | None, texts: Mapping[str, str]
) -> str:
    if not quote.article:
        return "is marked as untranslated, but differs from its original"
    if quote.article not in cited:
        return f"article {quote.article} is not among the sources"
    if number not in (None, cited[quote.article]):
        return f"cites source {number}, but quotes source {cited[quote.article]}"
    if quote.article not in texts:
        return f"the text of article {quote.article} is missing"
    if texts[quote.article][quote.start : quote.end] != quote.text:
        return f"article {quote.article} does not say this at {quote.start}:{quote.end}"
    return ""
