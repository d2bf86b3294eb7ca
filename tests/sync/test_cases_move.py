"""A family that moves takes along what is yet to be decided about it."""

from __future__ import annotations

from app.domain.change import Outcome
from app.domain.conflict import Choice
from sync.server.moves import move_household
from sync.server.postgres import connect
from tests.sync.county import BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.test_cases import cases, decide, differ


def test_a_family_takes_its_open_cases_along(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    there = Desk(county_server, BRIDGE, worker="彭秀英")
    house, case = differ(mine, theirs)
    with connect(county_server.database) as connection:
        moved, _ = move_household(connection, COUNTY, house, BRIDGE)
    assert moved == 2, "the family and its case"
    for desk in (mine, there):
        assert desk.sync().reread == (), "both villages add up to what the county holds"
    assert (mine.sees(house), mine.sees(case.id)) == (None, None)
    (arrived,) = cases(there)
    assert (arrived.id, arrived.village, arrived.open) == (case.id, BRIDGE, True)
    word = decide(there, arrived, Choice.MINE)
    there.sync()
    assert there.outcome(word) is Outcome.APPLIED
    there.sync()
    assert (there.sees(house) or {})["door"] == "5号"
    assert TEA not in {case.village for case in cases(there)}
