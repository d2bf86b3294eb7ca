"""Signs that a child is being hurt (侵害线索, 强制报告): pinned to the day's list until it was reported."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.visits import visits
from app.actions.visits.visits import Unfinished
from app.domain.visits.asking import chosen

SIGN, DANGER, REPORTED = "child_safety", "danger", "child_reported"


def unreported(desk: Desk) -> tuple[Unfinished, ...]:
    """Visits being written in which such a sign was marked and nobody has been called yet.

    A visit cannot be signed before that, so a signed one is never among them.
    """
    return tuple(
        one
        for one in visits.drafts(desk)
        if DANGER in chosen(one.visit.answers.get(SIGN)) and not one.visit.answers.get(REPORTED)
    )
