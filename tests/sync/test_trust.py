"""Only an enrolled computer is heard, only in its own words, and only within bounds."""

from __future__ import annotations

import itertools
import logging
import socket
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from app.domain.change import Change, Outcome, Verb
from sync.client.http import Transport
from sync.client.keys import new_device, signed_headers
from sync.client.syncer import sync_once
from sync.protocol import codec
from sync.protocol.errors import Refused
from sync.protocol.limits import (
    DEPTH,
    MESSAGE_BYTES,
    MESSAGE_TYPE,
    PACKED_BYTES,
    PROTOCOL,
    PROTOCOL_HEADER,
    ROWS,
    SYNC_PATH,
)
from sync.protocol.messages import Exchange, Op, Reply
from sync.protocol.signing import digest_header
from sync.protocol.wire import op_of
from sync.server import devices, migrations, query
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.memory import MemoryLedger

DEEP: list[object] = []
for _ in range(DEPTH):
    DEEP = [DEEP]


def ask(county: County, desk: Desk, *ops: Op, **other: object) -> Reply:
    """One exchange written by hand, so that it may be written badly."""
    me = desk.ledger.identity()
    message = Exchange(me.replica, me.epoch, ops, desk.ledger.cursors(), ROWS)
    body = codec.encode_exchange(replace(message, **other))  # type: ignore[arg-type]  # fields of Exchange
    with Transport(county.url) as transport:
        answer = transport.post(SYNC_PATH, body, signed_headers(SYNC_PATH, body, me.device, me.key, AT))
    return codec.decode_reply(answer, [op.id for op in ops])


def counts(county: County) -> dict[str, object]:
    with connect(county.database) as connection:
        return query.holdings(connection, COUNTY)


def house(op: str, door: str, record: str = "h1") -> Op:
    fields = {"group": (None, "茶园组"), "door": (None, door)}
    return op_of(Change(op, record, "household", TEA, Verb.NEW, fields, AT, "w1"))


def test_a_computer_nobody_enrolled_leaves_no_trace(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    before = counts(county_server)
    stranger = new_device(AT)
    for forged in (
        replace(desk.ledger.identity(), device=stranger.device, key=stranger.key),
        replace(desk.ledger.identity(), key=stranger.key),
    ):
        ledger = MemoryLedger(forged)
        for change in desk.ledger.outgoing(1_000_000):
            ledger.save(change)
        with Transport(county_server.url) as transport, pytest.raises(Refused, match=r"unknown|bad_sig"):
            sync_once(ledger, transport, at=AT)
    assert counts(county_server) == before
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    caplog.clear()


def test_a_request_changed_on_the_way_is_not_believed(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(county_server)
    me = desk.ledger.identity()
    body = codec.encode_exchange(Exchange(me.replica, me.epoch, (house("op1", "3号"),), {}, ROWS))
    other = codec.encode_exchange(Exchange(me.replica, me.epoch, (house("op1", "9号"),), {}, ROWS))
    full = signed_headers(SYNC_PATH, body, me.device, me.key, AT)
    brief = signed_headers(SYNC_PATH, body, me.device, me.key, AT, brief=True)
    claims = (full, full | {"Content-Digest": digest_header(other)}, brief)
    for headers, tampered in itertools.product(claims, (other, body[:-1], body + b"x")):
        told = requests.post(county_server.url + SYNC_PATH, data=tampered, headers=headers, timeout=10)
        assert (told.status_code, told.json()["error"]) == (401, "bad_signature")
    assert counts(county_server)["changes"] == 0
    assert all("does not verify" in record.getMessage() for record in caplog.records)
    caplog.clear()


def test_a_revoked_computer_is_told_so_and_keeps_its_work(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with connect(county_server.database) as connection:
        devices.revoke(connection, desk.ledger.identity().device, AT)
    with pytest.raises(Refused, match="device_revoked") as refused:
        desk.sync()
    assert refused.value.words.startswith("这台电脑被停用了")
    assert desk.ledger.waiting() == 1
    assert counts(county_server)["changes"] == 0


def test_a_copied_file_is_not_taken_for_the_one_that_was_enrolled(county_server: County) -> None:
    with pytest.raises(Refused, match="unknown_device"):
        ask(county_server, Desk(county_server), replica="another-file")


def test_a_repeat_gets_its_first_receipt_and_other_content_an_alarm(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(county_server)
    first = ask(county_server, desk, house("op1", "3号")).receipts[0]
    assert ask(county_server, desk, house("op1", "3号"), house("op1", "3号")).receipts == (first, first)
    reply = ask(county_server, desk, house("op1", "9号"), house("op2", "5号", "h2"))
    assert [receipt.outcome for receipt in reply.receipts] == [Outcome.QUARANTINED, Outcome.APPLIED]
    assert reply.reused == ("op1",)
    again = ask(county_server, desk, house("op1", "9号"))
    assert again.receipts == reply.receipts[:1]
    assert "again for other content" in caplog.text
    caplog.clear()
    with connect(county_server.database) as connection:
        (kept,) = query.open_quarantine(connection, COUNTY)
        bodies = {row.record: row.body["door"] for row in query.bodies(connection, COUNTY, "household")}
    assert (kept["reason"], kept["payload"]["f"]["door"]) == ("op_id_reuse", [None, "9号"])
    assert bodies == {"h1": "3号", "h2": "5号"}


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"f": {"note": [None, "半\0句"]}}, "bad_text"),
        ({"f": {"note": [None, "\ud800"]}}, "bad_text"),
        ({"f": {"note": [None, 0.5]}}, "fraction"),
        ({"f": {"note": [None, 2**80]}}, "number_too_large"),
        ({"f": {"note": "alone"}}, "bad_fields"),
        ({"f": {"note": [None, None, None]}}, "bad_fields"),
        ({"f": {"note": [None, DEEP]}}, "too_deep"),
        ({"k": "erase"}, "unknown_verb"),
        ({"k": ["new"]}, "unknown_verb"),
        ({"b": "d:civil-affairs"}, "unknown_bucket"),
        ({"at": "yesterday"}, "not a time"),
        ({"at": "2026-11-20T09:30:00"}, "a time without an offset"),
    ],
)
def test_what_the_county_does_not_understand_is_kept_whole(
    county_server: County, spoilt: dict[str, object], reason: str
) -> None:
    desk = Desk(county_server)
    op = house("op1", "3号")
    payload = {**op.payload, **spoilt, "future": {"深": 1}}
    spoilt_op = replace(op, payload=payload)  # type: ignore[arg-type]  # spoilt on purpose
    reply = ask(county_server, desk, spoilt_op, house("op2", "5号", "h2"))
    assert [receipt.outcome for receipt in reply.receipts] == [Outcome.QUARANTINED, Outcome.APPLIED]
    with connect(county_server.database) as connection:
        (kept,) = query.open_quarantine(connection, COUNTY)
    assert (kept["reason"], kept["payload"]) == (reason, payload)


