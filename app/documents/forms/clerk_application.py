"""社会救助申请书: who applies for what, who lives there, and room for the reason in her own words.

Fields after the published sheets (兰山区 2018 附件 2, 重庆 附件 6, 湘潭市审批表); the offices' own boxes are
left to the offices.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.forms import clerk_flow as flow
from app.documents.forms import clerk_people as people
from app.documents.forms.clerk_flow import Part
from app.documents.forms.clerk_table import Cell, Row, Table, named
from app.documents.paper import Sheet
from app.domain.papers.paperwork_case import FormCase, FormPaper

REASON_ROOM = 96.0
SHARES = (100, 396)


def parts(sheet: Sheet, paper: FormPaper) -> Iterator[Part]:
    """The paper from its title to the signatures."""
    case = paper.case
    yield from people.opening(sheet, paper)
    yield from flow.heading(sheet, "申请人（监护人）" if case.subject else "申请人")
    yield from flow.table(sheet, people.party_table(case.applicant, case, money=case.subject is None))
    if case.subject:
        yield from flow.heading(sheet, "给谁申请")
        yield from flow.table(sheet, people.party_table(case.subject, case, money=True))
    yield from flow.heading(sheet, f"住在一起的家里人，共 {len(case.members)} 口")
    yield from flow.table(sheet, people.members_table(case.members))
    yield from people.obliged(sheet)
    yield from flow.heading(sheet, "家里的情况")
    yield from flow.table(sheet, Table(SHARES, tuple(_facts(case))))
    reason = (named("为什么申请"), Cell())
    yield from flow.table(sheet, Table(SHARES, (reason,), (), REASON_ROOM), gap=0)
    signatures = [people.signature("申请人签名、按手印"), people.signature("代办人签名")]
    yield from people.ending(sheet, paper, *signatures, people.signature("乡镇受理人"))


def _facts(case: FormCase) -> Iterator[Row]:
    home = case.home
    yield named("户类型"), Cell(home.classes)
    known = f"{home.income} 元（{people.day_words(home.income_on)}走访）" if home.income_on else ""
    yield named("近 12 个月全家收入"), Cell(known or "__________ 元")
    yield named("正在领的待遇"), Cell(_benefits(case))
    kin = "√ 有，是 ____________" if home.near_kin else "□ 没有    □ 有，是 ____________"
    yield named("家里有人是经办人或村干部的近亲属"), Cell(kin)


def _benefits(case: FormCase) -> str:
    return "；".join(f"{one.name} {one.benefits}" for one in case.members if one.benefits)
