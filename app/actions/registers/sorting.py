"""What a register can be narrowed to by pointing, and which lines are of that sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.actions.registers.books import Book
from app.actions.registers.writing import Line
from app.domain.registers.event import EventKind
from app.domain.registers.pictures import lacking
from app.domain.registers.public_notice import KINDS, Hanging, Level, PublicNotice
from app.domain.registers.publicity import CHANNELS
from app.domain.registers.review import Review, Verdict
from app.domain.registers.seal import USES

Sorts = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (what is asked, its choices)
NO_PHOTO = ("photo:none", "缺照片")
SORTS: Mapping[Book, Sorts] = {
    Book.SEAL: (
        ("盖在哪一种上", tuple((f"use:{one}", words) for one, words in USES.items())),
        ("只看", (("major:", "重大事项"),)),
    ),
    Book.REVIEW: (("结果怎样", (*((f"verdict:{one}", one.words) for one in Verdict), NO_PHOTO)),),
    Book.NOTICE: (
        (
            "还贴着没有",
            (("hangs:up", "还贴着"), ("hangs:over", "该撤了"), ("hangs:objected", "有意见没答"),
             ("hangs:down", "撤了"), NO_PHOTO),
        ),
        ("公示哪一种", tuple((f"kind:{one}", words) for one, words in KINDS.items())),
        ("哪一级贴的", tuple((f"level:{one}", one.words) for one in Level)),
    ),
    Book.PUBLICITY: (("怎么讲的", tuple((f"channel:{one}", words) for one, words in CHANNELS.items())),),
    Book.EVENT: (("哪一种", tuple((f"kind:{one}", one.words) for one in EventKind)),),
}  # fmt: skip


def fits(line: Line, sorts: Iterable[str], today: date) -> bool:
    """Whether `line` is of every one of `sorts`."""
    return all(_is(line, sort, today) for sort in sorts)


def _is(line: Line, sort: str, today: date) -> bool:
    name, _, value = sort.partition(":")
    if name == "photo":
        return isinstance(line, PublicNotice | Review) and bool(lacking(line))
    if name == "hangs":
        return isinstance(line, PublicNotice) and _hangs(line, value, today)
    found = getattr(line, name, None)
    return bool(found) if not value else found == value


def _hangs(notice: PublicNotice, how: str, today: date) -> bool:
    match how:
        case "over":
            return notice.over(today)
        case "objected":
            return bool(notice.open_objections)
    return notice.state == (Hanging.UP if how == "up" else Hanging.DOWN)
