"""蒋奶奶's matter as a worker does it, from visit to county; every step by the words she reads."""

from __future__ import annotations

from collections.abc import Callable

from demo.hand import Hand
from demo.village import story

Say = Callable[[str], None]
ALL_SENT = "全部传好了，县里已收到。"
CUT_SHORT = ("没有网，照常用。", "县里的机器忙", "断了。", "传到一半断了。")
TIMES_TO_PRESS = 3


def grandmothers_job(hand: Hand, say: Say) -> None:
    """From the lock page to 全部传好了, on a village that is in the store already."""
    unlock(hand)
    say("  开了锁")
    find_family(hand)
    say(f"  找到{story.GRANDMOTHER}家（只打了 {story.SEARCH}）")
    visit(hand)
    say("  走访签好锁上")
    ticket(hand)
    say("  首访单登记、转办、等法院")
    checklist(hand)
    say("  办事清单做好")
    look_around(hand)
    send(hand)
    say("  传到县里")


def unlock(hand: Hand) -> None:
    """The lock page."""
    hand.picture("lock")
    hand.type("口令", story.PASSPHRASE)
    hand.click("开锁")
    hand.wait_for("今天有")
    hand.picture("today")


def find_family(hand: Hand) -> None:
    """By initials."""
    hand.click("住户")
    hand.picture("households")
    hand.type("找住户", story.SEARCH)
    hand.pick(story.GRANDMOTHER)
    hand.wait_for(f"{story.GRANDMOTHER}家")
    hand.picture("family")


def visit(hand: Hand) -> None:
    """At her door: the form in six steps, signed and locked."""
    hand.click("开始走访")
    hand.click("在家")
    hand.click("看孩子")
    hand.click("见到的是谁，蒋桂英 户主")
    hand.picture("visit_1_door")
    hand.click("下一步")
    hand.click("其余都没变")
    hand.picture("visit_2_family")
    hand.click("下一步")
    hand.click("进的钱、花的钱变了没有，还没问过")
    hand.type("种地", "1800")
    hand.click("种地从哪里知道的，自己说的")
    hand.click("居民养老金，还没填")
    hand.type("居民养老金", "1680")
    hand.click("居民养老金从哪里知道的，看了流水")
    hand.picture("visit_3_income")
    hand.click("下一步")
    hand.click("孩子安不安全，看着好")
    hand.click("见到人了吗，当面见到")
    hand.click("说话精神怎样，跟平常一样")
    hand.picture("visit_4_home")
    hand.click("下一步")
    hand.click("要帮什么，读书")
    hand.click("讲了哪些政策，孤儿")
    hand.picture("visit_5_needs")
    hand.click("下一步")
    hand.click("按手印代替")
    hand.picture("visit_6_sign")
    hand.click("蒋桂英 还没签")
    hand.click("按手印代替")
    hand.click("签好，锁上")
    hand.wait_for("签好")
    hand.picture("visit_signed")


def ticket(hand: Hand) -> None:
    hand.click("首访单")
    hand.picture("tickets")
    hand.click("新首访单")
    hand.type("找来的人", story.SEARCH)
    hand.picture("ticket_1_who")
    hand.pick(story.GRANDMOTHER)
    hand.click(f"为谁的事来，{story.GRANDSON}")
    hand.click("下一步")
    hand.type("照她的原话写", story.WORDS)
    hand.click("是哪样事，孩子")
    hand.click("是哪样事，孤儿基本生活费")
    hand.click("怎么来的，人来的")
    hand.picture("ticket_2_what")
    hand.click("登记取号")
    hand.click("转出去")
    hand.click("转给谁，枫香镇政府")
    hand.picture("ticket_3_how")
    hand.click("就这么办")
    hand.picture("ticket_story")
    hand.click("等别人")
    hand.click("在等谁，等公安、法院、医院、核对")
    hand.type("等什么", story.WAITS_FOR)
    hand.click("存好，到时提醒我问")
    hand.picture("ticket_waits")


def checklist(hand: Hand) -> None:
    """From the ticket: what she must bring, where, to whom; with the very paper beside it."""
    hand.click("打办事清单")
    hand.picture("checklist_begin")
    hand.click("做这张清单")
    hand.wait_for("纸上就是这样")
    hand.picture("checklist_1_police")
    hand.click("镇里交材料")
    hand.click("全家户口簿，家里有")
    hand.picture("checklist_3_papers")
    hand.click("地点电话")
    hand.picture("checklist_place")
    hand.click("去打印")
    hand.wait_for("打出来的样子")
    hand.picture("checklist_print")


def paper(hand: Hand) -> None:
    """Out of the printer, seen, and noted."""
    hand.click(f"打给{story.GRANDMOTHER_CALLED}")
    hand.wait_for("打出来了吗？")
    hand.click("打好了")
    hand.wait_for("打过了")


def take_away(hand: Hand) -> None:
    """The same paper as a file, to be printed in the township."""
    hand.pick(story.GRANDMOTHER)
    hand.click("去打印")
    hand.click("存成文件")
    hand.click("晓得了，去存")
    hand.wait_for("存好了。")


def look_around(hand: Hand) -> None:
    """The pages the job did not need."""
    for name, picture in (
        ("政策", "policies"),
        ("办事清单", "checklists"),
        ("走访", "visits"),
        ("首访单", "tickets"),
    ):
        hand.click(name)
        hand.picture(picture)
    hand.program.window.go("settings")
    hand.picture("settings")


def send(hand: Hand) -> None:
    """To the county, by the button."""
    hand.click("同步")
    hand.wait_for("等着上传")
    hand.picture("sync_waiting")
    for _ in range(TIMES_TO_PRESS):
        hand.click("现在上传")
        # When a round was cut short the page says so, and a worker presses again.
        if hand.wait_for(ALL_SENT, *CUT_SHORT) == ALL_SENT:
            break
    hand.wait_for(ALL_SENT)
    hand.picture("sync_done")
