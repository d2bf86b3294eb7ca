"""Whatever is thrown at the county's addresses: never a 5xx, always in form, as OpenAPI says, and no row."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
import requests
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sync.client.keys import signed_headers
from sync.protocol.errors import REFUSALS
from sync.protocol.limits import ENROL_PATH, MESSAGE_BYTES, MESSAGE_TYPE, PACK_PATH, SYNC_PATH
from sync.server import openapi
from sync.server.settings import Serving
from sync.server.web import application
from tests.sync.county import AT, County

DESCRIBED = openapi.description()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD")
MESSAGE = {"Shoufangtong-Protocol": "1", "Content-Type": MESSAGE_TYPE}
PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=80)
HEADERS = st.dictionaries(
    st.sampled_from(
        ("Shoufangtong-Protocol", "Content-Type", "Content-Digest", "Signature-Input", "Signature", "Accept")
    ),
    PRINTABLE | st.sampled_from(("1", "2", MESSAGE_TYPE)),
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
KEYS = st.sampled_from(
    ("v", "replica", "epoch", "app", "limit", "cursors", "ops", "was", "code", "device", "op", "t", "id", "b")
)
MESSAGES = st.dictionaries(KEYS, ANYTHING, max_size=10)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_address_is_described_and_nothing_else() -> None:
    served = application(SimpleNamespace(), lambda: AT, Serving())  # type: ignore[arg-type]  # asked nothing
    found = [(getattr(route, "path", ""), getattr(route, "methods", None) or ()) for route in served.routes]
    routes = {(path, method) for path, methods in found for method in methods if method != "HEAD"}
    told = {(path, method.upper()) for path, methods in DESCRIBED["paths"].items() for method in methods}
    told = {(path, method) for path, method in told if method not in ("HEAD", "PARAMETERS")}
    assert routes == told


@pytest.fixture
def line() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@FEW
@given(
    path=st.sampled_from([*DESCRIBED["paths"], "/", "/v1", "/v1/sync/", "/v1/nothing"]),
    method=st.sampled_from(METHODS),
    headers=HEADERS,
    body=st.binary(max_size=300),
)
@example(SYNC_PATH, "POST", MESSAGE, gzip.compress(b"{}"))
def test_any_request_is_answered_as_described(
    county_server: County,
    line: requests.Session,
    path: str,
    method: str,
    headers: dict[str, str],
    body: bytes,
) -> None:
    told = line.request(method, county_server.url + path, headers=headers, data=body, timeout=30)
    assert told.status_code < 500
    known = DESCRIBED["paths"].get(path, {}).get(method.lower())
    if known is not None:
        assert str(told.status_code) in known["responses"]
    if told.status_code >= 400 and method != "HEAD":
        refused = told.json()
        assert REFUSALS[refused["error"]].status == told.status_code
        assert refused["words"]


@FEW
@given(path=st.sampled_from((SYNC_PATH, ENROL_PATH, PACK_PATH)), said=MESSAGES | ANYTHING)
@example(SYNC_PATH, {"v": 1, "replica": "r", "epoch": "e", "ops": [{"op": "1"}]})
def test_a_signed_message_of_any_shape_is_refused_in_form(
    county_server: County, line: requests.Session, path: str, said: object
) -> None:
    enrolment = _known(county_server)
    body = gzip.compress(json.dumps(said).encode())
    headers = signed_headers(path, body, enrolment.device, enrolment.key, AT)
    told = line.post(county_server.url + path, data=body, headers={**MESSAGE, **headers}, timeout=30)
    assert told.status_code < 500
    assert _ops(county_server.database) == 0


def test_a_packed_flood_is_refused_without_being_unpacked(
    county_server: County, line: requests.Session
) -> None:
    enrolment = _known(county_server)
    body = gzip.compress(bytes(64 * MESSAGE_BYTES))  # half a gigabyte of zeros in half a megabyte
    headers = signed_headers(SYNC_PATH, body, enrolment.device, enrolment.key, AT + timedelta(days=4000))
    tracemalloc.start()
    try:
        told = line.post(county_server.url + SYNC_PATH, data=body, headers={**MESSAGE, **headers}, timeout=30)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (told.status_code, told.json()["error"]) == (413, "too_large")
    assert peak < 4 * MESSAGE_BYTES


_devices: dict[str, Any] = {}


def _known(here: County) -> Any:
    """One enrolled computer for each county, whatever number of examples."""
    if here.database not in _devices:
        _devices[here.database] = here.enrol().identity
    return _devices[here.database]


def _ops(database: str) -> int:
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT count(*) FROM op").fetchone()
    return int(row[0]) if row else 0
