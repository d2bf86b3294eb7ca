"""A square for a grandchild's telephone: the next errand in words. Nobody needs it, and it names nobody.

ISO/IEC 18004, byte mode with the UTF-8 mark (ECI 26), error correction M: a quarter may be worn away
between fold and toner before it can no longer be read.
"""

from __future__ import annotations

from reportlab.graphics.barcode import qrencoder

from app.documents.block import Block
from app.documents.checklists.block_place import way_words
from app.documents.checklists.page import Printed
from app.documents.checklists.plan_summary import counted
from app.documents.paper import BODY, STRONG, Sheet
from app.documents.typography.typeset import phone
from app.domain.checklists.checklist import Checklist

SIDE = 96.0  # 34 mm: with 69 modules each is half a millimetre, which a worn copier still draws
QUIET = 4  # modules of white around (ISO/IEC 18004, 9.1)
MOST_BYTES = 320  # UTF-8; fits version 13 at level M
UTF_8 = 26  # AIM ECI assignment number
LINE = 1.25
SAYS = ("手机扫一扫", "同样的话，给家里人看")


def block(printed: Printed) -> Block:
    """The square with what it is for beside it."""
    sheet, side = printed.sheet, printed.sheet.drawn(SIDE)
    dark = modules(words(printed.checklist))
    room = sheet.across - side - 12
    lines = tuple(line for said in SAYS for line in sheet.lines(said, room, STRONG))
    height = max(side, len(lines) * BODY.size * LINE)

    def draw(top: float) -> None:
        _square(sheet, dark, sheet.left, top, side)
        at = top + (height - len(lines) * BODY.size * LINE) / 2
        sheet.paragraph(sheet.left + side + 12, at, lines, STRONG, line=LINE)

    return Block(height, draw, gap=4, ruled=True)


def words(checklist: Checklist) -> str:
    """What is inside: the list's number, the matter, the next errand. Papers are cut short, never a phone."""
    step = checklist.steps[checklist.next_step]
    place = step.place
    hours = " ".join(part for part in (place.morning, place.afternoon) if part)
    lines = [
        f"办事清单 {checklist.code}",
        "、".join(checklist.names.values()),
        f"{step.title}：{place.name} {way_words(place)}",
        " ".join(part for part in (place.person, phone(place.phone), phone(place.phone2)) if part),
        f"{hours} {place.closed}不开门" if place.closed else hours,
        f"村里 {checklist.worker_name} {phone(checklist.worker_phone)}",
    ]
    papers = [f"{paper.name} {counted(paper)}" for paper in step.papers]
    while papers and _size([*lines, f"带：{'；'.join(papers)}"]) > MOST_BYTES:
        papers.pop()
    whole = [line for line in (*lines, f"带：{'；'.join(papers)}" if papers else "") if line.strip()]
    return "\n".join(whole).encode()[:MOST_BYTES].decode(errors="ignore")


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of the smallest code that holds `text`, rows from the top."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QRECI(UTF_8))
    code.addData(qrencoder.QR8bitByte(text.encode()))
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def _size(lines: list[str]) -> int:
    return len("\n".join(lines).encode())


def _square(sheet: Sheet, dark: tuple[tuple[bool, ...], ...], x: float, top: float, side: float) -> None:
    step = side / (len(dark) + 2 * QUIET)
    for row, cells in enumerate(dark):
        column = 0
        while column < len(cells):
            end = next((c for c in range(column, len(cells)) if not cells[c]), len(cells))
            if end > column:
                left = x + (column + QUIET) * step
                sheet.bar(left, top + (row + QUIET) * step, (end - column) * step, step)
            column = end + 1
