"""Where to go, whom to ask for, which number to ring first, and when the door is open."""

from __future__ import annotations

from app.documents import marks
from app.documents.block import Block
from app.documents.paper import BODY, STRONG, Sheet, Type
from app.documents.typography.typeset import phone
from app.domain.checklists.checklist import Place

PICTURE = 57.0
MAP_WIDTH = 160.0
NAMES = (Type(26, bold=True), Type(24, bold=True), Type(22, bold=True))
WAY, NARROW_WAY = Type(26, bold=True), Type(22, bold=True)
NARROWEST = 180.0  # words beside a map: less, and the map goes below them
FIRST_PHONE = Type(38, bold=True)
SECOND_PHONE = Type(28, bold=True)
WHO = Type(20, bold=True)
HOURS = Type(23, bold=True)
CLOSED = Type(21, bold=True)
CLOSED_WIDTH = 150.0
DONE_BOX = 30.0  # 10.6 mm


def where(sheet: Sheet, place: Place) -> Block:
    """House, floor and window, and beside them, where there is room, a map with that window filled."""
    known = place.windows > 1 and (place.window.isdigit() or not place.window)
    mapped = known and sheet.across - _beside(sheet) - MAP_WIDTH - 12 >= NARROWEST
    width = sheet.across - _beside(sheet) - (MAP_WIDTH + 12 if mapped else 0)
    name, style = sheet.fitting(place.name or "________", width, *NAMES)
    building, way, way_style = _inside(sheet, place, width)
    lines = len(building) * STRONG.size + len(way) * way_style.size + len(name) * style.size
    taken = lines * 1.2
    height = max(taken, sheet.drawn(PICTURE), marks.MAP_HEIGHT if mapped else 0)

    def draw(top: float) -> None:
        middle = top + height / 2
        sheet.pictogram(place.icon, sheet.left, middle - sheet.drawn(PICTURE) / 2, sheet.drawn(PICTURE))
        at = middle - taken / 2
        at += sheet.paragraph(sheet.left + _beside(sheet), at, name, style, line=1.2)
        at += sheet.paragraph(sheet.left + _beside(sheet), at, building, STRONG, line=1.2)
        sheet.paragraph(sheet.left + _beside(sheet), at, way, way_style, line=1.2)
        if mapped:
            at = middle - marks.MAP_HEIGHT / 2
            marks.window_map(sheet, sheet.right - MAP_WIDTH, at, MAP_WIDTH, place.window, place.windows)

    return Block(height, draw, gap=3, ruled=True)


def _inside(sheet: Sheet, place: Place, width: float) -> tuple[tuple[str, ...], tuple[str, ...], Type]:
    """House within the place, floor and window: on one line if they fit, else the house above."""
    way = way_words(place)
    together = f"{place.building} {way}".strip()
    for style in (WAY, NARROW_WAY):
        if sheet.width(together, style) <= width:
            return (), (together,), style
    return sheet.lines(place.building, width, STRONG), sheet.lines(way, width, WAY), WAY


def way_words(place: Place) -> str:
    """`1 楼 3 号窗`; what nobody knows yet is a blank to write in."""
    floor = f"{place.floor} 楼" if place.floor.isdigit() else place.floor
    window = place.window or "____"
    return f"{floor} {window} 号窗" if window.isdigit() or not place.window else f"{floor} {window}"


def who(sheet: Sheet, place: Place) -> Block:
    """The person and two numbers large enough to dial from, beside the box for 办完打✓."""
    room = sheet.across - _beside(sheet) - 62
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
        sheet.pictogram("phone", sheet.left, middle - sheet.drawn(PICTURE) / 2, sheet.drawn(PICTURE))
        at = middle - taken / 2
        at += sheet.paragraph(sheet.left + _beside(sheet), at, people, WHO)
        named = (
            sheet.text(sheet.left + _beside(sheet), at + (size.size - WHO.size) * 0.84, person, WHO) + 8
            if beside
            else 0
        )
        at += sheet.paragraph(sheet.left + _beside(sheet) + named, at, first, size, line=1)
        if second:
            sheet.text(sheet.left + _beside(sheet), at + 2 + (less.size - BODY.size) * 0.84, "没人接")
            sheet.paragraph(sheet.left + _beside(sheet) + again, at + 2, second, less, line=1)
        _done_box(sheet, middle)

    return Block(height, draw, gap=3, ruled=True)


def when(sheet: Sheet, place: Place) -> Block:
    """The hours of this season and the market days, and the days the door stays shut, framed."""
    known = (("上午", place.morning), ("下午", place.afternoon))
    said = [f"{part} {time}" for part, time in known if time] or ["上午 ________", "下午 ________"]
    widest = max(sheet.width(words, HOURS) for words in said)
    framed = bool(place.closed) and sheet.across - _beside(sheet) - CLOSED_WIDTH - 36 >= widest
    room = sheet.across - _beside(sheet) - (CLOSED_WIDTH + 36 if framed else 0)
    hours = tuple(line for words in said for line in sheet.lines(words, room, HOURS))
    more = (
        f"{place.closed} 不开门" if place.closed and not framed else "",
        f"赶集 {place.market}" if place.market else "",
    )
    below = tuple(line for words in more if words for line in sheet.lines(words, room, STRONG))
    closed = (*sheet.lines(place.closed, CLOSED_WIDTH, CLOSED), "不开门") if framed else ()
    taken = len(hours) * 28.5 + len(below) * 23.0
    height = max(sheet.drawn(PICTURE), taken, len(closed) * 25.0 + 7 if framed else 0)

    def draw(top: float) -> None:
        middle = top + height / 2
        sheet.pictogram("clock", sheet.left, middle - sheet.drawn(PICTURE) / 2, sheet.drawn(PICTURE))
        at = middle - taken / 2
        at += sheet.paragraph(sheet.left + _beside(sheet), at, hours, HOURS, line=28.5 / HOURS.size)
        sheet.paragraph(sheet.left + _beside(sheet), at, below, STRONG, line=23 / STRONG.size)
        if framed:
            _closed_box(sheet, middle, closed)

    return Block(height, draw, gap=3, ruled=True)


def _beside(sheet: Sheet) -> float:
    """Where the words begin, from the left margin."""
    return sheet.drawn(PICTURE) + 12


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
