"""The parts many office forms share: who applies, who lives there, who signs and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Part
from app.documents.forms.clerk_table import WRITING_ROW, Cell, Row, Table, heads, named
from app.documents.paper import Sheet
from app.documents.typography.typeset import phone
from app.domain.papers.paperwork import filled
from app.domain.papers.paperwork_case import FormCase, FormPaper, Party

DAY = "____ 年 ___ 月 ___ 日"
MEMBER_SHARES = (80, 62, 132, 86, 76, 60)
OBLIGED_ROWS = 3


def opening(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """The title and what the paper says before its tables."""
    facts = paper.case.blanks
    yield from flow.title(sheet, filled(paper.wording.title, facts))
    for words in paper.wording.text:
        yield from flow.paragraph(sheet, filled(words, facts))


def ending(sheet: Sheet, paper: FormPaper, *signatures: Row) -> Iterator[Part]:
    """What stands above the signatures, and the signatures, together on one page."""
    yield from flow.held(_ending(sheet, paper, signatures))


def signature(who: str) -> Row:
    """Room for one name, a thumb and the day."""
    return (named(who), Cell(), named("日期"), Cell(DAY, align=0.5))


SIGNATURE_SHARES = (130, 168, 50, 148)


def party_table(one: Party, case: FormCase, *, money: bool = False) -> Table:
    """What an office asks of the person a paper is about."""
    age = f"{one.age} 岁" if one.age else ""
    given: list[Row] = [
        (named("姓名"), Cell(one.name), named("性别"), Cell(one.sex), named("民族"), Cell(one.ethnic)),
        (
            named("身份证号"), Cell(one.number, span=3), named("年龄"), Cell(age),
        ),
        (named("住址"), Cell(_address(case), span=3), named("户口类别"), Cell(case.home.hukou)),
        (
            named("电话"), Cell(phone(one.phone or case.home.phone)), named("婚姻"), Cell(one.marital),
            named("文化"), Cell(one.education),
        ),
    ]  # fmt: skip
    if money:
        given.append((named("开户银行"), Cell(one.bank), named("账号"), Cell(one.account, span=3)))
    return Table((66, 130, 50, 84, 66, 100), tuple(given))


def members_table(members: Sequence[Party]) -> Table:
    """The people who live together, with what an office asks of each."""
    return Table(
        MEMBER_SHARES,
        tuple(
            (
                Cell(one.name),
                Cell(one.relation),
                Cell(one.number),
                Cell(one.health),
                Cell(one.school or one.ability),
                Cell("在外" if one.away else ""),
            )
            for one in members
        ),
        (heads("姓名", "与户主关系", "身份证号", "身体", "读书或劳动能力", "备注"),),
    )


def obliged(sheet: Sheet) -> Iterator[Part]:
    """Those who must support the family and do not live with it: nobody has recorded them, so blanks."""
    yield from flow.heading(sheet, "不住在一起，但有赡养、抚养、扶养义务的人")
    blank: Row = (Cell(), Cell(), Cell(), Cell(), Cell())
    head = heads("姓名", "是什么人", "身份证号", "做什么事", "电话")
    yield from flow.table(sheet, Table((80, 70, 140, 96, 110), (blank,) * OBLIGED_ROWS, (head,)))


def day_words(day: date) -> str:
    """`2026年11月20日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def _ending(sheet: Sheet, paper: FormPaper, signatures: Sequence[Row]) -> Iterator[Part]:
    for words in paper.wording.closing:
        yield from flow.paragraph(sheet, filled(words, paper.case.blanks))
    if signatures:
        yield from flow.table(sheet, Table(SIGNATURE_SHARES, tuple(signatures), (), WRITING_ROW), gap=10)


def _address(case: FormCase) -> str:
    return f"{case.home.village} {case.home.place}".strip()
