"""Pictures of the plan of visits: who is due and why, a reason, the day's list and its paper, how far."""

from __future__ import annotations

from demo.hand import Hand
from demo.screens.gallery import Gallery


def plan(hand: Hand, gallery: Gallery) -> None:
    """From whom to see to the printed list, and what of it was kept."""
    gallery.room("走访计划")
    hand.program.window.go("visits", tab="due")
    gallery.take(hand, "plan_due", "该去的，按组")
    hand.click("看哪些，急的")
    gallery.take(hand, "plan_pressing", "急的")
    hand.click("没去成")
    hand.click("为什么没去成，路断了、天气坏")
    gallery.take(hand, "plan_missed", "没去成：为什么")
    hand.click("先不记")
    hand.click("排到今天")
    hand.program.window.go("visits", tab="today")
    gallery.take(hand, "plan_today", "今天的单子")
    hand.click("打单子")
    gallery.take(hand, "plan_paper", "走访单，打出来的样子")
    hand.program.window.go("visits", tab="cover")
    gallery.take(hand, "plan_cover", "去了多少")
    hand.program.window.go("visits", tab="due")
