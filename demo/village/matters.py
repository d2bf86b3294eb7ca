"""The matters on the worker's desk and those already ended, each a short story."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from app.domain.people.person import Person
from app.domain.tickets.ticket import Disposition, State, Trip
from demo.village.telling import Teller

TOWN = "枫香镇民政办"
INSTANT, TRANSFER = Disposition.INSTANT, Disposition.TRANSFER
DELIBERATION, EXPLAIN = Disposition.DELIBERATION, Disposition.EXPLAIN


class Days(Protocol):
    """Counts moments and working days from the village's day."""

    def at(self, days: int, clock: str) -> datetime: ...
    def workday(self, count: int) -> date: ...


def open_matters(t: Teller, days: Days) -> dict[int, str]:
    """Thirteen open tickets in every state that has to wait for somebody; edge cases by number."""
    scenarios: dict[int, str] = {}
    for name, place, tell in _OPEN:
        if who := t.cast.find(name, place):
            edge, ticket = tell(t, days, who)
            if edge:
                scenarios[edge] = ticket
    return scenarios


def _review(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-22, "9:40"), "低保复核的表交了，几时有信？", "DB")
    t.decide(ticket, TRANSFER, d.at(-22, "9:48"), d.workday(0), TOWN)
    t.accepted(ticket, d.at(-21, "10:05"), "田志强已收。我还要跟到底。")
    t.note(ticket, d.at(-9, "15:20"), "打电话回访", "家里都好，等镇里的信。")
    t.resolve(ticket, d.at(-1, "16:30"), "复核过了，低保照旧，金额不变。")
    return 0, ticket


def _certificate(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-8, "10:15"), "残疾证要到期了，换证找哪个？", "CZ")
    t.decide(ticket, TRANSFER, d.at(-8, "10:20"), d.workday(2), "区残联")
    t.accepted(ticket, d.at(-7, "9:00"), "区残联已收。")
    t.waits(ticket, d.at(-6, "11:10"), "二寸照片两张", external=False)
    return 0, ticket


def _court(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-21, "14:30"), "孙女的爸妈都冒得信，判决几时下来？", "GE")
    t.decide(ticket, TRANSFER, d.at(-21, "14:40"), d.workday(5), TOWN)
    t.accepted(ticket, d.at(-20, "9:30"), "镇里已收，要等法院判决。")
    t.waits(ticket, d.at(-18, "16:00"), "法院判决", external=True)
    t.change(ticket, trips=(Trip(d.at(-14, "9:00").date(), "枫香派出所", "办成了"),))
    t.note(ticket, d.at(-14, "17:00"), "跑了第 1 趟", "枫香派出所：办成了")
    t.call_back(who, d.at(-7, "10:00"), d.workday(0), "法院走到哪一步", ticket)
    return 0, ticket


def _transplant(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-12, "16:10"), "换了肾，钱借遍了，两个伢儿还细。", "DB", channel="visit")
    t.decide(ticket, TRANSFER, d.at(-12, "16:20"), d.workday(3), TOWN)
    t.accepted(ticket, d.at(-11, "9:10"), "田志强已收，约好下周入户核查。")
    t.call_back(who, d.at(-4, "9:00"), d.workday(1), "入户核查的人来过没有", ticket)
    return 0, ticket


def _urgent(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    """㉒ Help within 24 hours: she fell ill on the road and has no money for the hospital."""
    words = "病来得急，住院的钱冒得，人也不想说话。"
    help_by = d.at(1, "16:40")
    ticket = t.register(who, d.at(-1, "16:40"), words, "LS", channel="visit", urgent=True, due_at=help_by)
    t.decide(ticket, TRANSFER, d.at(-1, "16:45"), help_by.date(), TOWN)
    t.note(ticket, d.at(-1, "16:50"), "打电话催办", "镇里说备用金先给，手续后补。")
    return 22, ticket


def _objection(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    """㉑ An objection to a public notice."""
    ticket = t.register(who, d.at(-5, "8:50"), "公示贴出来，有人讲我儿子在外头挣钱，不该吃低保。", "DB")
    t.decide(ticket, DELIBERATION, d.at(-5, "9:20"), d.workday(6), TOWN)
    t.note(ticket, d.at(-4, "15:00"), "上门核实", "儿子五年没回，电话打不通。左右邻居都这么说。")
    return 21, ticket


def _flood(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-40, "9:00"), "崽和媳妇落了水没找到，孙女往后怎么办？", "GE")
    t.decide(ticket, TRANSFER, d.at(-40, "9:30"), d.workday(9), TOWN)
    t.accepted(ticket, d.at(-39, "10:00"), "镇里已收，先走法院宣告。")
    t.waits(ticket, d.at(-35, "15:00"), "法院宣告", external=True)
    t.call_back(who, d.at(-8, "9:00"), d.workday(-1), "法院公告满期了没有", ticket, 1)
    return 0, ticket


def _soon_eighty(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-1, "10:30"), "过两天满八十了，是不是有钱领？", "GL")
    t.decide(ticket, EXPLAIN, d.at(-1, "10:35"), d.workday(1))
    return 0, ticket


