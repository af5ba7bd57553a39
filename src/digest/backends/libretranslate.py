"""Translates with a LibreTranslate server that the settings name; nothing else leaves the machine.

The API is LibreTranslate's own: `GET /languages`, `POST /translate` with a list of texts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx

from digest.backends.codes import to_argos
from digest.errors import ModelError

MOST_TEXTS, MOST_CHARACTERS = 40, 4_000  #: of one request; public servers allow few
PASSING = frozenset({429, 500, 502, 503, 504})
LONGEST_WAIT = 60.0


class LibreTranslator:
    """A LibreTranslate server behind our port.

    Args:
        url: the server's address, such as `http://localhost:5000`.
        key: its API key, where it wants one.
        timeout: seconds for one answer.
        tries: how often a request is made that fails for a reason that may pass.
    """

    def __init__(self, url: str, *, key: str = "", timeout: float = 60.0, tries: int = 4) -> None:
        self._url, self._key, self._tries = url.rstrip("/"), key, tries
        self._client = httpx.Client(timeout=timeout, follow_redirects=False)
        self._targets: Mapping[str, frozenset[str]] | None = None

    @property
    def version(self) -> str:
        """Return what tells this server's translations from others'."""
        return f"libretranslate {urlsplit(self._url).netloc}"

    def package(self, language: str, to: str) -> str | None:
        """Return the server's name and pair, or None where it does not translate that pair.

        Raises:
            ModelError: where the server does not tell its languages.
        """
        pair = self._pair(language, to)
        return f"{self.version} {pair[0]}→{pair[1]}" if pair else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return one translation a sentence, in order; "" where the server refuses one.

        Raises:
            ModelError: where the server gives no answer, or none that can be understood.
        """
        pair = self._pair(language, to)
        if pair is None:
            raise ModelError(f"{self._url} does not translate {language} → {to}")
        return [answer for batch in _batches(sentences) for answer in self._batch(batch, pair=pair)]

    def _batch(self, batch: Sequence[str], *, pair: tuple[str, str]) -> list[str]:
        """Translate a batch; one that is refused is halved until the culprit stands alone."""
        body = {"q": list(batch), "source": pair[0], "target": pair[1], "format": "text"}
        response = self._ask(
            "POST", "/translate", body | ({"api_key": self._key} if self._key else {})
        )
        if response.status_code == 400:
            if len(batch) == 1:
                return [""]
            middle = len(batch) // 2
            return self._batch(batch[:middle], pair=pair) + self._batch(batch[middle:], pair=pair)
        answers = _json(response, self._url).get("translatedText")
        if not isinstance(answers, list) or len(answers) != len(batch):
            raise ModelError(f"{self._url} answered {len(batch)} texts with something else")
        return [answer if isinstance(answer, str) else "" for answer in answers]

    def _pair(self, language: str, to: str) -> tuple[str, str] | None:
        for source in _codes(language):
            for target in _codes(to):
                if target in self._languages().get(source, ()):
                    return source, target
        return None

    def _languages(self) -> Mapping[str, frozenset[str]]:
        if self._targets is None:
            response = self._ask("GET", "/languages")
            rows = _json(response, self._url, kind=list)
            rows = [row for row in rows if isinstance(row, dict) and "code" in row]
            every = [str(row["code"]) for row in rows]
            self._targets = {
                str(row["code"]): frozenset(map(str, row.get("targets") or every)) for row in rows
            }
        return self._targets

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        wait, problem = 1.0, ""
        for number in range(self._tries):
            if number:
                time.sleep(min(wait, LONGEST_WAIT))
                wait *= 2
            try:
                response = self._client.request(method, self._url + path, json=body)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                problem = f"{type(error).__name__} {error}".rstrip()
                continue
            if response.status_code not in PASSING:
                return response
            problem = f"HTTP {response.status_code} {_error(response)}".rstrip()
            wait = _retry_after(response) or wait
        raise ModelError(
            f"{self._url}: {problem}",
            cure="is the server running, and its address right?",
            transient=True,
        )


def _json(response: httpx.Response, url: str, kind: type = dict) -> Any:
    if response.status_code != 200:
        problem = f"HTTP {response.status_code} {_error(response)}".rstrip()
        cure = "set models.translator_key" if response.status_code == 403 else ""
        raise ModelError(f"{url}: {problem}", cure=cure)
    try:
        data = response.json()
    except ValueError as error:
        raise ModelError(f"{url} is no LibreTranslate server: its answer is no JSON") from error
    if not isinstance(data, kind):
        raise ModelError(f"{url} is no LibreTranslate server: its answer has another shape")
    return data


def _error(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"])[:200]
    except (ValueError, LookupError, TypeError):
        return ""


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else 0.0


def _codes(language: str) -> tuple[str, ...]:
    """Return the codes under which servers list a language: newer ones BCP-47, older Argos's."""
    codes = (language, *to_argos(language), language.split("-")[0])
    return tuple(dict.fromkeys(codes))


def _batches(sentences: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for sentence in sentences:
        if batch and (len(batch) == MOST_TEXTS or size + len(sentence) > MOST_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(sentence)
        size += len(sentence)
    if batch:
        yield batch
