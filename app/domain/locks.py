"""What may never be changed once written, whichever page or device tries."""

from __future__ import annotations

from collections.abc import Mapping, Set

from app.domain.problem import UserError
from app.domain.record import Json

# A register is only added to; what may still change is what happens to the thing itself afterwards.
STAYS: Mapping[str, frozenset[str]] = {
    "seal_log": frozenset(),
    "democratic_review": frozenset({"papers"}),
    "public_notice": frozenset({"state", "objections", "down_on", "down_by", "photos"}),
    "publicity": frozenset(),
    "event": frozenset(),
    "benefit_change": frozenset(),
    "survey_response": frozenset(),
    "survey_asked": frozenset(),
    "survey_edition": frozenset(),
}
# Of an ended ticket the town still says whether what was proposed of its nature counts (拟定 → 定).
TOWN_MAY_SAY = frozenset({"nature", "confirmed_by"})


def guard(kind: str, old: Mapping[str, Json], changed: Set[str]) -> None:
    """Raise UserError when changing the fields `changed` of `old` breaks a promise.

    A signed visit is evidence; the first receiver of a ticket stays the first receiver; an archived,
    withdrawn or duplicate ticket is only read; the lines of a ticket's story are only ever added, and so are
    those of the village's registers: a wrong one is answered by another that names it. A clue is open until
    it is settled.
    """
    if kind == "visit" and old.get("state") == "signed" and changed:
        raise UserError("签好了，不能改。写错了另写一份更正，两份都留。")
    if kind == "ticket" and changed & {"received_by", "received_at"}:
        raise UserError("首访人和登记时间不能改。谁先接的，谁跟到底。")
    if (
        kind == "ticket"
        and old.get("state") in ("archived", "withdrawn", "duplicate")
        and changed - TOWN_MAY_SAY
    ):
        raise UserError("这张单已经办结，只能看和打印。")
    if kind == "ticket" and "number" in changed and old.get("number"):
        raise UserError("单号取了就不变。")
    if kind == "ticket_event" and changed:
        raise UserError("办到哪了这一栏只能往后记，不能改。")
    if kind in STAYS and changed - STAYS[kind]:
        raise UserError("台账记下了就不改。写错了另记一笔更正，两笔都留。")
    if kind == "clue" and old.get("step") == "settled" and changed:
        raise UserError("这条线索已经办完，只能看。")
    if kind == "public_notice" and old.get("state") == "down" and changed - {"photos"}:
        raise UserError("这张公示撤下来了，只能看。")


def locked(kind: str, body: Mapping[str, Json], field: str) -> bool:
    """Whether `field` of a record that stands as `body` may not change any more."""
    try:
        guard(kind, body, {field})
    except UserError:
        return True
    return False
