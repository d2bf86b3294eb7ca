"""A province in one database: divided by county, and no computer can tell."""

from __future__ import annotations

import pytest

from app.domain.problem import StorageFault, UserError
from sync.server import partitions
from sync.server.__main__ import main
from sync.server.postgres import connect, migrate
from tests.sync.county import BRIDGE, COUNTY, County
from tests.sync.desk import Desk

NEXT = "439902"


def test_long_tables_are_divided_with_what_is_in_them_and_work_goes_on(county_server: County) -> None:
    desk, other = Desk(county_server), Desk(county_server, worker="田大明")
    home = desk.new(group="茶园组", door="3号")
    desk.sync()
    where = ["init", "--database", county_server.database, "--county", NEXT, "--name", "邻县"]
    assert main([*where, "--partitions", "4"]) == 0
    desk.edit(home, door="4号")
    desk.sync()
    other.sync()
    assert other.sees(home) == {"group": "茶园组", "door": "4号"}
    assert (
        main(["relocate", "--database", county_server.database, "--record", home, "--village", BRIDGE]) == 0
    )
    other.sync()
    assert other.sees(home) is None
    assert migrate(county_server.database) == ()
    with connect(county_server.database) as connection:
        assert {partitions.parts_of(connection, table) for table in partitions.LONG} == {4}
    with pytest.raises(UserError, match="已经分过了"):
        partitions.divide(county_server.database, 8)


def test_a_question_of_one_county_looks_into_one_part(county_database: str) -> None:
    partitions.divide(county_database, 8)
    with connect(county_database) as connection:
        for question in (
            "SELECT * FROM record WHERE county = %s AND bucket = 'v:1' AND rev > 5 ORDER BY rev LIMIT 9",
            "SELECT * FROM op WHERE county = %s AND op = ANY(ARRAY['a', 'b'])",
            "SELECT * FROM moved_out WHERE county = %s AND bucket = 'v:1' AND rev > 5",
        ):
            rows = connection.execute(f"EXPLAIN {question}".encode(), (COUNTY,))
            scans = [
                line for row in rows for line in row.values() if " on " in line and "Bitmap Index" not in line
            ]
            assert len(scans) == 1, scans


@pytest.mark.parametrize("statement", ["DELETE FROM op", "UPDATE op SET reason = ''", "DELETE FROM record_0"])
def test_divided_tables_give_the_program_no_new_rights(
    county_database: str, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    partitions.divide(county_database, 2)
    with pytest.raises(StorageFault), connect(county_database) as connection:
        connection.execute(statement.encode())
    assert "42501" in caplog.text  # insufficient privilege
    caplog.clear()


def test_one_part_is_no_division(county_database: str) -> None:
    with pytest.raises(UserError, match="2 到"):
        partitions.divide(county_database, 1)
