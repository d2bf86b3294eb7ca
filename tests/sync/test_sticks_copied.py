"""A folder copied between two sticks is found out as on the line; one laptop with many sticks never is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.problem import UserError
from sync.client import stick
from sync.client.stick import Taken
from sync.server import alarms, query
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.files import MemoryAlbum
from tests.sync.sticks import at_county, carried, read_back, written
from tests.sync.test_copied_folder import box, copy_of, doors, noted, open_alarms
from tests.sync.test_restored_device import at_desk, sees, sync
from tests.unit.actions.backing import Laptop

__all__ = ["box"]


def by_stick(box: Laptop, county: County) -> Taken:
    """Everything of a real laptop there and back."""
    desk = box.open()
    (made,) = stick.make(desk.store.ledger, MemoryAlbum(), "0.1.0", at=AT)
    told = stick.take(desk.store.ledger, MemoryAlbum(), at_county(county, made.data).answer, at=AT)
    desk.store.close()
    return told


def test_of_two_copies_on_sticks_both_go_on_and_all_they_did_arrives(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    clone = copy_of(box, tmp_path / "clone")
    _, one = at_desk(box, "7号")
    assert by_stick(box, county_server).problem is None
    _, two = at_desk(clone, "1号")
    told = by_stick(clone, county_server)
    assert isinstance(told.problem, UserError)
    assert "已经分开" in str(told.problem)
    assert (noted(county_server), open_alarms(county_server)) == ([], []), "refusing writes nothing"
    assert by_stick(clone, county_server).problem is None
    assert len(noted(county_server)) == 1
    assert open_alarms(county_server) == ["fork"]
    for _ in range(2):
        at_desk(box, "8号")
        assert by_stick(box, county_server).problem is None
        at_desk(clone, "9号")
        assert by_stick(clone, county_server).problem is None, "found out once, and then told apart"
    by_stick(box, county_server)
    assert sees(box) == sees(clone)
    assert doors(county_server) == ["9号"]
    assert {one, two} <= sees(box)[1]


def test_a_copy_on_a_stick_is_found_out_by_the_line_and_the_other_way_round(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    clone = copy_of(box, tmp_path / "clone")
    at_desk(box, "7号")
    by_stick(box, county_server)
    at_desk(clone, "8号")
    assert sync(clone, county_server).apart
    third = copy_of(clone, tmp_path / "third")
    at_desk(clone, "9号")
    assert not sync(clone, county_server).apart
    at_desk(third, "10号")
    assert by_stick(third, county_server).problem is not None


def test_a_line_after_a_stick_whose_answer_is_on_its_way_is_no_copy(
    box: Laptop, county_server: County
) -> None:
    at_desk(box, "7号")
    desk = box.open()
    (made,) = stick.make(desk.store.ledger, MemoryAlbum(), "0.1.0", at=AT)
    desk.store.close()
    answer = at_county(county_server, made.data).answer
    at_desk(box, "8号")
    assert not sync(box, county_server).apart
    desk = box.open()
    stick.take(desk.store.ledger, MemoryAlbum(), answer, at=AT)  # old by now
    desk.store.close()
    at_desk(box, "9号")
    report = sync(box, county_server)
    assert (report.apart, report.waiting) == (False, 0)
    assert by_stick(box, county_server).problem is None
    assert (noted(county_server), doors(county_server)) == ([], ["9号"])


def test_an_old_file_that_finds_the_laptop_gone_on_moves_it_nowhere(county_server: County) -> None:
    mine = Desk(county_server)
    one = mine.new(group="茶园组", door="1号")
    mine.sync()
    mine.edit(one, door="2号")
    mine.edit(one, door="3号")
    (old,) = written(mine)
    mine.ledger.outgoing(1)
    mine.sync()
    mine.edit(one, door="4号")
    mine.sync()
    before = mine.ledger.identity()
    told = read_back(mine, at_county(county_server, old.data).answer)
    assert told.problem is None
    assert mine.ledger.identity() == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_laptop_with_sticks_on_every_way_is_never_taken_for_two(
    county_server: County, data: st.DataObject
) -> None:
    mine = Desk(county_server)
    replica = mine.ledger.identity().replica
    files: list[bytes] = []
    answers: list[bytes] = []
    house = mine.new(group="茶园组", door="0号")
    step = st.sampled_from(["edit", "write", "county", "read", "line"])
    for number, name in enumerate(data.draw(st.lists(step, min_size=6, max_size=24))):
        if name == "edit":
            mine.edit(house, door=f"{number + 1}号")
        elif name == "write":
            files += [made.data for made in written(mine)]
        elif name == "county" and files:
            answers.append(at_county(county_server, data.draw(st.sampled_from(files))).answer)
        elif name == "read" and answers:
            assert read_back(mine, data.draw(st.sampled_from(answers))).problem is None
        elif name == "line":
            assert not mine.sync().apart
    mine.edit(house, door="末号")
    carried(mine, county_server)
    assert not mine.sync().apart
    assert mine.ledger.identity().replica == replica
    assert mine.ledger.waiting() == 0
    with connect(county_server.database) as connection:
        assert alarms.still_open(connection, COUNTY) == ()
        held = {row.record: row.body["door"] for row in query.bodies(connection, COUNTY, "household")}
    assert held[house] == "末号"


@pytest.mark.parametrize("read", [True, False])
def test_a_stick_of_many_requests_is_one_link_after_another(
    county_server: County, monkeypatch: pytest.MonkeyPatch, read: bool
) -> None:
    monkeypatch.setattr("sync.protocol.bundle.OPS", 2)
    mine = Desk(county_server)
    houses = [mine.new(group="茶园组", door=f"{number}号") for number in range(7)]
    (first,) = written(mine)
    houses.append(mine.new(group="茶园组", door="8号"))
    (second,) = written(mine)
    answers = [at_county(county_server, one.data).answer for one in (first, second, first)]
    if read:
        for answer in reversed(answers):
            assert read_back(mine, answer).problem is None
    mine.new(group="茶园组", door="9号")
    assert not mine.sync().apart
    assert mine.ledger.waiting() == 0
