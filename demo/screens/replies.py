"""Pictures of what the citizen gets back: a ticket found, a certificate spared and where to turn."""

from __future__ import annotations

from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story


def found(hand: Hand, gallery: Gallery) -> None:
    """A ticket found by letters, and the sieve."""
    hand.click("首访单")
    hand.type("在首访单里找", "xd")
    gallery.take(hand, "ticket_found", "找单子")
    hand.clear("在首访单里找")
    hand.click("筛一筛")
    gallery.take(hand, "ticket_sieve", "筛一筛")
    hand.click("筛一筛")


def spared(hand: Hand, gallery: Gallery) -> None:
    """A certificate the village should not issue: noticed, handed over, and her slip."""
    hand.click("首访单")
    hand.click("新首访单")
    hand.type("找来的人", story.SEARCH)
    hand.pick(story.GRANDMOTHER)
    hand.click("下一步")
    hand.type("照她的原话写", "崽走了，要村里开个死亡证明。")
    gallery.take(hand, "ticket_alike", "已经有一张；要开证明")
    hand.click("是，要开证明")
    hand.click("登记取号")
    gallery.take(hand, "ticket_spared", "不用村里开证明")
    hand.click("转给枫香镇卫生院，打张单子给她")
    gallery.take(hand, "ticket_slip", "回执单")
    hand.click("回去")
    gallery.take(hand, "ticket_handed_over", "转出去了，单子打了")
