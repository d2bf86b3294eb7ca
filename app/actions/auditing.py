"""Reading the log: who did what to whom and when, in words, for the officer and the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.actions.desk import Desk
from app.actions.sync_state import KIND_WORDS
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.roles import Right
from app.domain.tickets.ticket import Ticket
from app.domain.visits.visit import Visit
from app.store.audit import AuditLine

NAMES = "log names"
VERBS = {
    "failed unlock": "口令打错",
    "unlock": "开锁",
    "enrol": "登记这台电脑",
    "enrol again": "重新登记这台电脑",
    "reveal id_number": "看身份证全号",
    "hand to printer": "送去打印",
    "print checklist": "打办事清单",
    "print receipt": "打收条",
    "export checklist": "把办事清单存成文件",
    "export reports": "把报表存成表格",
    "export survey": "把问卷的汇总、名单存成表格",
    "print register": "打台账、报表",
    "export register": "把台账、名单存成文件",
    "export register pictures": "把要公开的存成图片",
    "look at application papers": "看申请材料（有身份证全号）",
    "print application papers": "打申请材料",
    "export application papers": "把申请材料存成文件",
    "print visit sheet": "打走访记录表",
    "export visit sheet": "把走访记录表存成文件",
    "print day plan": "打走访单",
    "export day plan": "把走访单存成文件",
    "print diary": "打民情日记",
    "export diary": "把民情日记存成文件",
    "print ticket-taken": "打回执单",
    "export ticket-taken": "把回执单存成文件",
    "print ticket-told": "打回音单",
    "export ticket-told": "把回音单存成文件",
    "print ticket-file": "打存档单",
    "export ticket-file": "把存档单存成文件",
    "print benefit notice": "打户内告知单",
    "export benefit notice": "把户内告知单存成文件",
    "print recovery sheet": "打恢复码",
    "discard draft": "丢掉没写完的",
    "backup": "备份",
    "restore": "从备份恢复",
    "stopped": "县里停用了这台电脑",
    "clear replaced": "清掉以前恢复时换下来的",
    "clock proven": "电脑的日子跟县里对上了",
    "write today": "好久没联系县里，当天照常记",
    "add attachment": "加附件",
    "drop attachment": "去掉附件",
    "fetch attachment": "从县里取来附件",
    "look at refused": "看过镇里没收的",
    "let in": "让人也能开",
    "shut out": "去掉能开的人",
    "keys anew": "钥匙文件重做",
    "change data key": "换一把钥匙",
    "salvage": "抢救资料",
    "set introduction": "改村名或电话",
    "install pack": "换政策包",
    "entrust county": "托管一份给县里",
}
WAYS = {"passphrase": "口令", "recovery code": "恢复码"}
MOST = 2_000


@dataclass(frozen=True)
class Entry:
    """One line: `who` did `what`, about `whom` (a name or a place, empty when about nobody)."""

    at: datetime
    who: str
    what: str
    whom: str


def remember_name(desk: Desk, worker: str, name: str) -> None:
    """Keep the name behind a worker's id, so that the log can name her after she has gone."""
    names = desk.store.meta.get(NAMES) or {}
    if names.get(worker) != name:
        desk.store.meta.set(NAMES, {**names, worker: name})


def entries(desk: Desk, *, words: str = "", limit: int = MOST) -> tuple[Entry, ...]:
    """The latest lines in which `words` stand, newest first. Raises UserError without the right."""
    desk.require(Right.AUDIT)
    names = desk.store.meta.get(NAMES) or {}
    found = []
    for line in desk.store.audit.latest():
        whom = names.get(line.subject) if line.subject != line.actor else ""
        entry = Entry(line.at, names.get(line.actor, line.actor), _what(line), whom or _whom(desk, line))
        if words in f"{entry.who} {entry.what} {entry.whom} {entry.at:%Y-%m-%d}":
            found.append(entry)
        if len(found) == limit:
            break
    return tuple(found)


def _what(line: AuditLine) -> str:
    if line.verb.startswith("save "):
        kind = line.verb.removeprefix("save ")
        return f"记{KIND_WORDS.get(kind, kind)}"
    if line.verb == "failed unlock":
        return f"口令打错 {line.detail} 次"
    if line.verb == "unlock" and line.detail:
        county = line.detail.removeprefix("county ")
        way = WAYS.get(line.detail) or f"县里开的，{county}"
        return f"开锁（{way}）"
    if line.verb.startswith("take back "):
        kind = line.verb.removeprefix("take back ")
        return f"撤回{KIND_WORDS.get(kind, kind)}"
    return VERBS.get(line.verb, line.verb)


def _whom(desk: Desk, line: AuditLine) -> str:
    reading = desk.store.reading
    if person := reading.find(Person, line.subject):
        return person.name
    about = reading.find(Visit, line.subject) or reading.find(Ticket, line.subject)
    home = reading.find(Household, about.household if about else line.subject)
    if home is None:
        return ""
    head = reading.find(Person, home.head) if home.head else None
    return f"{head.name}家" if head else home.place
