"""Whatever happens to the line, the worker hears the truth and nothing is lost or done twice."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from app.domain.problem import Offline, UserError
from sync.client.backoff import LONGEST, wait_after
from sync.client.http import Busy, Cut, LoginPage, Transport
from sync.client.syncer import Interrupted, reason, sync_once
from sync.protocol.errors import Malformed, TooLarge
from sync.protocol.limits import MESSAGE_TYPE, PACKED_BYTES
from sync.server import query
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.line import Line, Mixed, forward, half_reply, hang_up, lose_reply, says

OUR_HEADERS = {"Shoufangtong_Protocol": "1", "Content_Type": MESSAGE_TYPE}


@pytest.fixture
def line(county_server: County) -> Iterator[Line]:
    with Line(county_server.url) as line:
        yield line


def through(line: Line, desk: Desk) -> object:
    with Transport(line.url) as transport:
        return sync_once(desk.ledger, transport, at=AT)


@pytest.mark.parametrize(
    "answer",
    [
        says(200, b"<html>login</html>", Content_Type="text/html"),
        says(200, b"{}", Content_Type="application/json"),
        says(302, Location="http://login.example/"),
        says(403, b"<html>login</html>", Content_Type="text/html"),
        says(511, b"<html>login</html>", Content_Type="text/html"),
    ],
)
def test_a_login_page_is_told_apart_from_the_county(
    line: Line, county_server: County, answer: object
) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with pytest.raises(LoginPage, match="被登录页拦住了"):
        through(line.then(answer), desk)  # type: ignore[arg-type]  # a behaviour
    assert desk.ledger.waiting() == 1
    through(line, desk)
    assert desk.ledger.waiting() == 0


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_county_in_trouble_is_not_the_worker_s_fault(
    line: Line, county_server: County, status: int
) -> None:
    desk = Desk(county_server)
    with pytest.raises(Busy, match="县里的机器忙，不怪您"):
        through(line.then(says(status, b"<html>nginx</html>", Content_Type="text/html")), desk)


def test_a_wrong_address_is_said_to_be_one(line: Line, county_server: County) -> None:
    with pytest.raises(Offline, match="不是县里的"):
        through(line.then(says(404, b"<html>nothing</html>")), Desk(county_server))


def test_no_county_at_all_is_no_network(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: the connection is refused
        with (
            Transport(f"http://127.0.0.1:{taken.getsockname()[1]}") as transport,
            pytest.raises(Offline, match="没有网，照常用。有网自己传。"),
        ):
            sync_once(desk.ledger, transport, at=AT)
    assert desk.ledger.waiting() == 1


def test_a_county_that_stopped_answers_again_after_its_return(county_server: County) -> None:
    desk = Desk(county_server)
    house = desk.new(group="茶园组", door="3号")
    county_server.running.stop()
    with pytest.raises(Offline):
        desk.sync()
    county_server.restart()
    desk.sync()
    assert desk.sees(house) == {"group": "茶园组", "door": "3号"}


@pytest.mark.parametrize("fault", [lose_reply, half_reply, hang_up])
def test_a_lost_answer_costs_one_retry_and_nothing_else(
    line: Line, county_server: County, fault: object
) -> None:
    desk = Desk(county_server)
    house = desk.new(group="茶园组", door="3号")
    desk.edit(house, door="4号")
    through(line.then(fault, fault), desk)  # type: ignore[arg-type]  # a behaviour
    assert desk.ledger.waiting() == 0
    assert desk.sees(house) == {"group": "茶园组", "door": "4号"}
    with connect(county_server.database) as connection:
        counts = query.holdings(connection, COUNTY)
    assert (counts["changes"], counts["last"], counts["conflicts"]) == (2, 2, 0)


def test_an_answer_to_another_request_receipts_nothing(line: Line, county_server: County) -> None:
    desk, mixed = Desk(county_server), Mixed()
    house = desk.new(group="茶园组", door="3号")
    through(line.then(mixed.keep), desk)
    desk.edit(house, door="4号")
    through(line.then(mixed.give), desk)
    assert desk.ledger.waiting() == 0
    with connect(county_server.database) as connection:
        assert query.holdings(connection, COUNTY)["changes"] == 2, "the second change reached the county"


def test_a_line_that_never_holds_gives_up_and_keeps_everything(line: Line, county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with pytest.raises(Cut, match="传到一半断了"):
        through(line.then(*[hang_up] * 20), desk)
    assert desk.ledger.waiting() == 1
    assert len(line.requests) == 5  # from 256 KB to 16 and from 2000 rows to 20, then given up


def test_a_silent_line_is_cut_off(county_server: County) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # takes the connection and never says a word
        with (
            Transport(f"http://127.0.0.1:{listening.getsockname()[1]}", read_seconds=0.02) as transport,
            pytest.raises(Cut),
        ):
            sync_once(Desk(county_server).ledger, transport, at=AT)


def test_a_broken_batch_is_halved_and_what_was_sent_counts(line: Line, county_server: County) -> None:
    desk = Desk(county_server)
    for number in range(900):
        desk.new(group="茶园组", door=f"{number}号", note="记" * 150)
    line.then(hang_up)
    with Transport(line.url) as transport:
        report = sync_once(desk.ledger, transport, at=AT)
    assert (report.sent, report.waiting) == (900, 0)
    assert line.requests[1][1] < line.requests[0][1] * 0.7


def test_a_gateway_that_takes_only_little_gets_less_at_once(line: Line, county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    too_much = says(413, b"<html>nginx</html>", Content_Type="text/html")
    through(line.then(too_much), desk)
    assert desk.ledger.waiting() == 0
    assert len(line.requests) == 2


def test_an_interrupted_round_says_what_counts(line: Line, county_server: County) -> None:
    desk = Desk(county_server)
    for number in range(900):
        desk.new(group="茶园组", door=f"{number}号", note="记" * 150)
    with pytest.raises(Interrupted, match=r"断了。传好的 \d+ 条算数，剩 \d+ 条下次接着传。") as cut:
        through(line.then(forward, *[hang_up] * 20), desk)
    assert cut.value.report.sent + cut.value.report.waiting == 900
    assert 0 < cut.value.report.sent < 900
    assert desk.ledger.waiting() == cut.value.report.waiting == cut.value.report.left
    assert f"传好的 {cut.value.report.done} 条" in cut.value.words
    desk.sync()
    with connect(county_server.database) as connection:
        assert query.holdings(connection, COUNTY)["records"] == {"household": 900}


def test_what_interrupts_a_round_is_still_told_apart(line: Line, county_server: County) -> None:
    desk = Desk(county_server)
    for number in range(900):
        desk.new(group="茶园组", door=f"{number}号", note="记" * 150)
    login = says(200, b"<html></html>", Content_Type="text/html")
    with pytest.raises(Interrupted, match=r"登录页.*传好的 \d+ 条算数") as cut:
        through(line.then(forward, login), desk)
    assert isinstance(reason(cut.value), LoginPage)
    with pytest.raises(Interrupted) as busy:
        through(line.then(forward, says(503)), desk)
    assert wait_after(busy.value, 1, 0) == LONGEST


def test_the_worker_can_stop_a_round(county_server: County) -> None:
    desk = Desk(county_server)
    for number in range(900):
        desk.new(group="茶园组", door=f"{number}号", note="记" * 150)
    heard: list[int] = []
    with Transport(county_server.url) as transport:
        report = sync_once(
            desk.ledger,
            transport,
            at=AT,
            cancelled=lambda: any(heard),
            progress=lambda told: heard.append(told.sent),
        )
    assert report.stopped
    assert heard == [0, report.sent]  # what goes is said before it goes
    assert desk.ledger.waiting() == 900 - report.sent > 0


@pytest.mark.parametrize("body", [b"not gzip", b""])
def test_nonsense_in_the_county_s_name_stops_the_round(
    line: Line, county_server: County, body: bytes
) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with pytest.raises(Malformed):
        through(line.then(says(200, body, **OUR_HEADERS)), desk)
    assert desk.ledger.waiting() == 1


def test_an_answer_without_end_is_not_swallowed(line: Line, county_server: County) -> None:
    flood = says(200, bytes(PACKED_BYTES + 1), **OUR_HEADERS)
    with pytest.raises(TooLarge):
        through(line.then(flood), Desk(county_server))


def test_whoever_cannot_prove_to_be_the_county_gets_nothing(line: Line, county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with (
        Transport(line.url.replace("http:", "https:")) as transport,
        pytest.raises(Offline, match="证明不了自己是县里的机器"),
    ):
        sync_once(desk.ledger, transport, at=AT)
    assert line.requests == []
    assert desk.ledger.waiting() == 1


@pytest.mark.parametrize("address", ["http://county.example", "ftp://127.0.0.1", "县里", "http://[", ""])
def test_data_never_travel_in_the_clear(address: str) -> None:
    with pytest.raises(UserError) as refused:
        Transport(address)
    assert refused.value.problems[0].field == "server"
