"""The county's terms and the lease lie in the encrypted file; neither shuts a worker out for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions.conflicts.conflicts import one
from app.actions.county_terms import standing, write_today
from app.actions.desk import LEASE_ENDED, Desk
from app.actions.whereabouts import overdue
from app.domain.conflict import Conflict, Kind
from app.domain.county_terms import LEASE_DAYS, Terms
from app.domain.lease import Hold
from app.domain.people.household import Household
from app.domain.problem import UserError
from app.store import Store
from app.store.agreed import Agreed
from tests.desks import Clock, desk_on
from tests.facts import NOW, VILLAGE

KEY = bytes(range(32))
HOME = "01a1f693-0000-7000-8000-000000000001"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def desk(path: Path, clock: Clock) -> Iterator[Desk]:
    made = desk_on(Store(path, KEY, create=True), clock)
    made.store.ledger.renew(NOW)
    yield made
    made.store.close()


def save(desk: Desk, door: str = "3号") -> None:
    with desk.unit("new") as unit:
        unit.save(Household(id=HOME, village=VILLAGE, group="茶园组", door=door))


def open_again(desk: Desk) -> None:
    """What unlocking does about the lease."""
    desk.store.agreed.judge(desk.now, desk.today)


def test_m017_terms_of_a_file_from_before_begin_with_the_county_s_next_word(path: Path, clock: Clock) -> None:
    store = Store(path, KEY, create=True)
    desk = desk_on(store, clock)
    save(desk)
    for table in ("county_terms", "lease"):
        store._db.execute(f"DROP TABLE {table}")
    store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm017_terms'")
    store._db.conn.commit()
    store.close()
    desk = desk_on(Store(path, KEY), clock)
    assert desk.store.migrated == ("m017_terms",)
    clock.forward(days=400)
    open_again(desk)
    assert (standing(desk).hold, standing(desk).terms) == (Hold.FREE, Terms())
    save(desk, "4号")
    desk.store.ledger.renew(desk.now)
    clock.forward(days=LEASE_DAYS)
    assert standing(desk).hold is Hold.CLOSED
    desk.store.close()


def test_what_was_counted_once_is_what_a_program_counts_that_starts_anew(path: Path, clock: Clock) -> None:
    desk = desk_on(Store(path, KEY, create=True), clock)
    desk.store.ledger.renew(NOW)
    steps = (("forward", 3), ("back", 40), ("forward", 9), ("open", 0), ("forward", 30), ("heard", 0))
    for way, days in (*steps, ("forward", 70), ("back", 1), ("forward", 5)):
        clock.forward(days=-days if way == "back" else days)
        save(desk, f"{way}{days}号")
        if way == "open":
            Agreed(desk.store._db).judge(desk.now, desk.today)
        if way == "heard":
            desk.store.ledger.renew(desk.now)
        assert desk.store.agreed.lease(desk.now) == Agreed(desk.store._db).lease(desk.now)
    desk.store.close()


def test_a_computer_that_is_not_heard_only_looks_from_the_next_opening_on(desk: Desk, clock: Clock) -> None:
    open_again(desk)
    clock.forward(days=LEASE_DAYS)
    save(desk)  # nothing closes under her hands
    open_again(desk)
    with pytest.raises(UserError, match="先只能看") as caught:
        save(desk, "4号")
    assert caught.value.words == LEASE_ENDED
    assert desk.store.reading.find(Household, HOME) is not None
    (waiting,) = desk.store.ledger.outgoing(1_000_000)  # and what was written can be sent
    assert waiting.record == HOME
    assert standing(desk).closed
    assert not desk.may_record


def test_the_county_s_word_opens_it_at_once(desk: Desk, clock: Clock) -> None:
    clock.forward(days=LEASE_DAYS + 5)
    open_again(desk)
    assert not desk.may_record
    desk.store.ledger.renew(desk.now)
    save(desk)
    assert standing(desk).hold is Hold.OPEN
    clock.forward(days=LEASE_DAYS - 1)
    open_again(desk)
    save(desk, "4号")


def test_before_a_family_she_records_for_the_day_and_it_is_in_the_log(
    desk: Desk, path: Path, clock: Clock
) -> None:
    clock.forward(days=LEASE_DAYS)
    open_again(desk)
    write_today(desk)
    save(desk)
    assert next(line.verb for line in desk.store.audit.lines()) == "write today"
    desk.store.close()  # locked at the next house, and opened again
    again = desk_on(Store(path, KEY), clock)
    open_again(again)
    save(again, "4号")
    clock.forward(days=1)
    open_again(again)
    with pytest.raises(UserError, match="先只能看"):
        save(again, "5号")
    again.store.close()


def test_a_clock_set_back_between_two_openings_gains_nothing(desk: Desk, clock: Clock) -> None:
    clock.forward(days=LEASE_DAYS - 1)
    open_again(desk)
    save(desk)
    clock.at = NOW
    open_again(desk)
    clock.forward(days=2)
    open_again(desk)
    assert standing(desk).hold is Hold.CLOSED
    assert not desk.may_record


def test_a_clock_years_ahead_closes_until_the_county_or_a_stick_is_heard(desk: Desk, clock: Clock) -> None:
    clock.forward(days=3650)
    open_again(desk)
    save_refused = not desk.may_record
    clock.at = NOW + timedelta(days=1)
    open_again(desk)
    assert (save_refused, desk.may_record) == (True, False)
    desk.store.ledger.renew(desk.now, stick=1_800_000_000)
    assert standing(desk).hold is Hold.OPEN
    save(desk)


def test_an_answer_read_before_renews_nothing(desk: Desk, clock: Clock) -> None:
    desk.store.ledger.renew(desk.now, stick=1_800_000_000)
    clock.forward(days=LEASE_DAYS)
    open_again(desk)
    for made in (1_800_000_000, 1_700_000_000):
        desk.store.ledger.renew(desk.now, stick=made)
        assert not desk.may_record
    desk.store.ledger.renew(desk.now, stick=1_800_000_001)
    assert desk.may_record


def test_the_newest_terms_hold_whatever_comes_late(desk: Desk, path: Path, clock: Clock) -> None:
    ledger = desk.store.ledger
    ledger.renew(desk.now, (9, {"unsent_days": 3, "minimum_release": "9.0", "of_a_newer_release": [1]}))
    ledger.renew(desk.now, (8, {"unsent_days": 4}))
    assert ledger.identity().terms == 9
    told = standing(desk)
    assert (told.terms.unsent_days, told.outdated, told.withheld) == (3, True, False)
    body = desk.store._db.execute("SELECT body FROM county_terms").fetchone()[0]
    assert "of_a_newer_release" in body  # for the release that will know what it is
    ledger.renew(desk.now, (10, {"minimum_release": "9.0", "pull_from": "2026-11-20"}))
    told = standing(desk)
    assert (told.withheld, told.terms.pull_from) == (True, date(2026, 11, 20))


def test_how_long_is_too_long_is_the_county_s_to_say(desk: Desk, clock: Clock) -> None:
    save(desk)
    opened = Conflict(
        id="c-1", village=VILLAGE, of=HOME, of_type="household", field="door", kind=Kind.FIELD,
        opened_at=NOW,
        theirs="3号", mine="4号",
    )  # fmt: skip
    with desk.unit("conflict") as unit:
        unit.save(opened)
    clock.forward(days=6)
    assert overdue(desk) is None
    assert not one(desk, "c-1").old
    desk.store.ledger.renew(desk.now, (9, {"unsent_days": 6, "decide_days": 5}))
    late = overdue(desk)
    assert late is not None
    assert late.days == 6
    assert one(desk, "c-1").old
