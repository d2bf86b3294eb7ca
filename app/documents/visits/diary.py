"""民情日记 as PDF: ruled pages of a notebook, a day after the other, read by whoever keeps it company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.documents.block import Block
from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, LEFT, RIGHT
from app.documents.typography import typeset
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.visits.diary import Day, Diary, Entry

NAME = "民情日记"
WRITING = Type(13)
HEAD = Type(13, bold=True)
DAY = Type(15, bold=True)
LINE = 25.0  # from rule to rule
RULE = 0.5
INDENT = 52.0  # behind the hour
WEEK = "一二三四五六日"


def render(diary: Diary, *, printed_on: date, fonts_folder: Path | None = None) -> bytes:
    """The PDF of `diary`; with nothing done the page says so."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=NAME, on=printed_on, subject=NAME)
        flow.draw(sheet, Composed(NAME, tuple(_parts(sheet, diary)), "", diary.simulated, diary.worker))
        return sheet.finish()


def _parts(sheet: Sheet, diary: Diary) -> Iterator[Part]:
    yield from flow.title(sheet, NAME)
    yield from _ruled(sheet, f"{diary.village}　{diary.worker}　{_span(diary)}", HEAD, LEFT, keep=True)
    if not diary.days:
        yield from _ruled(sheet, "这段日子没有记下走访、单子和电话。", WRITING, LEFT)
        return
    for day in diary.days:
        yield from _day(sheet, day)
    yield from _ruled(sheet, "", WRITING, LEFT)
    yield from _ruled(sheet, f"这段日子：{diary.tally.words}", HEAD, LEFT)


def _span(diary: Diary) -> str:
    if diary.first == diary.last:
        return day_words(diary.first)
    return f"{day_words(diary.first)}到{day_words(diary.last)}"


def _day(sheet: Sheet, day: Day) -> Iterator[Part]:
    words = f"{day.on.month}月{day.on.day}日　星期{WEEK[day.on.weekday()]}"
    yield from _ruled(sheet, words, DAY, LEFT, keep=True, gap=10)
    for entry in day.entries:
        yield from _entry(sheet, entry)


def _entry(sheet: Sheet, entry: Entry) -> Iterator[Part]:
    yield from _ruled(
        sheet, entry.head, HEAD, LEFT + INDENT, keep=bool(entry.lines), hour=f"{entry.at:%H:%M}"
    )
    for words in entry.lines:
        yield from _ruled(sheet, words, WRITING, LEFT + INDENT)


def _ruled(
    sheet: Sheet,
    words: str,
    style: Type,
    left: float,
    *,
    keep: bool = False,
    gap: float = 0,
    hour: str = "",
) -> Iterator[Part]:
    """`words` on as many ruled lines as they need, `hour` before the first."""
    room = ACROSS - (left - LEFT)  # filled to its end, as a hand would
    lines = typeset.lines(words, lambda text: sheet.width(text, style), room) or ("",)
    for place, said in enumerate(lines):

        def draw(top: float, said: str = said, first: bool = place == 0) -> None:
            at = top + LINE - style.size - 5
            sheet.text(left, at, said, style)
            if hour and first:
                sheet.text(LEFT, at, hour, WRITING)
            sheet.stroke(((LEFT, top + LINE), (RIGHT, top + LINE)), thick=RULE)

        last = place + 1 == len(lines)
        yield Part(Block(LINE, draw, gap=gap if place == 0 else 0), keep=keep or not last)
