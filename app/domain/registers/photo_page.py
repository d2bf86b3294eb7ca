"""What the printed page of a line's pictures says: which line, and for each picture what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.registers.pictures import Pictured, field_of
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.review import Review


@dataclass(frozen=True)
class PhotoPage:
    """`facts` stand above the pictures as (name, value)."""

    title: str
    facts: tuple[tuple[str, str], ...]
    village_name: str
    printed_on: date
    simulated: bool = False


def page_of(line: Pictured, item: str, village_name: str, today: date, *, simulated: bool) -> PhotoPage:
    """The page of a line; `item` is the name of its matter."""
    if isinstance(line, PublicNotice):
        what, about = "公示照片", _notice(line)
    else:
        what, about = "民主评议照片", _meeting(line)
    every = (("哪天", _day(line.on)), *about, ("什么事", item))
    facts = tuple((name, value) for name, value in every if value)
    return PhotoPage(f"{village_name}{what}", facts, village_name, today, simulated)


def caption(line: Pictured, category: str) -> str:
    """What a picture shows."""
    return field_of(line).words_of(category)


def _meeting(line: Review) -> tuple[tuple[str, str], ...]:
    came_to = line.verdict.words if line.verdict else ""
    return ("评议谁家", line.who), ("在哪里", line.place), ("结果", came_to)


def _notice(line: PublicNotice) -> tuple[tuple[str, str], ...]:
    return (
        ("墙上写的", f"{line.what} {line.shown}".strip()),
        ("贴在哪里", f"{line.place}（{line.level.words}）"),
        ("谁贴的", line.posted_by),
        ("贴到哪天", _day(line.until) or "长期贴着"),
        ("撤下", f"{_day(line.down_on)} {line.down_by}" if line.down_on else ""),
    )


def _day(on: date | None) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if on else ""
