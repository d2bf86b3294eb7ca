"""走访单 as PDF: the day's doors in the order of the walk, in large print, with room for a tick and a word.

A pure function: the same list and day give the same bytes on screen, on paper and in a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.documents.block import Block
from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_people import day_words
from app.documents.paper import Sheet, Type
from app.documents.pen import ACROSS, LEFT, MM, RIGHT
from app.documents.typography.faces import faces, one_at_a_time
from app.documents.typography.typeset import phone
from app.domain.visits.day_sheet import DaySheet, SheetStop

NAME = "走访单"
WHO, LINE, NUMBER, DIAL = Type(20, bold=True), Type(15), Type(22, bold=True), Type(20, bold=True)
LEADING = 1.35
INSET = 42.0  # of the words, beside number and box
BOX = 7 * MM
PAD = 9.0
WRITING = 22.0  # an empty line at the foot of every door, for a word by hand


def render(made: DaySheet, *, printed_on: date, fonts_folder: Path | None = None) -> bytes:
    """The PDF of `made`."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title=NAME, on=printed_on, subject=NAME)
        edition = f"{made.village} {made.worker} 打印于 {day_words(printed_on)}"
        flow.draw(sheet, Composed(NAME, tuple(_parts(sheet, made)), edition, made.simulated))
        return sheet.finish()


def _parts(sheet: Sheet, made: DaySheet) -> Iterator[Part]:
    on = made.day
    weekday = "一二三四五六日"[on.weekday()]
    yield from flow.title(sheet, f"{on.month}月{on.day}日 星期{weekday} {NAME}")
    yield from flow.paragraph(sheet, f"共 {len(made.stops)} 户。去过的打勾，空行里写一句。")
    for number, stop in enumerate(made.stops, 1):
        yield Part(_door(sheet, number, stop, gap=10 if number == 1 else 0))


def _door(sheet: Sheet, number: int, stop: SheetStop, *, gap: float) -> Block:
    left, width = LEFT + INSET, ACROSS - INSET
    calling = phone(stop.phone) if stop.phone else ""
    beside = sheet.width(calling, DIAL) + 12 if calling else 0
    who = sheet.lines(f"{stop.place} {stop.title}", width - beside, WHO)
    lines = [line for words in _words(stop) for line in sheet.lines(words, width, LINE)]
    head = len(who) * WHO.size * LEADING
    height = PAD + head + len(lines) * LINE.size * LEADING + WRITING + PAD

    def draw(top: float) -> None:
        sheet.rule(top)
        sheet.text(LEFT, top + PAD, str(number), NUMBER)
        _box(sheet, LEFT, top + PAD + NUMBER.size + 8, ticked=stop.done)
        sheet.paragraph(left, top + PAD, who, WHO, line=LEADING)
        if calling:
            sheet.text(RIGHT, top + PAD + WHO.size * (LEADING - 1) / 2, calling, DIAL, align=1)
        sheet.paragraph(left, top + PAD + head, tuple(lines), LINE, line=LEADING)
        foot = top + height - PAD
        sheet.stroke(((left, foot), (RIGHT, foot)), thick=0.5)

    return Block(height, draw, gap=gap)


def _words(stop: SheetStop) -> Iterator[str]:
    if stop.agreed:
        yield f"{stop.agreed}。"
    yield f"去做：{stop.why or '看看'}。{stop.since}".rstrip("。")
    for one in stop.matters:
        yield f"正在办：{one}"
    for one in stop.calls:
        yield f"要问：{one}"
    if stop.paired:
        yield f"帮扶人：{stop.paired}"


def _box(sheet: Sheet, left: float, top: float, *, ticked: bool) -> None:
    corners = ((left, top), (left + BOX, top), (left + BOX, top + BOX), (left, top + BOX))
    sheet.stroke((*corners, corners[0]), thick=1.4)
    if ticked:
        tick = ((left + 4, top + BOX * 0.5), (left + BOX * 0.42, top + BOX - 4), (left + BOX - 3, top + 4))
        sheet.stroke(tick, thick=2)
