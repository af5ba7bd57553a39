"""The API keeps to what OpenAPI says of it, whatever is sent: no 500, no undocumented answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from digest.errors import FetchError
from digest.polling import Polling
from digest.records import Source, SourceState
from digest.stages.poll import Polled
from digest.store import accounts
from digest.web import reading_pages
from digest.web.api import ROUTES
from digest.web.signing_in import SCOPES

from .conftest import serve_room

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
RIGHT, WRONG = 6, 4  #: requests made up for each act that keep to its schema, and that do not
#: What is there, so that not every request ends at "no such story".
KNOWN = {
    "id": ["beacon", "fine", "koukoku", "agents"],
    "name": ["2026-Q3", "2026-W40", "journal"],
    "record": ["none"],
}
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)


@pytest.fixture(scope="module")
def api(read_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """The schema of a room that is served, and a token that may do all."""
    folder = shutil.copytree(read_store, tmp_path_factory.mktemp("contract") / "room")
    with serve_room(folder) as (address, room), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_pages, "add_by_hand", _no_network)
        patch.setattr(Polling, "try_out", _no_answer)
        with room.store.write() as db:
            token = accounts.give(
                db, "ada", kind="token", at="2026-01-01", until="2099-01-01", scopes=SCOPES
            )
        yield schemathesis.openapi.from_url(f"{address}/api/openapi.json"), token


def _no_network(_runner: object, url: str) -> list[str]:
    raise FetchError(f"{url} is not asked in a test")


def _no_answer(_polling: object, source: Source) -> Polled:
    state = SourceState(source.name, error="it is not asked in a test")
    return Polled((), state, unchanged=False, found=0)


@pytest.mark.parametrize(("path", "method"), sorted((path, method) for path, method, *_ in ROUTES))
def test_every_answer_is_as_it_is_described(api: tuple[Any, str], path: str, method: str) -> None:
    """For right and wrong requests: status, kind and shape; without a token it is 401."""
    schema, token = api
    act = schema[f"/v1{path}"][method]
    right, wrong = (
        act.as_strategy(generation_mode=mode)
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    )
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"

    checks = [getattr(schemathesis.checks, name) for name in CHECKED]

    def check(case: Any) -> None:
        answer = case.call(session=session, timeout=60)
        case.validate_response(answer, checks=checks)

    for strategy, many in ((_often_known(right), RIGHT), (wrong, WRONG)):
        _many(many)(given(case=strategy)(check))()
    answer = requests.request(method, f"{schema.get_base_url()}/v1{path}", timeout=60)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def _often_known(cases: Any) -> Any:
    """Make every other request one about something that is there."""

    def known(case: Any, place: int) -> Any:
        if place and case.path_parameters:
            for name in case.path_parameters:
                case.path_parameters[name] = KNOWN[name][place % len(KNOWN[name])]
        return case

    return st.builds(known, cases, st.integers(0, 3))


def _many(most: int) -> Any:
    quiet = settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: seed(6)(quiet(test))
