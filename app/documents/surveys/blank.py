"""A questionnaire to fill in by hand: large print, boxes to tick, faces to point at, lines to write on.

What is only seen and never read aloud is not on it: a sign that a child is hurt is no box on a paper.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.documents.block import Block, draw_down, flowed, stack
from app.documents.paper import BODY, STRONG, Sheet, Type
from app.documents.pen import LARGE
from app.documents.tickets import face_row
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.surveys.asking import skipped_words
from app.domain.surveys.survey import SCALE_STEPS, Kind, Naming, Question, Survey

TITLE = Type(28, bold=True)
SMALL = Type(14)
LINE = 1.3
BOX, BOX_GAP = 23.0, 8.0  # 8 mm to tick in
ROW_GAP, BETWEEN = 8.0, 22.0
WRITE_LINES, WRITE_LINE = 2, 40.0
NAMES = {
    Naming.NAMED: "姓名 ______________  ______组 ______号",
    Naming.CHOICE: "姓名 ______________  ______组 ______号（不想写就空着）",
    Naming.ANONYMOUS: "不用写名字。",
}
MANY = "可以勾几样"
UP_TO = "最多勾 {most} 样"


def render(
    survey: Survey,
    *,
    village: str,
    on: date,
    large: bool = False,
    simulated: bool = False,
    fonts_folder: Path | None = None,
) -> bytes:
    """The PDF of an empty questionnaire: the same value gives the same bytes."""
    with one_at_a_time:
        sheet = Sheet(
            faces(fonts_folder), title=survey.title, on=on, scale=LARGE if large else 1.0, subject="问卷"
        )
        blocks = [_opening(sheet, survey), *(_question(sheet, survey, one) for one in printed(survey))]
        if survey.closing:
            blocks.append(_said(sheet, survey.closing))
        room = sheet.down - SMALL.size * LINE - 8
        pages = flowed(lambda page: _head(sheet, survey, village, page), blocks, room)
        for number, page in enumerate(pages, 1):
            draw_down(sheet, page, room - stack(page), most=10.0)
            _foot(sheet, survey, number, len(pages), simulated=simulated)
            sheet.next_page()
        return sheet.finish()


def printed(survey: Survey) -> tuple[Question, ...]:
    """The questions that stand on the paper, each under the number it has on the screen."""
    return tuple(one for one in survey.questions if not any(each.report for each in one.choices))


def _head(sheet: Sheet, survey: Survey, village: str, page: int) -> Block:
    words = survey.title if page == 0 else f"{survey.title}（接上页）"
    lines, style = sheet.fitting(words, sheet.across, TITLE, Type(22, bold=True))
    place = sheet.lines(f"{village}　______年____月____日", sheet.across, BODY) if page == 0 else ()
    height = len(lines) * style.size * LINE + len(place) * BODY.size * LINE + 6

    def draw(top: float) -> None:
        at = top + sheet.paragraph(sheet.left, top, lines, style, line=LINE)
        sheet.paragraph(sheet.left, at, place, BODY, line=LINE)
        sheet.rule(top + height - 3, thick=3.0)

    return Block(height, draw, closed=True)


def _opening(sheet: Sheet, survey: Survey) -> Block:
    said = [survey.opening, NAMES[survey.naming]] if survey.opening else [NAMES[survey.naming]]
    return _said(sheet, *said)


def _said(sheet: Sheet, *said: str) -> Block:
    lines = tuple(line for words in said for line in sheet.lines(words, sheet.across, BODY))

    def draw(top: float) -> None:
        sheet.paragraph(sheet.left, top, lines, BODY, line=LINE)

    return Block(len(lines) * BODY.size * LINE, draw)


def _question(sheet: Sheet, survey: Survey, question: Question) -> Block:
    """The question with its number, when it is asked, and where the answer goes."""
    number = survey.number_of(question.id)
    more = _how(question)
    heading = f"{number}. {question.ask}{f'（{more}）' if more else ''}"
    if question.faces:
        return _pointed(sheet, survey, question, heading)
    lines = sheet.lines(heading, sheet.across, STRONG)
    skip = _skip(sheet, survey, question)
    above = len(lines) * STRONG.size * LINE + len(skip) * SMALL.size * LINE + 4
    inside = _inside(sheet, question)

    def draw(top: float) -> None:
        at = top + sheet.paragraph(sheet.left, top, skip, SMALL, line=LINE)
        at += sheet.paragraph(sheet.left, at, lines, STRONG, line=LINE) + 4
        inside.draw(at)

    return Block(above + inside.height, draw, gap=8, ruled=True)


def _pointed(sheet: Sheet, survey: Survey, question: Question, heading: str) -> Block:
    skip = _skip(sheet, survey, question)
    inside = face_row.block(sheet, heading)

    def draw(top: float) -> None:
        at = top + sheet.paragraph(sheet.left, top, skip, SMALL, line=LINE)
        inside.draw(at)

    return Block(len(skip) * SMALL.size * LINE + inside.height, draw, gap=8, ruled=True)


def _skip(sheet: Sheet, survey: Survey, question: Question) -> tuple[str, ...]:
    words = skipped_words(survey, question)
    return sheet.lines(f"（{words}）", sheet.across, SMALL) if words else ()


def _how(question: Question) -> str:
    if question.kind is not Kind.MULTI:
        return ""
    return UP_TO.format(most=question.most) if question.most else MANY


def _inside(sheet: Sheet, question: Question) -> Block:
    match question.kind:
        case Kind.SINGLE | Kind.MULTI:
            return _boxes(sheet, [one.words for one in question.choices])
        case Kind.SCALE:
            ends = {1: question.low, SCALE_STEPS: question.high}
            return _boxes(sheet, [f"{step} {ends.get(step, '')}".strip() for step in range(1, 6)])
        case Kind.NUMBER:
            return _said(sheet, f"____________ {question.unit}")
        case Kind.TEXT:
            return _lines(sheet)


def _boxes(sheet: Sheet, words: list[str]) -> Block:
    """Each choice behind its box, as many beside each other as there is room for."""
    places: list[tuple[float, float, tuple[str, ...]]] = []
    x, top, high = 0.0, 0.0, 0.0
    for said in words:
        lines = sheet.lines(said, sheet.across - BOX - BOX_GAP, BODY)
        wide = BOX + BOX_GAP + max(sheet.width(line, BODY) for line in lines)
        if x and x + wide > sheet.across:
            x, top, high = 0.0, top + high + ROW_GAP, 0.0
        places.append((x, top, lines))
        x += wide + BETWEEN
        high = max(high, BOX, len(lines) * BODY.size * LINE)

    def draw(start: float) -> None:
        for left, down, lines in places:
            sheet.box(sheet.left + left, start + down, BOX, BOX, radius=2, thick=1.6)
            at = start + down + max(0.0, (BOX - BODY.size * LINE) / 2)
            sheet.paragraph(sheet.left + left + BOX + BOX_GAP, at, lines, BODY, line=LINE)

    return Block(top + high, draw)


def _lines(sheet: Sheet) -> Block:
    def draw(top: float) -> None:
        for number in range(1, WRITE_LINES + 1):
            sheet.rule(top + number * WRITE_LINE - 4, thick=1.0)

    return Block(WRITE_LINES * WRITE_LINE, draw)


def _foot(sheet: Sheet, survey: Survey, number: int, total: int, *, simulated: bool) -> None:
    top = sheet.bottom - SMALL.size
    marks = [f"{survey.edition} 版", *(["模拟数据 · 样张"] if simulated else [])]
    sheet.text(sheet.left, top, " · ".join(marks), SMALL)
    sheet.text(sheet.right, top, f"第 {number} 页 共 {total} 页", SMALL, align=1)
