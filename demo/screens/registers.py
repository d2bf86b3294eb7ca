"""Pictures of 台账: each register, a form, a refusal, a line opened, and what hangs on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.actions.registers import notices, reviews, seals, tellings
from app.actions.registers.notices import Sheet
from app.actions.registers.seals import Stamp
from app.actions.registers.tellings import Gathering, Telling
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.registers.event import EventKind
from app.domain.registers.public_notice import NoticeKind
from app.domain.registers.publicity import Channel
from app.domain.registers.review import Meeting, Recusal
from app.domain.registers.seal import SealUse
from demo.hand import Hand
from demo.screens.gallery import Gallery

TABS = (("评议", "reviews"), ("公示", "notices"), ("宣传", "publicity"), ("慰问", "events"))


def registers(hand: Hand, gallery: Gallery) -> None:
    """From the empty register to the sheet for the wall."""
    gallery.room("台账")
    hand.program.window.go("registers")
    gallery.take(hand, "registers_empty", "还没记过")
    hand.click("记一笔")
    gallery.take(hand, "register_seal_form", "记一笔用章")
    hand.click("盖在哪一种上，证明")
    hand.type("盖在什么上", "亲属关系证明")
    hand.wait_for("打一张给她")
    gallery.take(hand, "register_seal_refused", "不该盖的，马上说")
    hand.click("先放一放")
    gallery.take(hand, "registers_begun", "没记完的一笔")
    hand.click("丢掉")
    hand.program.tasks.run(hand.program, _fill)
    hand.settle()
    hand.program.window.go("registers", book="seal_log")
    gallery.take(hand, "registers_seals", "用章")
    hand.click("打出来贴")
    gallery.take(hand, "register_posted", "用章公示，贴墙上的")
    hand.click("回去")
    for tab, name in TABS:
        hand.click(tab)
        gallery.take(hand, f"registers_{name}", tab)
    _opened(hand, gallery)


def _opened(hand: Hand, gallery: Gallery) -> None:
    hand.click("评议")
    hand.pick("最低生活保障")
    gallery.take(hand, "register_review", "一次评议")
    hand.click("打会议记录")
    gallery.take(hand, "register_minutes", "会议记录")
    hand.click("回去")
    hand.click("回台账")
    hand.click("记一笔")
    gallery.take(hand, "register_review_form", "记一笔评议")
    hand.click("先放一放")
    hand.click("公示")
    hand.pick("低保初审意见")
    gallery.take(hand, "register_notice", "一张公示，有人提意见")
    hand.click("回台账")
    hand.click("记一笔")
    hand.click("公示哪一种，初审意见")
    gallery.take(hand, "register_notice_form", "记一笔公示")
    hand.click("先放一放")


def _fill(desk: Desk) -> None:
    """A few lines of the last months; the families are the village's own."""
    homes = [one for one in desk.store.reading.each(Household) if "DB" in one.classes and one.head]
    heads = desk.store.reading.many(Person, [one.head for one in homes[:3]])
    first, day = heads[0], desk.today
    stamp = Stamp(
        date(day.year, day.month - 2, 9), SealUse.APPLICATION, "低保申请表", first.name, "送镇里", "田主任",
        "彭文书", person=first.id, household=first.household,
    )  # fmt: skip
    seals.add(desk, stamp)
    for one in heads[1:]:
        told = replace(stamp, on=None, paper="高龄津贴申请表", who=one.name, person=one.id)
        seals.add(desk, replace(told, household=one.household))
    reviews.add(
        desk,
        Meeting(
            None, first.household, "DB", who=first.name, person=first.id, place="村部二楼", host="镇里田干部",
            expected=21, attended=18, representatives=14, recused=(Recusal("覃大山"),), agree=15, against=1,
            abstain=1, minutes="都说这家难，地里收得少。",
        ),
    )  # fmt: skip
    sheet = Sheet(
        None, NoticeKind.OPINION, "低保初审意见", "村部公示栏", desk.worker_name, item="DB",
        household=first.household, person=first.id,
    )  # fmt: skip
    posted = notices.post(desk, sheet)
    notices.object_to(desk, posted.id, "他儿子在外头挣钱")
    tellings.tell(
        desk, Telling(None, Channel.LOUDSPEAKER, "高龄津贴怎么领", reached=300, told_by=desk.worker_name)
    )
    tellings.hold(desk, Gathering(None, EventKind.CARE, "看独居老人", people=3, money_fen=60_000))
