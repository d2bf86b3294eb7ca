"""A disagreement is a record both sides see; it is decided once, for everyone, over HTTP and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.change import Change, Outcome, Verb
from app.domain.conflict import Choice, Conflict, Kind, State
from app.domain.ids import new_id
from app.domain.record import Body, Json, from_body
from sync.server import county, quarantine, query
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk


@pytest.fixture
def mine(county_server: County) -> Desk:
    return Desk(county_server)


@pytest.fixture
def theirs(county_server: County) -> Desk:
    return Desk(county_server, worker="田大山")


def cases(desk: Desk) -> list[Conflict]:
    """What the desk sees, as the program reads it."""
    rows = [row for row in desk.ledger.rows.values() if row.type == Conflict.TYPE]
    return [from_body(Conflict, row.record, row.village, row.body) for row in rows]


def open_cases(desk: Desk) -> list[Conflict]:
    return [case for case in cases(desk) if case.open]


def decide(desk: Desk, case: Conflict, choice: Choice, value: Json = None) -> Change:
    """A person's word on a case, as the program sends it."""
    fields: dict[str, tuple[Json, Json]] = {
        "state": ("open", "decided"),
        "choice": (None, choice.value),
        "theirs": (case.theirs, case.theirs),
    }
    if value is not None:
        fields["value"] = (None, value)
    worker = desk.ledger.identity().worker
    return desk.ledger.save(
        Change(new_id(AT), case.id, Conflict.TYPE, case.village, Verb.EDIT, fields, AT, worker)
    )


def differ(mine: Desk, theirs: Desk, field: str = "door") -> tuple[str, Conflict]:
    """A household of which theirs wrote a field first and mine was set aside; mine's case."""
    house = mine.new(group="茶园组", door="3号", tags=["独居"])
    mine.sync()
    theirs.sync()
    theirs.edit(house, **{field: "4号"})
    mine.edit(house, **{field: "5号"})
    theirs.sync()
    mine.sync()
    (case,) = open_cases(mine)
    return house, case


def at_county(county: County, record: str, kind: str = "household") -> Body | None:
    with connect(county.database) as connection:
        return next(
            (dict(r.body) for r in query.bodies(connection, COUNTY, kind) if r.record == record), None
        )


def test_both_see_who_wrote_what_and_when(mine: Desk, theirs: Desk) -> None:
    house, case = differ(mine, theirs)
    theirs.sync()
    assert open_cases(theirs) == [case]
    assert (case.of, case.of_type, case.field, case.kind) == (house, "household", "door", Kind.FIELD)
    assert (case.base, case.theirs, case.mine) == ("3号", "4号", "5号")
    assert (case.theirs_by, case.theirs_who) == (theirs.ledger.identity().worker, "田大山")
    assert (case.mine_by, case.mine_who) == (mine.ledger.identity().worker, "向海燕")
    assert case.mine_at == case.theirs_at == AT


@pytest.mark.parametrize(
    ("choice", "typed", "door"),
    [(Choice.THEIRS, None, "4号"), (Choice.MINE, None, "5号"), (Choice.OTHER, "6号", "6号")],
)
def test_a_decision_holds_for_everyone_and_at_the_county(
    mine: Desk, theirs: Desk, county_server: County, choice: Choice, typed: Json, door: str
) -> None:
    house, case = differ(mine, theirs)
    word = decide(mine, case, choice, typed)
    mine.sync()
    theirs.sync()
    assert mine.outcome(word) is Outcome.APPLIED
    for desk in (mine, theirs):
        assert (desk.sees(house) or {})["door"] == door
        (settled,) = cases(desk)
        assert (settled.state, settled.choice, settled.value) == (State.DECIDED, choice, door)
        assert settled.decided_who == "向海燕"
    assert (at_county(county_server, house) or {})["door"] == door
    with connect(county_server.database) as connection:
        assert query.open_conflicts(connection, COUNTY) == ()


