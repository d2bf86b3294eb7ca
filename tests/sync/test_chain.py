"""What was said cannot be changed unnoticed, not even by the owner of the database."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from sync.server import chain, daily
from sync.server.__main__ import main
from sync.server.postgres import connect, open_pool
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk


@pytest.fixture
def written(county_server: County) -> County:
    """A county whose log holds four ops and a head over three of them."""
    desk = Desk(county_server)
    first = desk.new(group="茶园组", door="3号")
    desk.new(group="茶园组", door="4号")
    desk.edit(first, door="5号")
    desk.sync()
    with connect(county_server.database) as connection:
        chain.extend(connection, COUNTY, AT)
    desk.edit(first, door="6号")
    desk.sync()
    return county_server


def test_a_log_nobody_touched_is_whole_and_goes_on_from_its_last_head(written: County) -> None:
    with connect(written.database) as connection:
        assert chain.broken(connection, COUNTY) == ""
        head = chain.extend(connection, COUNTY, AT)
        assert head is not None
        assert (head.upto, head.ops) == (4, 4)
        assert chain.extend(connection, COUNTY, AT) is None  # nothing was said since
        assert chain.broken(connection, COUNTY, head.head) == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE op SET payload = replace(payload::text, '4号', '9号')::json WHERE seq = 2", "第 2 号"),
        ("UPDATE op SET worker = 'w' WHERE seq = 1", "对不上"),
        ("UPDATE op SET outcome = 'conflict' WHERE seq = 3", "对不上"),
        ("UPDATE op SET received_at = received_at - interval '1 day' WHERE seq = 3", "对不上"),
        ("DELETE FROM op WHERE seq = 2", "对不上"),
        ("DELETE FROM op WHERE seq = 3", "不在了"),
        ("UPDATE op SET seq = 9 WHERE seq = 1", "对不上"),
    ],
)
def test_the_owner_of_the_database_is_found_out(written: County, statement: str, said: str) -> None:
    with psycopg.connect(written.database, autocommit=True) as connection:
        # The payload is kept in ASCII, so the change is spelt as the log spells it.
        spelt = (
            statement.encode("ascii", "backslashreplace") if "payload" in statement else statement.encode()
        )
        assert connection.execute(spelt).rowcount == 1
    with connect(written.database) as connection:
        assert said in chain.broken(connection, COUNTY)


def test_a_log_made_anew_lacks_the_head_on_paper(written: County, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["chain", "--database", written.database, "--county", COUNTY]
    assert main(where) == 0
    told = capsys.readouterr().out
    assert "没有被改过" in told
    paper = told.splitlines()[1].split()[-1]
    assert main([*where, "--head", paper]) == 0
    with psycopg.connect(written.database, autocommit=True) as connection:
        connection.execute("DELETE FROM op WHERE seq = 4")
        connection.execute("DELETE FROM chain")
    capsys.readouterr()
    assert main(where) == 0  # by itself the shorter log looks whole
    assert main([*where, "--head", paper]) == 1
    assert "没有：日志被换过" in capsys.readouterr().err
    assert main([*where, "--head", "12"]) == 1
    assert "64 个" in capsys.readouterr().err


def test_a_head_is_made_once_a_day_by_itself(written: County) -> None:
    pool = open_pool(written.database)
    try:
        for hours in (1, 25, 26):
            daily.due(pool, AT + timedelta(hours=hours))
    finally:
        pool.close()
    with connect(written.database) as connection:
        assert [head.upto for head in chain.heads(connection, COUNTY)] == [4, 3]
