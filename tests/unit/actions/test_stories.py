"""What is measured of a ticket's story hangs on its instants, not on their zone or the order of writing."""

from __future__ import annotations

import random
from datetime import UTC, timedelta
from itertools import pairwise

import pytest

from app.actions.desk import Desk
from app.actions.reports.stories import Story, stories
from app.domain.ids import new_id
from app.domain.tickets.ticket import State, TicketEvent
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import NOW, VILLAGE

TICKETS = 150


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store, Clock())


def line(ticket: str, minute: int, before: State, after: State, actor: str = "向海燕") -> TicketEvent:
    return TicketEvent(
        new_id(NOW), VILLAGE, ticket, NOW + timedelta(minutes=minute), actor, "", before, after
    )


def keep(desk: Desk, *lines: TicketEvent) -> None:
    with desk.unit("story") as unit:
        for one in lines:
            unit.save(one)


def test_the_last_hand_over_and_the_last_result_count(desk: Desk) -> None:
    way = [State.DRAFT, State.REGISTERED, State.TRIAGED, State.TRANSFERRED, State.TRIAGED, State.TRANSFERRED,
           State.IN_PROGRESS, State.RESOLVED, State.IN_PROGRESS, State.RESOLVED, State.REPLIED]  # fmt: skip
    keep(desk, *(line("t", at, *step) for at, step in enumerate(pairwise(way))))
    (story,) = stories(desk, ["t"]).values()
    assert story == Story(
        "向海燕", *(NOW + timedelta(minutes=at) for at in (2, 4, 5, 8)), bounced=True
    )  # fmt: skip


def test_told_in_another_zone_or_in_another_order_a_story_is_the_same(desk: Desk) -> None:
    chance, lines, wanted = random.Random(5), list[TicketEvent](), list[str]()
    for number in range(TICKETS):
        way = [State.DRAFT, *chance.choices(list(State), k=chance.randrange(1, 9))]
        steps = list(enumerate(pairwise(way)))
        lines += [line(f"plain-{number}", at, *step) for at, step in steps]
        lines += [line(f"split-{number}", at, *step, actor="向\x1f海燕") for at, step in steps]
        others = [line(f"other-{number}", at, *step) for at, step in chance.sample(steps, len(steps))]
        lines += [
            one if chance.random() < 0.5 else TicketEvent(**{**vars(one), "at": one.at.astimezone(UTC)})
            for one in others
        ]
        wanted.append(str(number))
    keep(desk, *lines)
    found = stories(desk, [f"{kind}-{number}" for number in wanted for kind in ("plain", "other", "split")])
    assert [found[f"plain-{one}"] for one in wanted] == [found[f"other-{one}"] for one in wanted]
    assert {found[f"split-{one}"].registered_by for one in wanted} <= {"向\x1f海燕", ""}
    assert {found[f"plain-{one}"].bounced for one in wanted} == {True, False}
