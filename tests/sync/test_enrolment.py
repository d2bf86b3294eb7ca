"""A computer becomes known once, with a code from paper, and never by guessing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.problem import UserError
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.client.keys import new_device
from sync.protocol import codes
from sync.server import devices, query
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County


def test_a_code_gives_the_computer_its_worker_and_villages(county_server: County) -> None:
    told = county_server.enrol(TEA, BRIDGE)
    assert told.county_name == "模拟县"
    assert told.villages == {TEA: "茶园村", BRIDGE: "石桥村"}
    assert told.identity.villages == (TEA, BRIDGE)
    assert told.identity.worker_name == "向海燕"
    assert (told.identity.county, len(told.identity.key)) == (COUNTY, 32)


def test_a_code_is_good_for_one_computer_only(county_server: County) -> None:
    code = county_server.issue()
    with Transport(county_server.url) as transport:
        enrol(transport, code, "甲", at=AT)
        with pytest.raises(UserError, match="已经用过了") as refused:
            enrol(transport, code, "乙", at=AT)
    assert refused.value.problems[0].field == "code"
    assert _devices(county_server) == 1


def test_the_same_computer_asking_again_hears_the_same(county_server: County) -> None:
    code, new = county_server.issue(), new_device(AT)
    with Transport(county_server.url) as transport:
        first = enrol(transport, code, "甲", at=AT, new=new)
        assert enrol(transport, code, "甲", at=AT, new=new) == first
        with pytest.raises(UserError, match="已经用过了"):
            enrol(transport, code, "甲", at=AT, new=replace(new, key=bytes(32)))


def test_an_expired_code_is_refused_in_words(county_server: County) -> None:
    code = county_server.issue(at=AT - timedelta(hours=72))
    with Transport(county_server.url) as transport, pytest.raises(UserError, match="过期了"):
        enrol(transport, code, "甲", at=AT)
    assert _devices(county_server) == 0


def test_a_slip_of_the_pen_is_found_without_asking_the_county() -> None:
    with Transport("http://127.0.0.1:9") as transport, pytest.raises(UserError, match="抄错了"):
        enrol(transport, "7Q2M-AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", "甲", at=AT)


def test_guessing_codes_is_stopped(county_server: County) -> None:
    with Transport(county_server.url) as transport:
        for number in range(10):
            with pytest.raises(UserError, match="登记码不对"):
                enrol(transport, codes.spell(bytes([number]) * 16), "甲", at=AT)
        with pytest.raises(UserError, match="试的次数太多"):
            enrol(transport, county_server.issue(), "甲", at=AT)
    assert _devices(county_server) == 0


def test_a_second_computer_of_one_person_is_the_same_worker(county_server: County) -> None:
    one, two = county_server.enrol().identity, county_server.enrol().identity
    assert one.worker == two.worker
    assert one.device != two.device
    assert county_server.enrol(BRIDGE, worker="向海燕").identity.worker != one.worker
    assert county_server.enrol(worker="田大山").identity.worker != one.worker


def test_no_two_computers_of_a_village_give_out_the_same_ticket_number(county_server: County) -> None:
    mine, hers = county_server.enrol(TEA, BRIDGE), county_server.enrol(BRIDGE, worker="田大山")
    second = county_server.enrol(TEA, BRIDGE)
    assert [one.identity.serial_block for one in (mine, hers, second)] == [0, 1, 2]
    code, new = county_server.issue(TEA), new_device(AT)
    with Transport(county_server.url) as transport:
        first = enrol(transport, code, "甲", at=AT, new=new)
        assert enrol(transport, code, "甲", at=AT, new=new) == first
    assert first.identity.serial_block == 3


def test_the_county_keeps_no_code_only_its_hash(county_server: County) -> None:
    code = county_server.issue()
    with connect(county_server.database) as connection:
        stored = connection.execute("SELECT enrolment::text AS all_of_it FROM enrolment").fetchone()
    assert stored is not None
    bare = codes.normal(code)
    assert bare is not None
    assert code not in stored["all_of_it"]
    assert bare.encode().hex() not in stored["all_of_it"]


def test_a_code_for_a_village_nobody_entered_is_not_given(county_server: County) -> None:
    with pytest.raises(UserError, match="还没有 439901109999 这个村"):
        county_server.issue("439901109999")
    with pytest.raises(UserError, match="一个县里的村"):
        county_server.issue(TEA, "439911101201")
    with connect(county_server.database) as connection, pytest.raises(UserError, match="没有登记过"):
        devices.revoke(connection, "nobody", AT)


def _devices(county: County) -> int:
    with connect(county.database) as connection:
        return int(query.holdings(connection, COUNTY)["devices"])
