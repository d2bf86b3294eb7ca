"""What an applicant declares and promises: 财产声明和诚信承诺书, 告知承诺书, 委托书."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.forms import clerk_flow as flow
from app.documents.forms import clerk_people as people
from app.documents.forms.clerk_flow import Part
from app.documents.forms.clerk_table import Cell, Row, Table, heads, named
from app.documents.paper import Sheet
from app.domain.papers.paperwork import filled
from app.domain.papers.paperwork_case import FormPaper, Party
from app.domain.papers.survey import Sums

NOBODY = Party("", "")
TOLD = "上面的钱和财产照 {day}走访时说的填。不对的划掉，改在旁边，按个手印。"
SUM_SHARES = (150, 98, 150, 98)


def declaration(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """People, income, spending and property as the family tells them, and what it promises."""
    case = paper.case
    yield from people.opening(sheet, paper)
    yield from flow.heading(sheet, f"家里的人，共 {len(case.members)} 口")
    rows = tuple((Cell(one.name), Cell(one.relation), Cell(one.number)) for one in case.members)
    yield from flow.table(sheet, Table((160, 136, 200), rows, (heads("姓名", "与户主关系", "身份证号"),)))
    for sums in case.sums:
        yield from flow.heading(sheet, sums.title)
        yield from flow.table(sheet, sums_table(sums))
    if case.assets:
        yield from flow.heading(sheet, "家里的财产")
        given = tuple((named(name), Cell(words)) for name, words in case.assets)
        yield from flow.table(sheet, Table((150, 346), given))
    if case.asked_on:
        yield from flow.paragraph(sheet, TOLD.format(day=people.day_words(case.asked_on)))
    yield from flow.heading(sheet, "我承诺")
    yield from flow.points(sheet, paper.wording.points)
    yield from people.ending(sheet, paper, people.signature("申请人签名、按手印"))


def commitment(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """What the office tells, and what she promises in place of proofs (国办发〔2020〕42 号)."""
    case = paper.case
    yield from people.opening(sheet, paper)
    yield from flow.heading(sheet, "承诺的人")
    yield from flow.table(sheet, people.party_table(case.applicant, case))
    if case.subject:
        yield from flow.heading(sheet, "给谁办")
        yield from flow.table(sheet, people.party_table(case.subject, case))
    yield from flow.heading(sheet, "我承诺")
    yield from flow.points(sheet, paper.wording.points)
    signatures = people.signature("承诺人签名、按手印"), people.signature("告知人签名")
    yield from people.ending(sheet, paper, *signatures)


def mandate(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """Who sends whom, with what, for how long; an agent who is not chosen yet is a blank."""
    case = paper.case
    yield from flow.title(sheet, filled(paper.wording.title, case.blanks))
    yield from flow.heading(sheet, "委托人")
    yield from flow.table(sheet, people.party_table(case.subject or case.applicant, case))
    yield from flow.heading(sheet, "受委托的人")
    yield from flow.table(sheet, _agent(case.agent or NOBODY))
    for words in paper.wording.text:
        yield from flow.paragraph(sheet, filled(words, case.blanks), gap=10)
    yield from flow.points(sheet, paper.wording.points)
    signatures = people.signature("委托人签名、按手印"), people.signature("受委托人签名、按手印")
    yield from people.ending(sheet, paper, *signatures, people.signature("见证人签名"))


def sums_table(sums: Sums) -> Table:
    """Two sums to a row, and the total where every part is known."""
    cells = [(Cell(one.label), Cell(f"{one.yuan} 元" if one.yuan else "__________ 元")) for one in sums.rows]
    if len(cells) % 2:
        cells.append((Cell(), Cell()))
    rows: list[Row] = [(*cells[at], *cells[at + 1]) for at in range(0, len(cells), 2)]
    total = f"{sums.total} 元" if sums.total else "__________ 元"
    rows.append((named(sums.called, span=3), Cell(total)))
    return Table(SUM_SHARES, tuple(rows))


def _agent(one: Party) -> Table:
    return Table(
        (66, 190, 66, 174),
        (
            (named("姓名"), Cell(one.name), named("身份证号"), Cell(one.number)),
            (named("电话"), Cell(one.phone), named("是什么人"), Cell()),
        ),
    )