def _insurance(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-9, "11:00"), "住院的发票拿回来了，到哪里报？", "YJ", channel="call")
    t.decide(ticket, TRANSFER, d.at(-9, "11:10"), d.workday(-1), "镇医保窗口")
    return 0, ticket


def _father_in_prison(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(0, "8:40"), "他爸爸进去了，妈妈几年没信，伢儿有没有补助？", "SW")
    return 0, ticket


def _hard_months(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-3, "15:30"), "老两口都看病，这几个月转不开。", "LS", channel="visit")
    t.decide(ticket, TRANSFER, d.at(-3, "15:40"), d.workday(4), TOWN)
    t.accepted(ticket, d.at(-2, "9:20"), "镇里已收。")
    return 0, ticket


def _after_me(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-6, "14:00"), "我走了以后，这个崽哪个管？", "TK", channel="visit")
    t.decide(ticket, DELIBERATION, d.at(-6, "14:20"), d.workday(8), TOWN)
    return 0, ticket


def _aunt_of_an_officer(t: Teller, d: Days, who: Person) -> tuple[int, str]:
    ticket = t.register(who, d.at(-2, "9:00"), "想问下低保，侄儿在村里做事要不要紧？", "DB")
    t.decide(ticket, TRANSFER, d.at(-2, "9:15"), d.workday(3), TOWN)
    return 0, ticket


_OPEN = (
    ("李桂英", "茶园组 9号", _review),
    ("田国富", "", _certificate),
    ("覃腊梅", "", _court),
    ("朱猛", "", _transplant),
    ("孙海霞", "", _urgent),
    ("吴国平", "", _objection),
    ("卓先福", "", _flood),
    ("彭正华", "", _soon_eighty),
    ("彭冬秀", "", _insurance),
    ("熊兴旺", "", _father_in_prison),
    ("向先福", "老屋组 7号", _hard_months),
    ("杨银秀", "", _after_me),
    ("彭金莲", "", _aunt_of_an_officer),
)

# What thirteen people asked, and how it ended: days ago, item, words, result.
_ENDED = (
    (84, "GL", "满八十了，高龄津贴怎么办？", "已报镇里，下月起发。"),
    (79, "CH", "护理补贴这个月没到账。", "银行卡换过，改好账号，已补发。"),
    (73, "Z01", "要开个亲属关系的证明。", "不用村里开，派出所查得到，已替他问好。"),
    (66, "DB", "家里添了人，低保要不要改？", "已报增加一人，镇里核过了。"),
    (61, "YJ", "慢病本子在哪里办？", "镇医保窗口当天办好。"),
    (55, "CZ", "残疾证丢了。", "区残联已补发。"),
    (48, "LS", "房子漏雨，修不起。", "临时救助已发，屋面修好了。"),
    (41, "GL", "老娘的津贴领到哪里去了？", "在她自己的社保卡上，陪她查了。"),
    (36, "KT", "伢儿放学没人管。", "进了儿童之家，每天下午有人看。"),
    (29, "DB", "隔壁讲低保要重新评？", "讲清了复核的日子和要带的东西。"),
    (24, "ZM", "学校要贫困证明减学费。", "不用证明，学校自己能查，已替她联系。"),
    (17, "CS", "有残疾证，怎么没补贴？", "补上低保证明，下月起发。"),
    (11, "YD", "优待证在哪里办？", "当场代办，证已送到家。"),
)


def ended_matters(t: Teller, d: Days) -> None:
    """Thirteen matters told to their end; one of them cost its citizen a second journey."""
    homes = [home for home in t.cast.of_class("DB", "TK", "JC", "TP") if t.cast.at_home(home)]
    for number, (ago, item, words, result) in enumerate(_ENDED):
        who = t.cast.at_home(homes[number * 7 % len(homes)]) if homes else None
        if who is None:
            return
        ticket = t.register(who, d.at(-ago, "9:20"), words, item)
        t.decide(ticket, INSTANT, d.at(-ago, "9:30"), d.at(-ago, "9:30").date())
        if number == 5:
            _second_journey(t, d, ticket, ago)
        t.resolve(ticket, d.at(-ago + 3, "15:00"), result)
        t.finish(ticket, d.at(-ago + 4, "16:00"), result, 5 if number % 4 else 4)


def _second_journey(t: Teller, d: Days, ticket: str, ago: int) -> None:
    first, second = d.at(-ago + 1, "9:00").date(), d.at(-ago + 2, "9:00").date()
    trips = (Trip(first, "区残联", "照片不合格"), Trip(second, "区残联", "办成了", "W05"))
    t.change(ticket, trips=trips)
    t.move(ticket, State.WAITING_APPLICANT, d.at(-ago + 1, "17:00"), "等照片", waiting_for="二寸白底照片")
