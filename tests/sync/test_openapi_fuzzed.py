"""Requests made of the county's own OpenAPI document, in the name of three: enrolled, revoked and unknown."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from app.domain.device import DeviceIdentity
from sync.client.keys import signed_headers
from sync.protocol.limits import MESSAGE_TYPE, SYNC_PATH
from sync.server import devices, openapi
from sync.server.postgres import connect
from tests.sync.county import AT, County
from tests.sync.desk import Desk

DESCRIBED = openapi.description()["paths"]
MEDIA = sorted(
    {
        media
        for address in DESCRIBED.values()
        for method in address.values()
        if isinstance(method, dict)
        for media in method.get("requestBody", {}).get("content", {})
    }
)
WRITTEN = ("record", "op", "conflict", "quarantine", "device", "blob", "blob_upload", "alarm", "sequence")
MEMORY_BYTES = 64_000_000
BOUNDED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FRAMES = st.one_of(
    st.binary(max_size=400),
    st.binary(max_size=400).map(gzip.compress),
    st.builds(lambda head, cut: gzip.compress(head)[:cut], st.binary(max_size=200), st.integers(0, 40)),
    st.integers(1, 400).map(lambda deep: gzip.compress(b'{"ops":' + b"[" * deep + b"]" * deep + b"}")),
)


@dataclass
class Three:
    """Who may ask: each with a key of its own, and the county they ask."""

    here: County
    enrolled: DeviceIdentity
    revoked: DeviceIdentity
    line: requests.Session

    def who(self, name: str) -> DeviceIdentity | None:
        nobody = replace(self.enrolled, device="nobody-knows-it")
        return {"enrolled": self.enrolled, "revoked": self.revoked, "unknown": nobody}.get(name)

    def rows(self) -> dict[str, list[Any]]:
        """What is in every table that a device's word may change."""
        with psycopg.connect(self.here.database) as connection:
            return {
                name: connection.execute(
                    sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))
                ).fetchall()
                for name in WRITTEN
            }


@pytest.fixture
def three(county_server: County) -> Any:
    first, second = Desk(county_server), Desk(county_server, worker="杨桂英")
    first.new(group="茶园组")
    first.sync()
    with connect(county_server.database) as connection:
        devices.revoke(connection, second.ledger.identity().device, AT)
    with requests.Session() as line:
        line.trust_env = False
        yield Three(county_server, first.ledger.identity(), second.ledger.identity(), line)


def ask(three: Three, name: str, case: Any) -> requests.Response:
    """Send one made request, signed by `name`."""
    path, method = case.formatted_path, case.method.upper()
    body = case.body if isinstance(case.body, bytes) else b""
    told = {key: str(value) for key, value in (case.headers or {}).items()}
    identity = three.who(name)
    if identity is not None:
        told |= {"Shoufangtong-Protocol": "1", "Content-Type": MESSAGE_TYPE}
        told |= signed_headers(path, body, identity.device, identity.key, AT)
    told = {key: value for key, value in told.items() if _sendable(value)}
    return three.line.request(method, three.here.url + path, headers=told, data=body, timeout=30)


def made(three: Three) -> Any:
    """Any request that the document allows, and many that it does not."""
    schema = schemathesis.openapi.from_url(f"{three.here.url}/v1/openapi.json")
    for media in MEDIA:  # bodies the library does not know: packed frames, sound and not
        schemathesis.openapi.media_type(media, FRAMES)
    operations = [one.ok() for one in schema.get_all_operations()]
    return st.sampled_from(operations).flatmap(lambda one: one.as_strategy())


@pytest.mark.parametrize("name", ["enrolled", "revoked", "unknown", "unsigned"])
def test_nothing_the_document_allows_breaks_the_county(
    three: Three, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = three.rows()

    @BOUNDED
    @given(case=made(three))
    def tried(case: Any) -> None:
        told = ask(three, name, case)
        assert told.status_code < 500, (case.method, case.path, told.text)
        assert str(told.status_code) in DESCRIBED[case.path][case.method.lower()]["responses"]

    tried()
    assert three.rows() == before
    caplog.clear()  # that a signature does not verify is said each time


@pytest.mark.parametrize("name", ["enrolled", "revoked", "unknown"])
def test_a_malformed_frame_is_refused_in_little_memory(three: Three, name: str) -> None:
    before = three.rows()
    identity = three.who(name)
    assert identity is not None

    @BOUNDED
    @given(frame=FRAMES)
    def tried(frame: bytes) -> None:
        told_by: Mapping[str, str] = signed_headers(SYNC_PATH, frame, identity.device, identity.key, AT)
        headers = {"Shoufangtong-Protocol": "1", "Content-Type": MESSAGE_TYPE, **told_by}
        told = three.line.post(three.here.url + SYNC_PATH, headers=headers, data=frame, timeout=30)
        assert 400 <= told.status_code < 500, told.text

    tracemalloc.start()
    try:
        tried()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert three.rows() == before
    assert peak < MEMORY_BYTES


def _sendable(value: str) -> bool:
    """Whether an HTTP line can carry it: what cannot be sent never reaches the county."""
    return value.isascii() and value.isprintable() and value == value.strip()
