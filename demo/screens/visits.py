"""Pictures of 走访: the list, the door, six steps, nobody home, a child in danger, signed, corrected."""

from __future__ import annotations

from PySide6.QtTest import QTest

from demo.hand import Hand
from demo.screens.families import TYPING_MS
from demo.screens.gallery import Gallery
from demo.screens.odd import leave_the_box
from demo.village import story


def visit(hand: Hand, gallery: Gallery) -> None:
    """A whole visit at 蒋奶奶's."""
    gallery.room("走访")
    hand.program.window.go("visits", tab="done")
    gallery.take(hand, "visits", "去过的")
    hand.click("新走访")
    gallery.take(hand, "visit_door", "去谁家")
    _absent(hand, gallery)
    _at_home(hand, gallery)
    _signed(hand, gallery)


def _absent(hand: Hand, gallery: Gallery) -> None:
    hand.type("去谁家", "jgy")
    hand.wait_for(story.GRANDMOTHER)
    QTest.qWait(TYPING_MS)
    gallery.take(hand, "visit_door_hits", "去谁家：打字母")
    hand.program.window.go("households", query="tgr")
    hand.settle()
    hand.program.window.go("households", query="覃光荣")
    hand.settle()
    hand.pick("覃光荣")
    hand.click("开始走访")
    hand.click("不在")
    gallery.take(hand, "visit_absent", "人不在")
    hand.click("这份不要了")
    gallery.take(hand, "visit_drop", "不要这份？")
    hand.click("不要这份走访")


def _at_home(hand: Hand, gallery: Gallery) -> None:
    hand.program.window.go("households", query=story.SEARCH)
    hand.settle()
    hand.pick(story.GRANDMOTHER)
    hand.click("开始走访")
    hand.click("在家")
    hand.click("看孩子")
    hand.click(f"见到的是谁，{story.GRANDMOTHER} 户主")
    gallery.take(hand, "visit_1_door", "第 1 步")
    hand.click("下一步")
    gallery.take(hand, "visit_2_family", "第 2 步")
    hand.click("其余都没变")
    hand.click("下一步")
    hand.click("进的钱、花的钱变了没有，还没问过")
    hand.type("种地", "180000")
    leave_the_box(hand)
    gallery.take(hand, "visit_3_odd", "第 3 步：多打了零，念出来就看得见")
    hand.type("种地", "1800")
    hand.click("种地从哪里知道的，自己说的")
    hand.click("其余都是 0")
    gallery.take(hand, "visit_3_income", "第 3 步")
    hand.click("下一步")
    gallery.take(hand, "visit_4_home", "第 4 步")
    hand.click("孩子安不安全，有人伤害孩子")
    gallery.take(hand, "visit_4_danger", "孩子有危险")
    hand.click("孩子安不安全，看着好")
    hand.click("见到人了吗，当面见到")
    hand.click("看到的隐患，电线")
    gallery.take(hand, "visit_4_filled", "第 4 步，填过")
    hand.click("下一步")
    hand.click("要帮什么，读书")
    gallery.take(hand, "visit_5_pointed", "第 5 步：前面说到的，点一下就记")
    hand.click("电线不安全")
    gallery.take(hand, "visit_5_needs", "第 5 步")
    hand.click("不算问题，去掉")
    hand.click("下一步")
    gallery.take(hand, "visit_6_missing", "第 6 步：还差什么")


def _signed(hand: Hand, gallery: Gallery) -> None:
    hand.program.window.go("visits", tab="drafts")
    gallery.take(hand, "visits_unfinished", "没写完的")
    hand.program.window.go("visits", tab="done")
    hand.pick("宋文")
    hand.wait_for("签好，不能改")
    gallery.take(hand, "visit_read", "签好的，只能看")
    hand.click("打印")
    hand.wait_for("存成文件")
    gallery.take(hand, "visit_paper", "走访记录表：先看，再打")
    hand.click("回去")
    hand.click("另写一份更正")
    gallery.take(hand, "visit_correction", "另写一份更正")
    hand.click("这份不要了")
    hand.click("不要这份走访")
    hand.click("民情日记")
    hand.wait_for("存成文件")
    hand.click("这个月")
    gallery.take(hand, "visit_diary", "民情日记")
    hand.click("回去")
