"""Reading how often whom to visit (cadence.toml) and the groups a village looks out for (groups.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.packs.pack_table import Table, read_standing
from app.domain.packs.policy import Cadence, KeyGroup
from app.domain.rules.rule import AnyOf

CADENCE_UNITS = ("hour", "workday", "day", "week", "month")
EVENT_UNITS = ("hour", "workday")  # counted from something that happened, never from the last visit
PERIODS = {"week": (1,), "month": (1, 2, 3, 4, 6, 12)}  # that begin and end with the calendar
CATEGORIES, HUKOU = ("", "A", "B", "C"), ("", "rural", "urban")
MOST_NOTICE = 366
NOBODY = AnyOf(())  # stands in a pack with problems, which is only looked at


def read_cadence(table: Table, named: Mapping[str, Any], region: str) -> Cadence:
    """One `[[cadence]]`."""
    unit, count = table.text("unit", required=True), table.number("count", most=400)
    if unit not in CADENCE_UNITS:
        table.wrong("unit", f"周期只能写：{'、'.join(CADENCE_UNITS)}")
    if count == 0:
        table.wrong("count", "写隔多久一次，至少 1")
    cadence = Cadence(
        table.text("id", required=True),
        table.text("purpose", required=True),
        table.text("who", required=True),
        count,
        unit,
        table.text("category"),
        table.text("hukou"),
        read_standing(table, region),
        table.rule("whom", named),
        table.flag("calendar"),
        table.number("notice", most=MOST_NOTICE),
        table.words("counts"),
        table.flag("by_hand"),
    )
    _agree(cadence, table)
    return cadence


def _agree(cadence: Cadence, table: Table) -> None:
    if cadence.category not in CATEGORIES:
        table.wrong("category", "分类只能写 A、B、C")
    if cadence.hukou not in HUKOU:
        table.wrong("hukou", "只能写 rural（农村）或 urban（城市），都一样就不写")
    if cadence.calendar and cadence.count not in PERIODS.get(cadence.unit, ()):
        table.wrong("calendar", "按日历算的，只能是每周，或每 1、2、3、4、6、12 个月")
    if cadence.unit in EVENT_UNITS and (cadence.whom or cadence.category):
        table.wrong("unit", "小时、工作日从出事那天起算，这样的不写 whom 和 category")


def read_group(table: Table, named: Mapping[str, Any], region: str) -> KeyGroup:
    """One `[[group]]`."""
    name, words = table.text("id", required=True), table.text("name", required=True, longest=12)
    whom = table.rule("whom", named, required=True) or NOBODY
    return KeyGroup(name, words, whom, read_standing(table, region))
