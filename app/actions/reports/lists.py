"""The records behind a figure as a list for the county: names masked, free words left at home."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.actions.desk import Desk
from app.actions.reports.households_of import Homes
from app.domain.papers.masking import mask_name, neighbourhood
from app.domain.people.household import CLASSES
from app.domain.problem import UserError
from app.domain.registers.clue import CONCLUSIONS, SIGNALS, SOURCES, STEPS, Clue
from app.domain.reports.ticket_cuts import CHANNELS, DISPOSITIONS
from app.domain.roles import Right
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Ticket
from app.domain.tickets.ticket_map import WORDS
from app.domain.visits.visit import PURPOSES, Met, Visit
from app.domain.workdays import china_day
from app.files import write_whole
from app.tables import list_out
from app.tables.list_out import ListTable, Value

Rows = tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]
MET = {Met.HOME: "在家", Met.ABSENT: "没人", Met.REFUSED: "不让进", Met.MOVED: "搬走了", Met.DEAD: "过世了"}


def can_save(kind: str) -> bool:
    """Whether records of `kind` make a list."""
    return kind in LISTS


def save(desk: Desk, kind: str, ids: Sequence[str], title: str, path: Path) -> None:
    """Write the records with these ids to `path`, whole or not at all.

    No number, no telephone and none of their own words go out; names are masked as on the wall. Raises
    UserError for who may not take things out, or when the kind makes no list.
    """
    desk.require(Right.TAKE_OUT)
    if kind not in LISTS:
        raise UserError("这一样存不成名单。")
    titles, rows = LISTS[kind](desk, ids)
    said = f"{desk.village_name} · {desk.today.isoformat()} 做的表 · {len(rows)} 条 · 名字遮了一部分"
    write_whole(path, list_out.write(ListTable(title, said, titles, rows)))
    with desk.unit("export register") as unit:
        unit.audit("export register", "", f"{kind} {len(rows)}")


def _tickets(desk: Desk, ids: Sequence[str]) -> Rows:
    names = {item.code: item.name for item in desk.pack.items()}
    found = desk.store.reading.many(Ticket, ids)
    homes = Homes(desk, [one.household for one in found])
    titles = (
        "单号",
        "登记",
        "来访人",
        "村民小组",
        "怎么来的",
        "事项",
        "怎么办",
        "转给谁",
        "到哪一步",
        "到期",
        "评价",
    )
    return titles, tuple(
        (
            one.short_number,
            china_day(one.received_at),
            _masked(one.visitor_name),
            _group(homes.group(one.household)),
            CHANNELS.get(one.channel, ""),
            "、".join(names[code] for code in one.items if code in names),
            DISPOSITIONS.get(one.disposition.value, "") if one.disposition else "",
            one.handed_to,
            WORDS.get(one.state, ""),
            one.due_on,
            one.satisfaction,
        )
        for one in found
    )


def _visits(desk: Desk, ids: Sequence[str]) -> Rows:
    found = desk.store.reading.many(Visit, ids)
    homes = Homes(desk, [one.household for one in found])
    titles = ("哪天", "户主", "村民小组", "为什么去", "在不在家", "去了几人")
    return titles, tuple(
        (
            china_day(one.started_at),
            _masked(homes.head(one.household)),
            _group(homes.group(one.household)),
            PURPOSES.get(one.purpose, ""),
            MET.get(one.met, "") if one.met else "",
            len(one.visitors),
        )
        for one in found
    )


def _calls(desk: Desk, ids: Sequence[str]) -> Rows:
    found = desk.store.reading.many(FollowUp, ids)
    homes = Homes(desk, [one.household for one in found])
    titles = ("该回访", "户主", "村民小组", "回访了", "怎么回访的", "没打通几次")
    ways = {"phone": "电话", "home": "上门"}
    return titles, tuple(
        (
            one.due_on,
            _masked(homes.head(one.household)),
            _group(homes.group(one.household)),
            china_day(one.done_at) if one.done_at and one.made else None,
            ways.get(one.channel, ""),
            one.unanswered,
        )
        for one in found
    )


def _households(desk: Desk, ids: Sequence[str]) -> Rows:
    homes = Homes(desk, ids)
    titles = ("户主", "村民小组", "户的类别", "分类")
    return titles, tuple(
        (
            _masked(homes.head(home.id)),
            _group(home.group),
            "、".join(CLASSES.get(code, code) for code in home.classes),
            home.category,
        )
        for home in homes.found
    )


def _clues(desk: Desk, ids: Sequence[str]) -> Rows:
    found = desk.store.reading.many(Clue, ids)
    homes = Homes(desk, [one.household for one in found])
    titles = (
        "发现",
        "是谁家",
        "村民小组",
        "线索",
        "来源",
        "涉及人数",
        "到哪一步",
        "上门看了",
        "结论",
        "纳入人数",
        "定下来",
    )
    return titles, tuple(
        (
            one.found_on,
            _masked(one.name),
            _group(homes.group(one.household)),
            SIGNALS.get(one.signal, ""),
            SOURCES.get(one.source, ""),
            one.people,
            STEPS[one.step],
            one.checked_on,
            CONCLUSIONS.get(one.conclusion, ""),
            one.covered,
            one.settled_on,
        )
        for one in found
    )


def _masked(name: str) -> str:
    return mask_name(name).shown if name else ""


def _group(group: str) -> str:
    return neighbourhood(group).shown


LISTS: Mapping[str, Callable[[Desk, Sequence[str]], Rows]] = {
    "ticket": _tickets,
    "visit": _visits,
    "followup": _calls,
    "household": _households,
    "clue": _clues,
}
