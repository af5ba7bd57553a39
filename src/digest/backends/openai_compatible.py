"""Asks a language model behind `/v1/chat/completions`; only the named server hears anything.

llama.cpp's server, Ollama, vLLM and others speak this form of OpenAI's API.
"""

from __future__ import annotations

import email.utils
import json
import re
import time
from collections.abc import Mapping
from typing import Any

import httpx

from digest.backends.guard import GuardedBackend, within
from digest.backends.transports import GuardedTransport
from digest.errors import ModelError

PASSING = frozenset({429, 500, 502, 503, 504})
PAUSE = 1.0  #: seconds before a further try; they double
LONGEST_WAIT = 60.0  #: seconds; a server that wants more is left to the next edition
LONGEST_CONNECT = 10.0  #: seconds; thinking takes longer, answering the door does not
MOST_BYTES = 1_000_000  #: of an answer; a draft has some thousand
MOST_TOKENS = 2_000
#: What makes answers short, repeatable and JSON; left out for servers that do not know it.
MANNERS: Mapping[str, Any] = {
    "temperature": 0,
    "max_tokens": MOST_TOKENS,
    "response_format": {"type": "json_object"},
}


class ChatWriter:
    """A chat server behind our port.

    Args:
        url: its address, with or without `/v1` or the whole path.
        model: the model's name, as the server knows it.
        key: its API key, where it wants one.
        timeout: seconds for one whole answer, however slowly it comes.
        tries: how often a question is asked whose failure may pass.
    """

    def __init__(
        self, url: str, model: str, *, key: str = "", timeout: float = 120.0, tries: int = 3
    ) -> None:
        self._url, self._model, self._tries, self._timeout = _path(url), model, tries, timeout
        self._where = _without_account(self._url)
        # Nothing is unpacked: what a packed answer grows to has no bound.
        self._headers = {"Accept-Encoding": "identity"}
        self._key = key.strip()
        if self._key:
            self._headers["Authorization"] = f"Bearer {self._key}"
        self._manners = MANNERS
        # Proxies and accounts of the environment are left aside: only the named server is asked.
        limits = httpx.Timeout(timeout, connect=min(timeout, LONGEST_CONNECT))
        # Any address, since the team names it; every wait counts towards the answer's time.
        transport = GuardedTransport(GuardedBackend(allow_private=True))
        self._client = httpx.Client(
            timeout=limits, follow_redirects=False, trust_env=False, transport=transport
        )

    @property
    def model(self) -> str:
        """Return the model's name."""
        return self._model

    @property
    def version(self) -> str:
        """Return server and model."""
        return f"openai-compatible {self._where.split('/')[2]} {self._model}"

    def ask(self, instructions: str, question: str) -> str:
        """Return what the model answers, "" where it answers nothing.

        Raises:
            ModelError: where the server gives no answer, or none that can be understood.
        """
        messages = [
            {"role": "system", "content": instructions},
            {"role": "user", "content": question},
        ]
        status, body = self._try({"model": self._model, "messages": messages, **self._manners})
        if status in (400, 422) and self._manners:
            status, plain = self._try({"model": self._model, "messages": messages})
            if status == 200:
                self._manners = {}
                body = plain
        if status != 200:
            raise self._refused(status, body)
        return self._content(body)

    def _try(self, question: Mapping[str, Any]) -> tuple[int, bytes]:
        wait, problem = PAUSE, ""
        for number in range(self._tries):
            if number:
                time.sleep(wait)
                wait *= 2
            try:
                status, headers, body = self._post(question)
            except httpx.ReadTimeout as error:
                cure = "a smaller model, or a longer writer.timeout"
                message = f"{self._where}: no answer in {self._timeout:g} s"
                raise ModelError(message, cure=cure, transient=True) from error
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                problem = f"{type(error).__name__} {error}".rstrip()
                continue
            if status not in PASSING:
                return status, body
            problem = f"HTTP {status} {self._error(body)}".rstrip()
            wanted = _retry_after(headers.get("retry-after", ""))
            if wanted > min(LONGEST_WAIT, self._timeout):  # longer than an answer may take
                problem += f", and wants to be asked again in {wanted:,.0f} s"
                break
            wait = wanted or wait
        cure = "is the server running, and writer.url right?"
        raise ModelError(f"{self._where}: {problem}", cure=cure, transient=True)

    def _post(self, question: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body; the answer as a whole has `timeout` seconds."""
        body = bytearray()
        asked = self._client.stream("POST", self._url, json=question, headers=self._headers)
        with within(self._timeout), asked as response:
            if response.is_redirect:
                return response.status_code, response.headers, b""
            for part in response.iter_raw():
                body += part
                if len(body) > MOST_BYTES:
                    raise ModelError(f"{self._where} answers more than {MOST_BYTES:,} bytes")
            return response.status_code, response.headers, bytes(body)

    def _refused(self, status: int, body: bytes) -> ModelError:
        problem = f"HTTP {status} {self._error(body)}".rstrip()
        cure = {401: "set writer.key", 403: "set writer.key"}.get(status, "")
        if status == 404:
            cure = "are writer.url and writer.model right?"
        if 300 <= status < 400:
            cure = "redirects are not followed: name the server itself in writer.url"
        return ModelError(f"{self._where}: {problem}", cure=cure)

    def _content(self, body: bytes) -> str:
        try:
            content = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise ModelError(f"{self._where} is no chat server: its answer is another") from error
        return self._without_key(content) if isinstance(content, str) else ""

    def _error(self, body: bytes) -> str:
        """Return what a server says went wrong; some say with which key."""
        try:
            error = json.loads(body)["error"]
            words = str(error["message"] if isinstance(error, dict) else error)
        except (ValueError, LookupError, TypeError, RecursionError):
            return ""
        return " ".join(self._without_key(words).split())[:200]

    def _without_key(self, words: str) -> str:
        return words.replace(self._key, "…") if self._key else words


def _path(url: str) -> str:
    url = url.rstrip("/")
    if url.endswith("/chat/completions"):
        return url
    return f"{url}/chat/completions" if url.endswith("/v1") else f"{url}/v1/chat/completions"


def _without_account(url: str) -> str:
    return re.sub(r"^(\w+://)[^/]*@", r"\1", url)


def _retry_after(value: str) -> float:
    """Return the seconds that a server asks for, as a number or as a date; 0 where it does not."""
    if value.isdecimal():
        return float(value[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0