def test_a_wrong_life_or_a_cursor_from_the_future_stops_the_round(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(county_server)
    with pytest.raises(Refused, match="epoch"):
        ask(county_server, desk, house("op1", "3号"), epoch="another")
    with pytest.raises(Refused, match="cursor_ahead"):
        ask(county_server, desk, house("op1", "3号"), cursors={TEA: 99})
    assert "put back" in caplog.text
    caplog.clear()
    assert counts(county_server)["changes"] == 0


def test_a_clock_that_is_years_wrong_syncs_like_any_other(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    long_ago = AT.replace(year=2009)
    assert desk.sync(at=long_ago).sent == 1
    with connect(county_server.database) as connection:
        row = connection.execute("SELECT skew_seconds FROM device").fetchone()
    assert row == {"skew_seconds": int((long_ago - AT).total_seconds())}


def test_messages_beyond_the_bounds_are_refused_before_they_cost_anything(county_server: County) -> None:
    me = Desk(county_server).ledger.identity()
    bomb = zlib.compress(bytes(MESSAGE_BYTES + 1), 9, 31)
    for body, error in ((bytes(PACKED_BYTES + 1), "too_large"), (bomb, "too_large"), (b"{}", "malformed")):
        headers = signed_headers(SYNC_PATH, body, me.device, me.key, AT)
        told = requests.post(county_server.url + SYNC_PATH, data=body, headers=headers, timeout=10)
        assert told.json()["error"] == error
        assert told.json()["words"]


MIGRATIONS = Path(migrations.__file__).parent


def test_strangers_at_the_door_are_answered_in_form(county_server: County) -> None:
    url = county_server.url
    assert requests.get(url + "/v1/health", timeout=10).json() == {
        "ok": True,
        "protocols": [1],
        "schema": sorted(file.stem for file in MIGRATIONS.glob("*.sql"))[-1],
    }
    assert requests.get(url + "/", timeout=10).json()["error"] == "not_found"
    assert requests.get(url + SYNC_PATH, timeout=10).json()["error"] == "not_found"
    assert requests.post(url + SYNC_PATH, data=b"", timeout=10).json()["error"] == "unsupported_version"
    told = requests.post(url + SYNC_PATH, data=b"", headers={"Shoufangtong-Protocol": "1"}, timeout=10)
    assert told.json()["error"] == "malformed"


def test_nothing_personal_is_ever_logged(county_server: County, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk(county_server)
    desk.new("person", name="石秀英", phone="15400000001", id_number="439901194001010029")
    desk.sync()
    with pytest.raises(Refused, match="malformed"):
        ask(county_server, desk, replace(house("op1", "石秀英"), payload={"op": "石秀英\n"}))
    assert "refused: malformed" in caplog.text
    for secret in ("石秀英", "15400000001", "439901194001010029", desk.ledger.identity().key.hex()):
        assert secret not in caplog.text


def test_a_line_that_breaks_in_the_middle_is_no_error_of_the_county(county_server: County) -> None:
    host, port = county_server.url.removeprefix("http://").split(":")
    head = (
        f"POST {SYNC_PATH} HTTP/1.1\r\nHost: x\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n"
        f"Content-Type: {MESSAGE_TYPE}\r\nContent-Length: 1000\r\n\r\nabc"
    )
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head.encode())
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    assert desk.sync().sent == 1  # and the log is silent


def test_no_address_of_the_county_redirects(county_server: County) -> None:
    answer = requests.post(f"{county_server.url}{SYNC_PATH}/", allow_redirects=False, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
