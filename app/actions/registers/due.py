"""What the registers want done now: a notice to take down, the quarter's stamps to post, a monthly update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.actions.desk import Desk
from app.actions.registers import notices
from app.actions.registers.writing import counting
from app.domain.registers.period import Period, month_before, month_of, quarter_before
from app.domain.registers.public_notice import NoticeKind, PublicNotice
from app.domain.registers.seal import SealEntry


class Wants(StrEnum):
    """What is to be done."""

    TAKE_DOWN = "down"
    POST_SEALS = "seals"
    UPDATE = "powers"


@dataclass(frozen=True)
class Task:
    """One thing to do, in words for the day's list. `notice` is the sheet to take down; `period` what is to
    be posted; `since` the day it became due."""

    wants: Wants
    title: str
    detail: str
    chip: str
    since: date
    notice: str = ""
    period: str = ""


def due(desk: Desk) -> tuple[Task, ...]:
    """What is due today, the longest overdue first."""
    found = [*_to_take_down(desk), *_seals(desk), *_powers(desk)]
    return tuple(sorted(found, key=lambda one: (one.since, one.notice)))


def seals_owed(desk: Desk) -> Period | None:
    """The last stretch whose stamps nobody has posted: a quarter, or a month where the county wants that.

    None when the county asks for nothing, when there were none, or when they hang.
    """
    rule = desk.pack.setting("seal.post_months", desk.village, desk.today)
    if rule is None:
        return None
    period = month_before(desk.today) if rule.value == 1 else quarter_before(desk.today)
    stamped = any(period.holds(one.on) for one in counting(desk, SealEntry))
    return period if stamped and not _posted(desk, NoticeKind.SEALS, period) else None


def _to_take_down(desk: Desk) -> Iterator[Task]:
    for one in notices.over(desk):
        assert one.until is not None, "only what ends can be over"
        late = (desk.today - one.until).days
        chip = "今天撤" if late == 1 else f"晚了 {late - 1} 天"
        detail = f"{one.place} · 公示到 {one.until.month}月{one.until.day}日"
        yield Task(Wants.TAKE_DOWN, f"把公示撤下来：{one.what}", detail, chip, one.until, notice=one.id)


def _seals(desk: Desk) -> Iterator[Task]:
    if period := seals_owed(desk):
        title = f"贴出{period.words}用章情况"
        yield Task(
            Wants.POST_SEALS, title, "表已经排好，打出来贴", "该公示了", period.last, period=period.key
        )


def _powers(desk: Desk) -> Iterator[Task]:
    rule = desk.pack.setting("powers.monthly", desk.village, desk.today)
    if rule is None or rule.value is not True:
        return
    period = month_of(desk.today)
    if not _posted(desk, NoticeKind.POWERS, period):
        title = f"更新 {desk.today.month} 月的权力清单"
        yield Task(Wants.UPDATE, title, "更新好了，记一笔公示", "每月", period.first, period=period.key)


def _posted(desk: Desk, kind: NoticeKind, period: Period) -> bool:
    return any(one.kind is kind and _about(one, period) for one in counting(desk, PublicNotice))


def _about(one: PublicNotice, period: Period) -> bool:
    """A sheet that says which period it is about, or else was posted within it."""
    return one.period == period.key if one.period else period.holds(one.on)
