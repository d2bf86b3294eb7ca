"""Reading the offices of a pack, what departments are called today, and the days a door stays shut."""

from __future__ import annotations

from app.domain.checklists.checklist import MOST_WAY_WORDS, MOST_WAYS, Way
from app.domain.packs.closure import Closure
from app.domain.packs.department import Department
from app.domain.packs.office import Contact, Office, Season
from app.domain.packs.pack_table import Table, read_standing


def read_office(table: Table, region: str) -> Office:
    part_of = table.text("part_of")
    return Office(
        table.text("id", required=True),
        table.text("name", required=not part_of, longest=16),
        table.text("icon") or "hall",
        table.text("floor", longest=4),
        table.text("window", longest=4),
        table.number("windows", most=60),
        tuple(_contact(each) for each in table.tables("contact")),
        tuple(_season(each) for each in table.tables("hours")),
        table.text("closed", longest=12),
        table.text("market", longest=16),
        part_of,
        read_standing(table, region),
        table.text("building", longest=10),
        _route(table),
    )


def _route(table: Table) -> tuple[Way, ...]:
    ways = []
    for each in table.tables("route"):
        each.text("id")
        words = each.text("words", required=True, longest=MOST_WAY_WORDS)
        ways.append(Way(each.text("icon", required=True), words))
        each.done()
    if len(ways) > MOST_WAYS:
        table.wrong("route", f"怎么去，纸上最多画 {MOST_WAYS} 步")
    return tuple(ways)


def _contact(table: Table) -> Contact:
    table.text("id")
    contact = Contact(table.text("name", required=True, longest=8), table.text("phone"), table.text("role"))
    digits = contact.phone.replace("-", "").replace(" ", "")
    if digits and not (digits.isdigit() and 3 <= len(digits) <= 12):
        table.wrong("phone", "电话只写数字和短横，如 0744-0000000；不知道就不写")
    table.done()
    return contact


def _season(table: Table) -> Season:
    season = Season(
        table.text("id", required=True),
        _month_day(table, "from"),
        _month_day(table, "to"),
        table.text("morning", required=True, longest=12),
        table.text("afternoon", longest=12),
    )
    table.done()
    return season


def _month_day(table: Table, key: str) -> tuple[int, int]:
    text = table.text(key, required=True)
    month, _, day = text.partition("-")
    if month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return int(month), int(day)
    table.wrong(key, "这里写月日，如 “07-01”")
    return 1, 1


def read_department(table: Table, region: str) -> Department:
    """One name a department bears or bore."""
    return Department(
        table.text("id", required=True),
        table.text("name", required=True, longest=16),
        table.words("also"),
        table.text("note"),
        read_standing(table, region),
    )


def read_closure(table: Table, region: str) -> Closure:
    """Days on which an office, or every office of the region, stays shut."""
    first, last, days = table.day("from"), table.day("to"), table.take("month_days")
    if first and last and last < first:
        table.wrong("to", "最后一天比第一天还早，两个日子看一看")
    if days is not None and not _days_of_month(days):
        table.wrong("month_days", "这里写一列日子，1 到 31 的整数，如 [5, 15, 25]")
        days = None
    if (first is None) == (days is None):
        table.wrong("from", "写从哪天到哪天（from、to），或者写每月哪几天（month_days），只写一种")
    office = table.text("office")
    if days and not office:
        table.wrong("office", "每月都关门的，写明是哪个地方")
    return Closure(
        table.text("id", required=True),
        table.text("why", required=True, longest=12),
        office,
        first,
        last or first,
        tuple(days or ()),
        read_standing(table, region),
    )


def _days_of_month(value: object) -> bool:
    whole = isinstance(value, list) and value and all(type(each) is int for each in value)
    return bool(whole) and isinstance(value, list) and all(1 <= each <= 31 for each in value)
