"""Work goes to the county and home again on a stick, mixed with the line in any order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.change import Outcome
from app.domain.problem import UserError
from sync.client import stick
from sync.client.late import HANDED_IN
from sync.protocol import bundle
from sync.protocol.errors import REVOKED, Refused
from sync.protocol.stopped import Stopped
from sync.server import county as counties
from sync.server import devices, lives, people
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, files_county, hash_of, picture
from tests.sync.sticks import Week, at_county, carried, read_back, written
from tests.sync.test_exchange import conflicts, held

__all__ = ["files_county"]


def test_work_goes_there_and_the_others_work_comes_back(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    other = theirs.new(group="茶园组", door="9号")
    theirs.sync()
    house = mine.new(group="茶园组", door="3号", note="𠮷家")
    (made,) = written(mine)
    assert mine.ledger.waiting() == 1  # a stick may be lost: writing it is no receipt
    answered = at_county(county_server, made.data)
    assert (answered.changes, answered.refused) == (1, "")
    assert held(county_server)[house]["note"] == "𠮷家"
    taken = read_back(mine, answered.answer)
    assert (taken.receipts, taken.answers, taken.problem) == (1, (made.id,), None)
    assert mine.ledger.waiting() == 0
    assert mine.sees(other) == {"group": "茶园组", "door": "9号"}
    assert mine.sync().exchanges == 1  # the line has nothing to add


def test_all_that_is_new_comes_in_one_answer(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    houses = [theirs.new(group="茶园组", door=f"{number}号", note="字" * 3000) for number in range(150)]
    theirs.sync()
    carried(mine, county_server)
    assert all(mine.sees(house) for house in houses)
    assert mine.ledger.cursors() == theirs.ledger.cursors()


def test_a_file_read_twice_and_an_answer_read_twice_change_nothing(county_server: County) -> None:
    mine = Desk(county_server)
    mine.new(group="茶园组", door="3号")
    (made,) = written(mine)
    first, second = at_county(county_server, made.data), at_county(county_server, made.data)
    read_back(mine, second.answer)
    before = (dict(mine.ledger.cursors()), mine.ledger.receipts())
    read_back(mine, first.answer)
    read_back(mine, second.answer)
    assert (dict(mine.ledger.cursors()), mine.ledger.receipts()) == before
    assert len(held(county_server)) == 1


def test_written_on_monday_sent_by_the_line_on_tuesday_read_on_wednesday(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    house = mine.new(group="茶园组", door="3号")
    (monday,) = written(mine)
    mine.sync()
    mine.edit(house, door="4号")
    mine.sync()
    old = at_county(county_server, monday.data)
    theirs.sync()
    theirs.edit(house, door="5号")
    theirs.sync()
    mine.sync()
    before = dict(mine.ledger.cursors())
    read_back(mine, old.answer)
    assert dict(mine.ledger.cursors()) == before
    assert mine.sees(house) == theirs.sees(house) == {"group": "茶园组", "door": "5号"}
    assert conflicts(county_server) == []


def test_an_old_answer_hides_no_later_verdict(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    lost = mine.edit("made-later", door="5号")
    (made,) = written(mine)
    old = at_county(county_server, made.data)  # unknown: laid aside
    theirs.new(record="made-later", group="茶园组")
    theirs.sync()
    mine.sync()
    assert mine.outcome(lost) is Outcome.APPLIED
    read_back(mine, old.answer)
    assert mine.outcome(lost) is Outcome.APPLIED


def test_an_answer_skips_nothing_that_was_not_told(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    early = theirs.new(group="茶园组", door="1号")
    theirs.sync()
    mine.sync()
    (made,) = written(mine)
    late = theirs.new(group="茶园组", door="2号")
    theirs.sync()
    answer = at_county(county_server, made.data).answer
    mine.ledger.settle((), (), {TEA: 0}, mine.ledger.identity().epoch, AT)  # it is to be read anew
    mine.ledger.rows.pop(early)
    read_back(mine, answer)
    assert mine.ledger.cursors() == {TEA: 0}
    mine.sync()
    assert mine.sees(early)
    assert mine.sees(late)


def test_a_village_taken_away_does_not_come_back_with_an_old_answer(county_server: County) -> None:
    mine, theirs = Desk(county_server, TEA, BRIDGE), Desk(county_server, BRIDGE, worker="田大山")
    theirs.new(village=BRIDGE, group="桥头组", door="1号")
    theirs.sync()
    (made,) = written(mine)
    old = at_county(county_server, made.data).answer
    with connect(county_server.database) as connection:
        counties.set_scope(connection, COUNTY, mine.ledger.identity().worker, [TEA])
    mine.new(group="茶园组", door="3号")
    mine.sync()
    read_back(mine, old)
    assert mine.ledger.identity().villages == (TEA,)
    assert not any(row.village == BRIDGE for row in mine.ledger.rows.values())


STEPS = ("edit", "write", "county", "read", "line", "other")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), min_size=6, max_size=18))
def test_in_whatever_order_nothing_is_lost_and_nothing_comes_twice(
    county_server: County, steps: list[str]
) -> None:
    week = Week(county_server)
    for step in steps:
        cursors = dict(week.mine.ledger.cursors())
        getattr(week, step)()
        week.holds(cursors)
    week.end()


@pytest.mark.parametrize("place", [0, 9, 40, -300, -80, -1])
def test_a_file_changed_anywhere_is_refused_whole(
    county_server: County, place: int, caplog: pytest.LogCaptureFixture
) -> None:
    mine = Desk(county_server)
    house = mine.new(group="茶园组", door="3号")
    (made,) = written(mine)
    bent = bytearray(made.data)
    bent[place] ^= 1
    with pytest.raises(Refused):
        at_county(county_server, bytes(bent))
    assert held(county_server) == {}
    answer = bytearray(at_county(county_server, made.data).answer)
    answer[place] ^= 1
    with pytest.raises(UserError):
        read_back(mine, bytes(answer))
    caplog.clear()  # of the signatures
    assert mine.ledger.waiting() == 1
    assert mine.sees(house)


def test_a_file_cut_anywhere_is_refused_whole(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    mine = Desk(county_server)
    mine.new(group="茶园组", door="3号")
    (made,) = written(mine)
    answer = at_county(county_server, made.data).answer
    for end in range(0, len(answer), 37):
        with pytest.raises(UserError, match="没有读"):
            read_back(mine, answer[:end])
    for end in range(0, len(made.data), 37):
        with pytest.raises(Refused):
            at_county(county_server, made.data[:end])
    caplog.clear()  # of the signatures
    assert mine.ledger.waiting() == 1


def test_an_answer_for_another_computer_is_not_read(county_server: County) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    (made,) = written(theirs)
    with pytest.raises(UserError, match="别的电脑"):
        read_back(mine, at_county(county_server, made.data).answer)


def test_who_left_brings_home_what_was_sealed_and_is_told_so(county_server: County) -> None:
    mine = Desk(county_server)
    change = mine.edit(mine.new(group="茶园组", door="3号"), door="4号")
    (made,) = written(mine)
    with connect(county_server.database) as connection:
        people.leave(connection, COUNTY, mine.ledger.identity().worker, AT)
    answered = at_county(county_server, made.data)
    assert (answered.changes, answered.refused) == (2, "")
    taken = read_back(mine, answered.answer)
    assert isinstance(taken.problem, Stopped)
    assert taken.problem.words == HANDED_IN
    assert mine.outcome(change) is Outcome.QUARANTINED
    assert held(county_server) == {}


def test_from_a_stolen_computer_nothing_is_taken(county_server: County) -> None:
    mine = Desk(county_server)
    mine.new(group="茶园组", door="3号")
    (made,) = written(mine)
    with connect(county_server.database) as connection:
        devices.revoke(connection, mine.ledger.identity().device, AT)
    answered = at_county(county_server, made.data)
    assert answered.refused == REVOKED.code
    assert isinstance(read_back(mine, answered.answer).problem, Refused)
    assert mine.ledger.waiting() == 1


def test_a_county_that_was_put_back_asks_for_another_stick(county_server: County) -> None:
    mine = Desk(county_server)
    house = mine.new(group="茶园组", door="3号")
    (made,) = written(mine)
    with connect(county_server.database) as connection:
        life = lives.begin(connection, COUNTY, AT)
    taken = read_back(mine, at_county(county_server, made.data).answer)
    assert isinstance(taken.problem, UserError)
    assert mine.ledger.identity().epoch == life.id
    assert carried(mine, county_server).problem is None
    assert house in held(county_server)


def test_photos_come_in_files_of_their_own(
    files_county: FilesCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "FILES_BYTES", 700_000)
    mine = Desk(files_county)
    pictures = {f"p{number}": picture(number, 300_000) for number in range(3)}
    album = MemoryAlbum(pictures)
    made = written(mine, album)
    assert [one.photos for one in made] == [0, 2, 1]
    for one in reversed(made):
        read_back(mine, at_county(files_county, one.data, files_county.depot).answer, album)
    assert files_county.kept() == {hash_of(data): data for data in pictures.values()}
    assert sorted(album.done) == sorted(pictures)


def test_a_computer_that_does_not_know_the_countys_key_learns_it_by_the_line(county_server: County) -> None:
    mine = Desk(county_server)
    mine.ledger.learn(b"", b"", b"")
    with pytest.raises(UserError, match="先联网传一次"):
        written(mine)
    assert mine.sync().learned
    assert written(mine)


def test_whoever_carries_it_reads_only_for_whom_it_is(county_server: County) -> None:
    mine = Desk(county_server)
    mine.new(group="茶园组", door="3号", note="不该看见")
    (made,) = written(mine)
    header = stick.header_of(made.data)
    assert header is not None
    assert (header.county, header.device) == (COUNTY, mine.ledger.identity().device)
    assert "不该看见".encode() not in made.data
