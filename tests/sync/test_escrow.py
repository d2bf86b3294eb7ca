"""A worker who lost passphrase and sheet gets in by her county, for one named request, on record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.entry import escrow as asking
from app.actions.entry import keys, rotation
from app.actions.entry.gate import Gate, Opened
from app.actions.entry.opening import close_desk, open_desk
from app.domain.problem import UserError
from app.paths import Paths
from app.vault import escrow as papers
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from sync.server import escrow, key_files
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
WORDS, COUNTY_WORDS = "fengxiang guihua kaile", "xian li de yaoshi suo hao"
WHY = "口令忘了，恢复码那张纸淋湿了"


@pytest.fixture
def key_file(county_server: County, tmp_path: Path) -> Path:
    file = tmp_path / "county.key"
    with connect(county_server.database) as connection:
        escrow.make_key(connection, COUNTY, file, COUNTY_WORDS, AT)
    return file


@pytest.fixture
def gate(county_server: County, key_file: Path, tmp_path: Path) -> Gate:
    gate = Gate(Paths(tmp_path / "laptop"), lambda: AT, cost=QUICK)
    gate.create(WORDS, county_server.enrol().identity)
    return gate


def answered(county: County, key_file: Path, question: bytes, officer: str = "田干部") -> bytes:
    private = key_files.read_escrow(key_file, COUNTY_WORDS)
    with connect(county.database) as connection:
        return escrow.answer(connection, papers.question_in(question), private, officer, "见了本人", AT)


def worker(gate: Gate) -> str:
    return gate.workers()[0].worker


def test_the_countys_answer_opens_and_who_said_yes_is_in_both_logs(
    county_server: County, gate: Gate, key_file: Path
) -> None:
    question = asking.ask(gate, worker(gate), WHY, AT)
    assert asking.asked(gate.paths) == worker(gate)
    opened = asking.open_with(gate, answered(county_server, key_file, question))
    assert opened == gate.unlock(worker(gate), WORDS)
    assert asking.asked(gate.paths) == ""
    desk = open_desk(opened, gate.paths, lambda: AT)
    assert desk.store.audit.lines()[-1].detail == "county 田干部"
    close_desk(desk)
    with connect(county_server.database) as connection:
        row = connection.execute("SELECT * FROM escrow_answer").fetchone()
    assert row is not None
    assert (row["officer"], row["why"], row["asked_why"]) == ("田干部", "见了本人", WHY)
    keys.change_passphrase(gate, opened, "xin de yiju hua")
    assert gate.unlock(worker(gate), "xin de yiju hua") == opened


def test_an_answer_opens_one_request_once(county_server: County, gate: Gate, key_file: Path) -> None:
    first = asking.ask(gate, worker(gate), WHY, AT)
    reply = answered(county_server, key_file, first)
    with pytest.raises(UserError, match="已经回过信"):
        answered(county_server, key_file, first)
    asking.ask(gate, worker(gate), WHY, AT)
    with pytest.raises(UserError, match="不是给这一次请求的"):
        asking.open_with(gate, reply)


def test_a_changed_data_key_reaches_the_county_too(county_server: County, gate: Gate, key_file: Path) -> None:
    new = rotation.rotate(gate, gate.unlock(worker(gate), WORDS))
    question = asking.ask(gate, worker(gate), WHY, AT)
    assert asking.open_with(gate, answered(county_server, key_file, question)).key == new.key


def test_the_request_alone_opens_nothing_and_names_no_secret(gate: Gate) -> None:
    question = asking.ask(gate, worker(gate), WHY, AT)
    opened: Opened = gate.unlock(worker(gate), WORDS)
    assert opened.key not in question
    forged = papers.Answer(papers.question_in(question).id, "某人", papers.question_in(question).boxes)
    with pytest.raises(UserError, match="不是给这一次请求的"):
        asking.open_with(gate, papers.answer_out(forged))


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[" * 50_000, b"\xff\xfe", b'{"shoufangtong": "escrow answer 1"}']
)
def test_a_file_that_is_no_answer_says_so(gate: Gate, raw: bytes) -> None:
    asking.ask(gate, worker(gate), WHY, AT)
    with pytest.raises(UserError, match="不是县里的回信"):
        asking.open_with(gate, raw)


def test_no_reason_no_name_no_box_each_says_so(county_server: County, gate: Gate, key_file: Path) -> None:
    with pytest.raises(UserError, match="为什么"):
        asking.ask(gate, worker(gate), "  ", AT)
    question = asking.ask(gate, worker(gate), WHY, AT)
    with pytest.raises(UserError, match="哪位经办人"):
        answered(county_server, key_file, question, officer=" ")
    with pytest.raises(UserError, match="口令不对"):
        key_files.read_escrow(key_file, "something else at all")
    other = replace(papers.question_in(question), store_id="another")
    with pytest.raises(UserError, match="不是托管给这把县钥匙的"):
        answered(county_server, key_file, papers.question_out(other))


def test_a_county_without_a_key_has_no_way_in(county_server: County, tmp_path: Path) -> None:
    gate = Gate(Paths(tmp_path / "laptop"), lambda: AT, cost=QUICK)
    gate.create(WORDS, county_server.enrol().identity)
    assert not asking.can_ask(gate)
    with pytest.raises(UserError, match="没有托管"):
        asking.ask(gate, worker(gate), WHY, AT)


def test_the_countys_key_lies_nowhere_in_the_clear(county_server: County, key_file: Path) -> None:
    private = key_files.read_escrow(key_file, COUNTY_WORDS)
    assert private not in key_file.read_bytes()
    with connect(county_server.database) as connection:
        assert escrow.key_of(connection, COUNTY) != private
        with pytest.raises(UserError, match="已经有了"):
            escrow.make_key(connection, COUNTY, key_file, COUNTY_WORDS, AT)
