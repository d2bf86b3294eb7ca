"""What the registers put on the day's list."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.pressing import Entry, Press
from app.actions.registers import due
from app.actions.registers.due import Task, Wants
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.seal import SealEntry

PRESS = {Wants.TAKE_DOWN: Press.TODAY, Wants.POST_SEALS: Press.SOON, Wants.UPDATE: Press.RENEW}
VERBS = {Wants.TAKE_DOWN: "去看", Wants.POST_SEALS: "打出来贴", Wants.UPDATE: "记一笔"}
WHO = {Wants.TAKE_DOWN: "公示", Wants.POST_SEALS: "章", Wants.UPDATE: "单"}


def entries(desk: Desk) -> list[Entry]:
    """One entry for everything that is due; `record` says to the page what it is about."""
    question = (desk.today, id(desk.pack))
    kinds = (PublicNotice.TYPE, SealEntry.TYPE)
    found = desk.store.remembered.ask("registers", question, kinds, lambda: due.due(desk))
    return [_entry(one) for one in found]


def _entry(task: Task) -> Entry:
    record = f"{task.wants.value} {task.notice or task.period}"
    return Entry(
        PRESS[task.wants], WHO[task.wants], task.title, task.detail, task.chip, "registers", record, "",
        verb=VERBS[task.wants],
    )  # fmt: skip
