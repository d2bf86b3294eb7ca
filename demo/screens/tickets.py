"""Pictures of 首访单: the board and its tabs, a new one, and all that can happen to it."""

from __future__ import annotations

from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story


def board(hand: Hand, gallery: Gallery) -> None:
    """The four tabs."""
    gallery.room("首访单")
    hand.click("首访单")
    gallery.take(hand, "tickets", "我的")
    for tab in ("等别人", "今天到期", "办结"):
        hand.click(tab)
        gallery.take(hand, f"tickets_{len(tab)}", tab)
    hand.click("我的")


def new(hand: Hand, gallery: Gallery) -> None:
    """Who, what, how."""
    hand.click("新首访单")
    gallery.take(hand, "ticket_who_empty", "谁来的")
    hand.type("找来的人", story.SEARCH)
    gallery.take(hand, "ticket_who_found", "谁来的：打字母")
    hand.pick(story.GRANDMOTHER)
    hand.click(f"为谁的事来，{story.GRANDSON}")
    gallery.take(hand, "ticket_who", "为谁的事")
    hand.click("下一步")
    hand.type("照她的原话写", story.WORDS)
    hand.click("是哪样事，孩子")
    hand.click("是哪样事，孤儿基本生活费")
    hand.click("怎么来的，人来的")
    gallery.take(hand, "ticket_what", "什么事")
    hand.click("登记取号")
    gallery.take(hand, "ticket_how", "怎么办")
    hand.click("转出去")
    hand.click("转给谁，枫香镇政府")
    gallery.take(hand, "ticket_transfer", "转给谁")
    hand.click("就这么办")


def to_the_end(hand: Hand, gallery: Gallery) -> None:
    """Waiting, trips, a result, the reply with the five faces, the archive."""
    gallery.take(hand, "ticket_transferred", "转出去了")
    hand.click("等别人")
    gallery.take(hand, "ticket_wait_panel", "在等谁")
    hand.click("在等谁，等公安、法院、医院、核对")
    hand.type("等什么", story.WAITS_FOR)
    hand.click("存好，到时提醒我问")
    gallery.take(hand, "ticket_waits", "等公安、法院")
    hand.click("跑了一趟")
    gallery.take(hand, "ticket_trip", "跑了一趟")
    hand.type("去了哪", story.FIRST_TRIP_WHERE)
    hand.click("办成了没有，办成了")
    hand.click("记下这一趟")
    hand.click("又跑了一趟")
    hand.click("办成了没有，白跑了")
    gallery.take(hand, "ticket_trip_again", "又跑了一趟")
    hand.click("先不填")
    hand.click("来了，接着办")
    hand.type("记一句", "判决拿到了，材料都齐了")
    hand.click("接着办")
    hand.wait_for("有结果了")
    gallery.take(hand, "ticket_in_progress", "接着办")
    hand.click("有结果了")
    gallery.take(hand, "ticket_result", "写结果")
    hand.type("写一句结果", story.RESULT)
    hand.click("存好，去回话")
    gallery.take(hand, "ticket_to_reply", "去回话")
    hand.click("回了话，记下来")
    hand.click(f"怎么告诉{story.GRANDMOTHER}的，当面")
    hand.type("怎么说的", story.REPLY)
    hand.click("5 非常满意")
    gallery.take(hand, "ticket_reply", "回话和五张脸")
    hand.click("本人指的")
    hand.click("回了话，记下来")
    gallery.take(hand, "ticket_replied", "可以归档")
    hand.click("办结归档")
    hand.wait_for("已归档，只能看")
    gallery.take(hand, "ticket_archived", "已归档")
