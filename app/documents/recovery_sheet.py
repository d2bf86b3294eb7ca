"""The sealed sheet: the recovery code in large groups, whose computer it opens, and where it is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.documents.paper import BODY, HEADING, STRONG, Sheet, Type
from app.documents.pen import ACROSS, LEFT, MM, TOP, WIDTH
from app.documents.typography.faces import faces, one_at_a_time

TITLE, GROUP, NUMBER = Type(34, bold=True), Type(38, bold=True), Type(18)
COLUMNS, ROW, GAP = 2, 23 * MM, 10
KEEP = (
    "忘了口令，用它开：开锁那一页点“忘了口令”，照着打。",
    "有了它和那台电脑，全村的资料都能看。装进信封封好，交镇里锁进柜子，不放村部，不拍照，不发微信。",
    "做了新的，这张就打不开了，撕掉。",
)


def render(
    code: str, *, village: str, worker: str, printed_on: date, fonts_folder: Path | None = None
) -> bytes:
    """The PDF, one A4 page. `code` is groups of digits divided by spaces; it is in no other file."""
    with one_at_a_time:
        sheet = Sheet(faces(fonts_folder), title="首访通 恢复码", on=printed_on)
        top = _head(sheet, village, worker, printed_on)
        top = _groups(sheet, code.split(), top)
        for words in KEEP:
            lines = sheet.lines(words, ACROSS - 16, BODY)
            sheet.text(LEFT, top + BODY.size * 0.15, "·", STRONG)
            top += sheet.paragraph(LEFT + 16, top, lines) + 6
        _signatures(sheet, top + 10)
        sheet.next_page()
        return sheet.finish()


def _head(sheet: Sheet, village: str, worker: str, on: date) -> float:
    sheet.text(LEFT, TOP, "首访通 恢复码", TITLE)
    sheet.text(LEFT, TOP + 46, f"{village}的电脑 · {worker}", HEADING)
    sheet.text(LEFT, TOP + 76, f"{on.year}年{on.month}月{on.day}日做", BODY)
    sheet.rule(TOP + 106)
    return TOP + 122


def _groups(sheet: Sheet, groups: list[str], top: float) -> float:
    width = (ACROSS - GAP * (COLUMNS - 1)) / COLUMNS
    for place, group in enumerate(groups):
        row, column = divmod(place, COLUMNS)
        left, above = LEFT + column * (width + GAP), top + row * ROW
        sheet.box(left, above, width, ROW - GAP)
        sheet.text(left + 14, above + (ROW - GAP - NUMBER.size) / 2, str(place + 1), NUMBER)
        middle = left + 14 + (width - 14) / 2
        sheet.text(middle, above + (ROW - GAP - GROUP.size) / 2, group, GROUP, align=0.5)
    bottom = top + -(-len(groups) // COLUMNS) * ROW + 8
    sheet.rule(bottom)
    return bottom + 14


def _signatures(sheet: Sheet, top: float) -> None:
    for place, words in enumerate(("交的人", "收的人", "哪天交的")):
        left = LEFT + place * (WIDTH - LEFT - 15 * MM) / 3
        sheet.text(left, top, words, BODY)
        sheet.rule(top + 60, thick=1.2, left=left, right=left + ACROSS / 3 - 18)
