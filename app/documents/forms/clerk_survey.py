"""入户调查表: the signed visit on paper, with how each sum is known and everyone's own hand.

Fields after the sheets in use (兰山区 2018 附件 2, 重庆 附件 6). What the visit did not ask is a blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.forms import clerk_flow as flow
from app.documents.forms import clerk_people as people
from app.documents.forms.clerk_flow import Part
from app.documents.forms.clerk_table import WRITING_ROW, Cell, Row, Table, heads, named
from app.documents.paper import Sheet
from app.documents.typography.typeset import phone
from app.domain.papers.paperwork import filled
from app.domain.papers.paperwork_case import FormCase, FormPaper, Party
from app.domain.papers.survey import Seen, Signed, Sums, Survey

PEOPLE_SHARES = (98, 54, 132, 80, 66, 66)
SUM_SHARES = (196, 130, 170)
PAIR_SHARES = (90, 158, 90, 158)
SIGNED_SHARES = (110, 176, 210)
LEAST_SIGNERS = 3


def parts(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """The sheet; nothing when the case has no survey."""
    case, survey = paper.case, paper.case.survey
    if survey is None:
        return
    yield from flow.title(sheet, filled(paper.wording.title, case.blanks))
    yield from flow.table(sheet, Table(PAIR_SHARES, tuple(_head(case, survey))), gap=10)
    yield from flow.heading(sheet, f"家里的人，共 {len(case.members)} 口")
    rows = tuple(_member(one, survey.seen.get(one.id, Seen())) for one in case.members)
    columns = heads("姓名", "与户主关系", "身份证号", "身体", "做什么事", "自己做不了的")
    yield from flow.table(sheet, Table(PEOPLE_SHARES, rows, (columns,)))
    for sums in survey.sums:
        yield from flow.heading(sheet, sums.title)
        yield from flow.table(sheet, _sums(sums))
    for title, lines in (("家里有什么", survey.assets), ("住房", survey.housing)):
        yield from flow.heading(sheet, title)
        yield from flow.table(sheet, Table(PAIR_SHARES, tuple(_pairs(lines))))
    yield from people.obliged(sheet)
    yield from flow.held(_end(sheet, paper, survey))


def _head(case: FormCase, survey: Survey) -> Iterator[Row]:
    home = case.home
    yield named("户主"), Cell(home.head), named("住址"), Cell(f"{home.village} {home.place}")
    yield named("户口类别"), Cell(home.hukou), named("户类型"), Cell(home.classes)
    yield named("电话"), Cell(phone(home.phone)), named("申请事项"), Cell("、".join(case.items))
    yield named("调查日期"), Cell(people.day_words(survey.on)), named("为什么来"), Cell(survey.purpose)
    yield named("调查人"), Cell("、".join(survey.visitors)), named("被调查人"), Cell(survey.respondent)


def _member(one: Party, seen: Seen) -> Row:
    name = f"{one.name}（在外）" if one.away else one.name
    work = seen.work or one.school
    return tuple(map(Cell, (name, one.relation, one.number, seen.health or one.health, work, seen.lost)))


def _sums(sums: Sums) -> Table:
    rows = [
        (Cell(one.label), Cell(f"{one.yuan} 元" if one.yuan else ""), Cell(one.proof)) for one in sums.rows
    ]
    total = Cell(f"{sums.total} 元" if sums.total else "")
    head = heads("项目", "一年多少钱", "怎么知道的")
    return Table(SUM_SHARES, (*rows, (named(sums.called), total, Cell())), (head,))


def _pairs(lines: tuple[tuple[str, str], ...]) -> Iterator[Row]:
    cells = [(named(name), Cell(words)) for name, words in lines]
    if len(cells) % 2:
        cells.append((Cell(), Cell()))
    for at in range(0, len(cells), 2):
        yield (*cells[at], *cells[at + 1])


def _end(sheet: Sheet, paper: FormPaper, survey: Survey) -> Iterator[Part]:
    """What they conclude, with every hand under it on the same page."""
    yield from flow.heading(sheet, "调查结论")
    found = (named("看下来"), Cell(survey.conclusion)), (named("理由"), Cell(survey.reason))
    yield from flow.table(sheet, Table((90, 406), found))
    for words in paper.wording.closing:
        yield from flow.paragraph(sheet, filled(words, paper.case.blanks))
    rows = [_signed(one, survey) for one in survey.signed]
    rows += [(Cell(), Cell(), Cell())] * (LEAST_SIGNERS - len(rows))
    head = heads("谁", "怎么签的", "签名、按手印")
    yield from flow.table(sheet, Table(SIGNED_SHARES, tuple(rows), (head,), WRITING_ROW), gap=10)
    if survey.seal:
        yield from flow.paragraph(sheet, f"走访记录封存号 {survey.seal}")


def _signed(one: Signed, survey: Survey) -> Row:
    part = "调查人" if one.name in survey.visitors else "被调查人" if one.name == survey.respondent else ""
    return (Cell(f"{part} {one.name}".strip()), Cell(one.how), Cell(strokes=one.strokes))
