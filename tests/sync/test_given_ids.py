"""Ids of what the county gives tell nobody whose number went into them, and stay those they are."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from app.domain.people.identity import check_character
from sync.server import giving, running
from sync.server.__main__ import main
from sync.server.postgres import connect, migrate
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk

NUMBER = "43990119400307002" + check_character("43990119400307002")
WHAT = ("clue", TEA, NUMBER, "向福来", "新屋组 8号", "jobless", "停缴社保", "2026-11-01", "人社局")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "now", lambda: AT)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    file = tmp_path / "人社局.csv"
    row = f"茶园村,向福来,{NUMBER},失业,停缴社保,新屋组 8号,2026-11-01"
    file.write_text(f"村,姓名,身份证号,线索,说明,住址,日期\n{row}\n", encoding="utf-8")
    return file


def run(here: County, *arguments: object) -> int:
    return main([*map(str, arguments), "--database", here.database, "--county", COUNTY])


def made_under(key: bytes) -> str:
    """The id that whoever knows `key` and the whole number works out, by the published rule."""
    digest = bytearray(hmac.digest(key, "\x1f".join(WHAT).encode(), sha256)[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(digest)))


def seed_of(database: str, table: str = "id_key") -> bytes:
    with psycopg.connect(database) as connection:
        row = connection.execute(sql.SQL("SELECT seed FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return bytes(row[0])


def test_nothing_a_computer_holds_makes_the_id_of_a_clue(county_server: County, given: Path) -> None:
    assert run(county_server, "import-clues", given) == 0
    desk = Desk(county_server)
    desk.sync()
    ((clue, body),) = desk.sees_all("clue").items()
    assert clue == made_under(seed_of(county_server.database)), "so the rule above is the one that is used"
    told = [*asdict(desk.ledger.identity()).values(), COUNTY, *body.values()]
    keys = {one if isinstance(one, bytes) else str(one).encode() for one in told}
    keys |= {key[:32] for key in keys} | {key[32:] for key in keys} | {b""}
    assert desk.ledger.identity().epoch.encode() in keys
    assert clue not in {made_under(key) for key in keys}


def test_a_list_and_a_campaign_given_under_former_ids_come_once(
    county_server: County, given: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(county_server)
    desk.new(door="1号")
    desk.sync()
    campaign = ("dispatch", "--all", "--campaign", "冬查", "--purpose", "VP16", "--due", "2026-12-20")
    with monkeypatch.context() as former:
        former.setattr(giving, "_secret", giving._former)
        assert run(county_server, "import-clues", given) == 0
        assert run(county_server, *campaign) == 0
    desk.sync()
    before = {*desk.sees_all("clue"), *desk.sees_all("visit_task")}
    assert made_under(desk.ledger.identity().epoch.encode()) in before
    capsys.readouterr()
    assert run(county_server, "import-clues", given) == 0
    assert "发了 0 条，以前发过的 1 条没有动" in capsys.readouterr().out
    assert run(county_server, *campaign) == 0
    assert "派了 0 户，以前派过的 1 户没有动" in capsys.readouterr().out
    desk.sync()
    assert {*desk.sees_all("clue"), *desk.sees_all("visit_task")} == before


def test_a_county_put_back_from_before_the_step_gives_the_same_ids(county_database: str) -> None:
    def stepped() -> bytes:
        with psycopg.connect(county_database) as connection:
            connection.execute("DROP TABLE id_key")
            connection.execute("DELETE FROM migration WHERE name = '0021_id_key'")
        assert migrate(county_database) == ("0021_id_key",)
        return seed_of(county_database)

    assert stepped() == stepped() != seed_of(county_database, "stick_key")
    with connect(county_database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE id_key SET seed = seed")