def test_who_decides_second_changes_nothing_and_hears_what_holds(mine: Desk, theirs: Desk) -> None:
    house, case = differ(mine, theirs)
    theirs.sync()
    first, second = decide(mine, case, Choice.MINE), decide(theirs, case, Choice.OTHER, "9号")
    mine.sync()
    theirs.sync()
    assert (mine.outcome(first), theirs.outcome(second)) == (Outcome.APPLIED, Outcome.REJECTED)
    assert (theirs.sees(house) or {})["door"] == "5号"
    (settled,) = cases(theirs)
    assert (settled.choice, settled.value) == (Choice.MINE, "5号")


def test_nobody_decides_over_a_value_she_has_not_seen(mine: Desk, theirs: Desk) -> None:
    house, case = differ(mine, theirs)
    theirs.edit(house, door="8号")
    late = decide(mine, case, Choice.MINE)
    theirs.sync()
    mine.sync()
    assert mine.outcome(late) is Outcome.REJECTED
    assert (mine.sees(house) or {})["door"] == "8号"
    (still,) = open_cases(mine)
    assert (still.theirs, still.mine) == ("8号", "5号")


def test_a_chain_of_her_own_edits_is_one_case_with_the_last_value(mine: Desk, theirs: Desk) -> None:
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    theirs.sync()
    theirs.edit(house, door="4号")
    theirs.sync()
    for door in ("5号", "6号", "7号"):
        mine.edit(house, door=door)
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.theirs, case.mine) == ("4号", "7号")


def test_a_case_ends_when_both_have_come_to_write_the_same(mine: Desk, theirs: Desk) -> None:
    house, _ = differ(mine, theirs)
    theirs.edit(house, door="5号")
    theirs.sync()
    mine.sync()
    assert open_cases(mine) == []
    (settled,) = cases(mine)
    assert (settled.choice, settled.value) == (Choice.MINE, "5号")


def test_a_late_step_of_a_ticket_is_one_case_and_never_moves_it_back(mine: Desk, theirs: Desk) -> None:
    ticket = mine.new("ticket", request="问高龄津贴", state="triaged", owner="w1")
    mine.sync()
    theirs.sync()
    theirs.move(ticket, "transferred", handed_to="镇民政办")
    theirs.sync()
    mine.move(ticket, "instant", result="当场办了")
    mine.move(ticket, "replied", reply="当面说了")
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.kind, case.theirs) == (Kind.TRANSITION, {"state": "transferred", "owner": "w1"})
    assert isinstance(case.mine, dict)
    assert (case.mine["state"], case.mine["result"]) == ("replied", "当场办了")
    forced = decide(mine, case, Choice.MINE)
    mine.sync()
    assert mine.outcome(forced) is Outcome.QUARANTINED
    let = decide(mine, case, Choice.THEIRS)
    mine.sync()
    assert mine.outcome(let) is Outcome.APPLIED
    assert (mine.sees(ticket) or {})["state"] == "transferred"


@pytest.mark.parametrize("choice", [Choice.THEIRS, Choice.MINE])
def test_an_edit_of_a_deleted_record_brings_it_back_only_if_a_person_says_so(
    mine: Desk, theirs: Desk, county_server: County, choice: Choice
) -> None:
    house = mine.new(group="茶园组", door="3号", note="井")
    mine.sync()
    theirs.sync()
    theirs.delete(house)
    theirs.sync()
    mine.edit(house, door="5号")
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.kind, case.gone, case.mine) == (Kind.DELETED, True, {"door": "5号"})
    decide(mine, case, choice)
    mine.sync()
    theirs.sync()
    whole = {"group": "茶园组", "door": "5号", "note": "井"} if choice is Choice.MINE else None
    assert at_county(county_server, house) == theirs.sees(house) == whole


@pytest.mark.parametrize("choice", [Choice.THEIRS, Choice.MINE])
def test_a_deletion_of_unseen_content_waits_for_a_person(mine: Desk, theirs: Desk, choice: Choice) -> None:
    house = mine.new(group="茶园组", door="3号")
    mine.sync()
    theirs.sync()
    theirs.edit(house, note="有狗")
    theirs.sync()
    mine.delete(house)
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.kind, case.removes, case.theirs) == (Kind.DELETED, True, {"note": "有狗"})
    decide(mine, case, choice)
    mine.sync()
    theirs.sync()
    assert (theirs.sees(house) is None) is (choice is Choice.MINE)


