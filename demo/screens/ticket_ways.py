"""Pictures of what is rarely needed of a ticket: come back, joint, papers that follow, joined, explained."""

from __future__ import annotations

from demo.hand import Hand
from demo.screens.gallery import Gallery

UNTAKEN, JOINT, URGENT, JOINED = "彭冬秀", "朱猛", "孙海霞", "彭金莲"
EXPLAINED, TALKED_OVER = "彭正华", "吴国平"


def ways(hand: Hand, gallery: Gallery) -> None:
    """Each on a matter of the village that is at that point."""
    _come_back(hand, gallery)
    _joint(hand, gallery)
    _urgent(hand, gallery)
    _joined(hand, gallery)
    _explained(hand, gallery)
    _talked_over(hand, gallery)
    hand.click("所有首访单")


def _come_back(hand: Hand, gallery: Gallery) -> None:
    _open(hand, UNTAKEN, "我的")
    gallery.take(hand, "ticket_bounced", "没人接，自己退回来了")


def _joint(hand: Hand, gallery: Gallery) -> None:
    _open(hand, JOINT, "我的")
    hand.click("请别处协办")
    hand.click("请谁，别的地方、别的人")
    hand.type("是谁", "镇卫生院")
    hand.type("办什么", "开诊断书")
    gallery.take(hand, "ticket_part", "请别处协办")
    hand.click("请他们办")
    hand.wait_for("协办 0/1")
    gallery.take(hand, "ticket_joint", "一门受理、协同办理")


def _urgent(hand: Hand, gallery: Gallery) -> None:
    _open(hand, URGENT, "等别人", "我的")
    hand.click("容缺先办")
    hand.type("缺哪一样", "诊断证明")
    hand.click("几时补来，一周内")
    gallery.take(hand, "ticket_owe", "容缺先办")
    hand.click("记下，先办")
    hand.wait_for("容缺，先办后补")
    gallery.take(hand, "ticket_urgent", "急难：按小时算，材料后补")


def _joined(hand: Hand, gallery: Gallery) -> None:
    _open(hand, JOINED, "等别人", "我的")
    hand.click("和别的单是一件事")
    gallery.take(hand, "ticket_join", "和别的单是一件事")
    hand.click("先不填")


def _explained(hand: Hand, gallery: Gallery) -> None:
    _open(hand, EXPLAINED, "我的")
    hand.click("讲清了，记下来")
    hand.click("讲了哪几条，高龄津贴：谁能办")
    hand.click("这件事是哪一种，不合规定，办不了")
    gallery.take(hand, "ticket_explain", "讲清政策：拟定，由镇里再看一遍")
    hand.click("先不填")


def _talked_over(hand: Hand, gallery: Gallery) -> None:
    _open(hand, TALKED_OVER, "等别人", "我的")
    hand.click("打完了，记一笔")
    hand.click("议了没有，议定了")
    gallery.take(hand, "ticket_decided", "一事一议：谁定的、怎么定的")
    hand.click("先不填")


def _open(hand: Hand, name: str, *tabs: str) -> None:
    """From the board, by the name in the row; it stands under one of `tabs`."""
    hand.click("首访单")
    for tab in tabs:
        hand.click(tab)
        if hand.eyes.row(name):
            break
    hand.pick(name)
