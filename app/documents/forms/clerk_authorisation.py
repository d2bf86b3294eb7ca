"""家庭经济状况核对授权书: every grown-up signs; those away are named, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.forms import clerk_flow as flow
from app.documents.forms import clerk_people as people
from app.documents.forms.clerk_flow import Part
from app.documents.forms.clerk_table import WRITING_ROW, Cell, Row, Table, heads
from app.documents.paper import Sheet
from app.domain.papers.paperwork_case import FormPaper, Party

SHARES = (98, 66, 132, 124, 76)
BLANK_SIGNERS = 2


def parts(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """The paper from its title to the last signature."""
    case = paper.case
    yield from people.opening(sheet, paper)
    yield from flow.heading(sheet, f"要签名的大人，共 {len(case.grown_up)} 人")
    head = heads("姓名", "与户主关系", "身份证号", "签名、按手印", "日期")
    grown_up = tuple(_signer(one) for one in case.grown_up)
    yield from flow.table(sheet, Table(SHARES, grown_up, (head,), WRITING_ROW))
    if case.minors:
        yield from flow.heading(sheet, "没满 18 岁的，由监护人签名")
        under = heads("姓名", "与户主关系", "身份证号", "监护人签名、按手印", "日期")
        yield from flow.table(sheet, Table(SHARES, tuple(map(_minor, case.minors)), (under,), WRITING_ROW))
    yield from flow.heading(sheet, "不住在一起，但有赡养、抚养、扶养义务的人")
    blank: Row = (Cell(), Cell(), Cell(), Cell(), Cell())
    beyond = heads("姓名", "是什么人", "身份证号", "签名、按手印", "日期")
    yield from flow.table(sheet, Table(SHARES, (blank,) * BLANK_SIGNERS, (beyond,), WRITING_ROW))
    away = "、".join(one.name for one in case.grown_up if one.away)
    if away:
        yield from flow.paragraph(sheet, f"现在在外地，还要补签的：{away}。")
    yield from people.ending(sheet, paper)


def _signer(one: Party) -> Row:
    name = f"{one.name}（在外）" if one.away else one.name
    return (Cell(name), Cell(one.relation), Cell(one.number), Cell(), Cell())


def _minor(one: Party) -> Row:
    whose = f"监护人 {one.guardian}" if one.guardian else ""
    return (Cell(one.name), Cell(one.relation), Cell(one.number), Cell(whose), Cell())
