"""A head without an end, a trailer without an end: refused at a bound, and the county goes on answering."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from sync.protocol.limits import MESSAGE_TYPE, PROTOCOL, PROTOCOL_HEADER
from sync.server.bounded_http import HEADER_BYTES
from tests.sync.county import County
from tests.sync.served import ask

MOST = 4 * 1024 * 1024  # what a line that is never cut would carry here
POST = b"POST /v1/sync HTTP/1.1\r\nHost: county\r\n"
LETTERS = b"x" * 4096


def _name() -> Iterator[bytes]:
    yield POST
    while True:
        yield LETTERS


def _value() -> Iterator[bytes]:
    yield POST + b"X-Long: "
    while True:
        yield LETTERS


def _fields() -> Iterator[bytes]:
    yield POST
    while True:
        yield b"X-One-More: 1\r\n" * 100


def _address() -> Iterator[bytes]:
    yield b"GET /"
    while True:
        yield LETTERS


def _trailer() -> Iterator[bytes]:
    yield POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Late: "
    while True:
        yield LETTERS


@pytest.mark.parametrize("endless", [_name, _value, _fields, _address, _trailer])
def test_what_never_ends_is_cut_off_at_the_bound(
    county_server: County, endless: Callable[[], Iterator[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    sent, heard = _send(county_server.url, endless())
    assert sent < MOST
    assert heard in (b"", b"HTTP/1.1 400 Bad Request", b"HTTP/1.1 426 Upgrade Required")
    assert ask(county_server.url, "/v1/live").json() == {"ok": True}
    caplog.clear()  # that a request was invalid


def test_a_head_within_the_bound_is_read(county_server: County, caplog: pytest.LogCaptureFixture) -> None:
    long = {"X-Long": "x" * (HEADER_BYTES - 1024)}
    assert ask(county_server.url, "/v1/live", headers=long).json() == {"ok": True}
    longer = {"X-Long": "x" * HEADER_BYTES}
    assert ask(county_server.url, "/v1/live", headers=longer).status_code == 400
    caplog.clear()  # that a request was invalid


def test_a_body_in_many_small_pieces_is_no_endless_head(county_server: County) -> None:
    pieces = iter([b"ab"] * 30_000)
    headers = {PROTOCOL_HEADER: str(PROTOCOL), "Content-Type": MESSAGE_TYPE}
    told = ask(county_server.url, "/v1/sync", "POST", data=pieces, headers=headers)
    assert (told.status_code, told.json()["error"]) == (401, "bad_signature")  # it was read to its end


def _send(url: str, parts: Iterator[bytes]) -> tuple[int, bytes]:
    """How much went before the line was cut, and the first line of the answer."""
    where = urlsplit(url)
    assert where.hostname is not None
    sent = 0
    with socket.create_connection((where.hostname, where.port or 80), timeout=30) as line:
        try:
            for part in parts:
                line.sendall(part)
                sent += len(part)
                if sent >= MOST:
                    break
        except OSError:
            pass
        try:
            return sent, line.recv(4096).split(b"\r\n")[0]
        except OSError:
            return sent, b""
