"""What was decided in a life the county has lost stays decided when a copy brings it back."""

from __future__ import annotations

from app.domain.conflict import Choice, State
from tests.sync.county import County
from tests.sync.desk import Desk
from tests.sync.test_cases import cases, decide
from tests.sync.test_lives import Yesterday, beside, held


def test_the_change_that_was_set_aside_opens_no_decided_case_again(county_server: County) -> None:
    first, second, third = (Desk(county_server, worker=name) for name in ("向海燕", "杨桂英", "田大山"))
    home = first.new(note="1号")
    for desk in (first, second, third):
        desk.sync()
    yesterday = Yesterday(county_server)
    first.edit(home, note="7号")
    first.sync()
    second.edit(home, note="8号")
    second.sync()
    (case,) = cases(second)
    third.sync()
    decide(third, case, Choice.OTHER, "9号")
    third.sync()
    yesterday.back()
    for desk in (
        third,
        second,
        first,
        second,
    ):  # the copy of the decision comes before the change it is about
        desk.sync()
    assert held(county_server, home)["note"] == "9号"
    for desk in (first, second, third):
        desk.sync()
        (now,) = cases(desk)
        assert (now.state, now.choice, now.value) == (State.DECIDED, Choice.OTHER, "9号")
    assert beside(county_server) == 0


def test_a_copy_from_before_the_decision_opens_it_no_more(county_server: County) -> None:
    first, second, third = (Desk(county_server, worker=name) for name in ("向海燕", "杨桂英", "田大山"))
    home = first.new(note="1号")
    for desk in (first, second, third):
        desk.sync()
    yesterday = Yesterday(county_server)
    first.edit(home, note="7号")
    first.sync()
    second.edit(home, note="8号")
    second.sync()
    (case,) = cases(second)
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
