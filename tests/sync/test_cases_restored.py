"""What was decided in a life the county has lost stays decided when a copy brings it back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.domain.conflict import Choice, Conflict, State
from tests.sync.county import County
from tests.sync.desk import Desk
from tests.sync.test_cases import cases, decide
from tests.sync.yesterday import Yesterday, beside, held


def test_the_change_that_was_set_aside_opens_no_decided_case_again(county_server: County) -> None:
    first, second, third = desks = _desks(county_server)
    home = _known_to(desks)
    yesterday = Yesterday(county_server)
    case = _disagree(first, second, home)
    third.sync()
    decide(third, case, Choice.OTHER, "9号")
    third.sync()
    yesterday.back()
    # The copy of the decision comes before the change it is about.
    for desk in (third, second, first, second):
        desk.sync()
    assert held(county_server, home)["note"] == "9号"
    for desk in (first, second, third):
        desk.sync()
        (now,) = cases(desk)
        assert (now.state, now.choice, now.value) == (State.DECIDED, Choice.OTHER, "9号")
    assert beside(county_server) == 0


def test_a_copy_from_before_the_decision_opens_it_no_more(county_server: County) -> None:
    first, second, third = desks = _desks(county_server)
    home = _known_to(desks)
    yesterday = Yesterday(county_server)
    case = _disagree(first, second, home)
    first.sync()
    first.edit(home, note="6号")
    first.sync()
    third.sync()  # has the case as it was brought up to date, and nobody has decided
    yesterday.back()
    second.sync()  # brings the case as it was before
    decide(second, case, Choice.THEIRS)
    second.sync()
    third.sync()
    for desk in (second, third, first):
        desk.sync()
        (now,) = cases(desk)
        assert (now.state, now.choice) == (State.DECIDED, Choice.THEIRS)


def test_a_word_that_comes_before_its_case_is_carried_out_when_the_case_is_opened(
    county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    first, second, third = desks = _desks(county_server)
    home = _known_to(desks)
    yesterday = Yesterday(county_server)
    case = _disagree(first, second, home)
    first.sync()
    decide(first, case, Choice.OTHER, "9号")
    first.sync()
    yesterday.back()
    first.sync(offers=False)  # her word is here, and what it is about is not
    second.sync(offers=False)  # opens it
    for desk in (first, second, third):
        desk.sync(offers=False)
        (now,) = cases(desk)
        assert (now.state, now.choice, now.value) == (State.DECIDED, Choice.OTHER, "9号")
    assert held(county_server, home)["note"] == "9号"
    caplog.clear()  # who offers no copy is found to hold something else, and reads it again


def _desks(county: County) -> tuple[Desk, Desk, Desk]:
    return Desk(county), Desk(county, worker="杨桂英"), Desk(county, worker="田大山")


def _known_to(desks: Sequence[Desk]) -> str:
    """A record all of them hold."""
    home = desks[0].new(note="1号")
    for desk in desks:
        desk.sync()
    return home


def _disagree(first: Desk, second: Desk, home: str) -> Conflict:
    """Two write one field, each without having heard the other."""
    first.edit(home, note="7号")
    first.sync()
    second.edit(home, note="8号")
    second.sync()
    (case,) = cases(second)
    return case
