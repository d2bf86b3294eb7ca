"""Where to go, whom to ask for, which number to ring first, and when the door is open."""

from __future__ import annotations

from app.documents import marks
from app.documents.block import Block
from app.documents.paper import BODY, STRONG, Sheet, Type
from app.documents.typeset import phone
from app.domain.checklist import Place

PICTURE = 57.0
BESIDE = PICTURE + 12  # where the words begin, from the left margin
MAP_WIDTH = 160.0
NAMES = (Type(26, bold=True), Type(24, bold=True), Type(22, bold=True))
WAY = Type(26, bold=True)
NARROWEST = 180.0  # words beside a map: less, and the map goes below them
FIRST_PHONE = Type(38, bold=True)
SECOND_PHONE = Type(28, bold=True)
WHO = Type(20, bold=True)
HOURS = Type(23, bold=True)
CLOSED = Type(21, bold=True)
CLOSED_WIDTH = 150.0
DONE_BOX = 30.0  # 10.6 mm


def where(sheet: Sheet, place: Place) -> Block:
    """The house, the floor, the window, and a map with that window filled: beside the words, or below."""
    mapped = place.windows > 1 and (place.window.isdigit() or not place.window)
    aside = mapped and sheet.across - BESIDE - MAP_WIDTH - 12 >= NARROWEST
    width = sheet.across - BESIDE - (MAP_WIDTH + 12 if aside else 0)
    name, style = sheet.fitting(place.name or "________", width, *NAMES)
    building = sheet.lines(place.building, width, STRONG) if place.building else ()
    way = sheet.lines(way_words(place), width, WAY)
    lines = len(building) * STRONG.size + len(way) * WAY.size + len(name) * style.size
    taken = lines * 1.2
    words = max(taken, PICTURE, marks.MAP_HEIGHT if aside else 0)
    below = marks.MAP_HEIGHT + 6 if mapped and not aside else 0.0

    def draw(top: float) -> None:
        middle = top + words / 2
        sheet.pictogram(place.icon, sheet.left, middle - PICTURE / 2, PICTURE)
        at = middle - taken / 2
        at += sheet.paragraph(sheet.left + BESIDE, at, name, style, line=1.2)
        at += sheet.paragraph(sheet.left + BESIDE, at, building, STRONG, line=1.2)
        sheet.paragraph(sheet.left + BESIDE, at, way, WAY, line=1.2)
        if mapped:
            at = middle - marks.MAP_HEIGHT / 2 if aside else top + words + 6
            left = sheet.right - MAP_WIDTH if aside else sheet.left + BESIDE
            marks.window_map(sheet, left, at, MAP_WIDTH, place.window, place.windows)

    return Block(words + below, draw, gap=3, ruled=True)


def way_words(place: Place) -> str:
    """`1 楼 3 号窗`; what nobody knows yet is a blank to write in."""
    floor = f"{place.floor} 楼" if place.floor.isdigit() else place.floor
    window = place.window or "____"
    return f"{floor} {window} 号窗" if window.isdigit() or not place.window else f"{floor} {window}"


def who(sheet: Sheet, place: Place) -> Block:
    """The person and two numbers large enough to dial from, beside the box for 办完打✓."""
    room = sheet.across - PICTURE - 12 - 62
    person = place.person or "找 ______"
    first, size = sheet.fitting(phone(place.phone) or "___________", room, FIRST_PHONE, SECOND_PHONE, WHO)
    beside = len(first) == 1 and sheet.width(person, WHO) + 8 + sheet.width(first[0], size) <= room
    people = () if beside else sheet.lines(person, room, WHO)
    again = sheet.width("没人接") + 10
    second, less = sheet.fitting(phone(place.phone2), room - again, SECOND_PHONE, WHO)
    taken = len(people) * 26.0 + len(first) * size.size + (len(second) * (less.size + 4))
    height = max(taken, DONE_BOX + 42)

    def draw(top: float) -> None:
        middle = top + height / 2
        sheet.pictogram("phone", sheet.left, middle - PICTURE / 2, PICTURE)
        at = middle - taken / 2
        at += sheet.paragraph(sheet.left + BESIDE, at, people, WHO)
        named = (
            sheet.text(sheet.left + BESIDE, at + (size.size - WHO.size) * 0.84, person, WHO) + 8
            if beside
            else 0
        )
        at += sheet.paragraph(sheet.left + BESIDE + named, at, first, size, line=1)
        if second:
            sheet.text(sheet.left + BESIDE, at + 2 + (less.size - BODY.size) * 0.84, "没人接")
            sheet.paragraph(sheet.left + BESIDE + again, at + 2, second, less, line=1)
        _done_box(sheet, middle)

    return Block(height, draw, gap=3, ruled=True)


def when(sheet: Sheet, place: Place) -> Block:
    """The hours of this season and the market days, and the days the door stays shut, framed."""
    known = (("上午", place.morning), ("下午", place.afternoon))
    said = [f"{part} {time}" for part, time in known if time] or ["上午 ________", "下午 ________"]
    widest = max(sheet.width(words, HOURS) for words in said)
    aside = bool(place.closed) and sheet.across - BESIDE - CLOSED_WIDTH - 36 >= widest
    room = sheet.across - BESIDE - (CLOSED_WIDTH + 36 if aside else 0)
    hours = tuple(line for words in said for line in sheet.lines(words, room, HOURS))
    market = sheet.lines(f"赶集 {place.market}，人多，早点去", room, STRONG) if place.market else ()
    closed = sheet.lines(place.closed, CLOSED_WIDTH, CLOSED) if place.closed else ()
    shut = (len(closed) + 1) * 25.0 + 7 if closed else 0.0
    taken = len(hours) * 28.5 + len(market) * 22.0
    words = max(PICTURE, taken, shut if aside else 0)

    def draw(top: float) -> None:
        middle = top + words / 2
        sheet.pictogram("clock", sheet.left, middle - PICTURE / 2, PICTURE)
        at = middle - taken / 2
        at += sheet.paragraph(sheet.left + BESIDE, at, hours, HOURS, line=28.5 / HOURS.size)
        sheet.paragraph(sheet.left + BESIDE, at, market, STRONG, line=22 / STRONG.size)
        if closed:
            _closed_box(sheet, middle if aside else top + words + 6 + shut / 2, (*closed, "不开门"))

    return Block(words + (0 if aside or not closed else shut + 6), draw, gap=3, ruled=True)


def _done_box(sheet: Sheet, middle: float) -> None:
    at = middle - (DONE_BOX + 42) / 2
    marks.tick_box(sheet, sheet.right - 22 - DONE_BOX / 2, at, DONE_BOX)
    sheet.paragraph(sheet.right - 22, at + DONE_BOX + 1, ("办完", "打 ✓"), STRONG, align=0.5, line=1.15)


def _closed_box(sheet: Sheet, middle: float, lines: tuple[str, ...]) -> None:
    width = max(sheet.width(line, CLOSED) for line in lines) + 24
    height = len(lines) * 25.0 + 7
    sheet.box(sheet.right - width, middle - height / 2, width, height, thick=3)
    sheet.paragraph(
        sheet.right - width / 2, middle - height / 2 + 3, lines, CLOSED, align=0.5, line=25 / CLOSED.size
    )
