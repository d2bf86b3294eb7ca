"""Words begun in a small form (a call, a new household): kept encrypted until it is finished or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.roles import Right
from app.store.drafts import Draft

# Each form has a kind of its own; what it is about is its subject.
CALL = "call"
HOUSEHOLD = "new household"
MEMBER = "family member"
ROUND = "said of a visit"


@dataclass(frozen=True)
class Begun:
    """What stands in a form that was left: the answers by the names of its fields."""

    subject: str
    answers: Mapping[str, str]


def hold(desk: Desk, kind: str, subject: str, answers: Mapping[str, str]) -> None:
    """Keep what was begun, durably; with nothing in it, it is forgotten. Not every role may: UserError."""
    if any(answers.values()):
        desk.require(Right.RECORD)
        desk.store.drafts.save(Draft(f"{kind}:{subject}", kind, subject, dict(answers), desk.now))
    else:
        release(desk, kind, subject)


def begun(desk: Desk, kind: str) -> tuple[Begun, ...]:
    """Every form of that kind that was begun, the latest first."""
    return tuple(
        Begun(one.subject, {str(name): str(value) for name, value in one.body.items()})
        for one in desk.store.drafts.of_kind(kind)
    )


def held(desk: Desk, kind: str, subject: str) -> Mapping[str, str]:
    """The answers begun about `subject`; empty when nothing was."""
    return next((one.answers for one in begun(desk, kind) if one.subject == subject), {})


def take_up(desk: Desk, kind: str, name: str) -> Begun:
    """The form begun about somebody of that `name`, with "" the latest; an empty one when there is none."""
    found = (one for one in begun(desk, kind) if not name or one.answers.get("name") == name)
    return next(found, Begun(new_id(desk.now), {}))


def release(desk: Desk, kind: str, subject: str) -> None:
    """What was begun has been written down, or thrown away."""
    desk.store.drafts.drop(f"{kind}:{subject}")