def test_a_field_case_of_a_record_that_was_deleted_since_asks_the_larger_question(
    mine: Desk, theirs: Desk
) -> None:
    house, _ = differ(mine, theirs)
    theirs.delete(house)
    theirs.sync()
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.kind, case.gone, case.mine) == (Kind.DELETED, True, {"door": "5号"})


def test_a_word_on_a_record_that_was_deleted_since_comes_too_late(mine: Desk, theirs: Desk) -> None:
    house, case = differ(mine, theirs)
    theirs.delete(house)
    theirs.sync()
    word = decide(mine, case, Choice.OTHER, "6号")
    mine.sync()
    assert mine.outcome(word) is Outcome.REJECTED
    (asked,) = open_cases(mine)
    assert (asked.kind, asked.gone, asked.mine) == (Kind.DELETED, True, {"door": "5号"})


def test_what_was_signed_meanwhile_stays_and_the_late_word_is_shown(mine: Desk, theirs: Desk) -> None:
    visit = mine.new("visit", household="h", state="draft", respondent="本人")
    mine.sync()
    theirs.sync()
    theirs.edit(visit, "visit", state="signed")
    theirs.sync()
    mine.edit(visit, "visit", respondent="女儿")
    mine.sync()
    (case,) = open_cases(mine)
    assert (case.field, case.theirs, case.mine) == ("respondent", "本人", "女儿")
    forced = decide(mine, case, Choice.MINE)
    mine.sync()
    assert mine.outcome(forced) is Outcome.REJECTED
    assert (mine.sees(visit) or {})["respondent"] == "本人"


def test_a_device_cannot_make_or_rewrite_a_case(mine: Desk, theirs: Desk) -> None:
    _, case = differ(mine, theirs)
    forged = mine.edit(case.id, Conflict.TYPE, mine="99号")
    made = Change(new_id(AT), new_id(AT), Conflict.TYPE, TEA, Verb.NEW, {"of": (None, "x")}, AT, "w")
    mine.ledger.save(made)
    gone = mine.delete(case.id, Conflict.TYPE)
    mine.sync()
    assert {mine.outcome(one) for one in (forged, made, gone)} == {Outcome.QUARANTINED}
    theirs.sync()
    assert replace(open_cases(theirs)[0]) == case


def test_sending_everything_once_more_opens_no_case_twice(mine: Desk, theirs: Desk) -> None:
    house, case = differ(mine, theirs)
    decide(mine, case, Choice.MINE)
    mine.sync()
    mine.ledger.given.clear()
    mine.sync()
    assert [one.id for one in cases(mine)] == [case.id]
    assert (mine.sees(house) or {})["door"] == "5号"


def test_every_write_of_the_county_is_in_the_log_with_its_own_number(
    mine: Desk, theirs: Desk, county_server: County
) -> None:
    house, case = differ(mine, theirs)
    decide(mine, case, Choice.MINE)
    mine.sync()
    with connect(county_server.database) as connection:
        rows = connection.execute("SELECT seq, device, payload FROM op ORDER BY seq").fetchall()
        last = connection.execute("SELECT last FROM sequence").fetchone()
    assert [row["seq"] for row in rows] == list(range(1, last["last"] + 1))  # type: ignore[index]  # a row
    (wrote,) = [row for row in rows if row["device"] == "county" and row["payload"]["id"] == house]
    assert wrote["payload"]["f"] == {"door": ["4号", "5号"]}
    assert wrote["payload"]["why"] == f"conflict {case.id}"


def test_a_word_the_township_lets_in_is_carried_out(mine: Desk, theirs: Desk, county_server: County) -> None:
    house, case = differ(mine, theirs)
    with connect(county_server.database) as connection:
        county.set_scope(connection, COUNTY, mine.ledger.identity().worker, [BRIDGE])
        decide(mine, case, Choice.MINE)
        mine.sync()
        (kept,) = query.open_quarantine(connection, COUNTY)
        assert quarantine.release(connection, COUNTY, int(kept["seq"]), "镇里", AT) is Outcome.APPLIED
    assert (at_county(county_server, house) or {})["door"] == "5号"
    theirs.sync()
    (told,) = cases(theirs)
    assert (told.state, told.choice, told.value, told.decided_who) == ("decided", "mine", "5号", "向海燕")
