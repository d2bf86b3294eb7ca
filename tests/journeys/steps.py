"""Short ways through pages that several journeys take, each by the words a worker reads."""

from __future__ import annotations

from tests.journeys.office import Worker


def open_family(hand: Worker, initials: str, name: str) -> None:
    """By the first letters of a name."""
    hand.click("住户")
    hand.type("找住户", initials)
    hand.pick(name)
    hand.wait_for(f"{name}家")


def sign(hand: Worker, *names: str) -> None:
    """With their thumbs, one after the other; then nothing can be changed any more."""
    for name in names:
        hand.click(f"{name} 还没签")
        hand.click("按手印代替")
    hand.click("签好，锁上")
    hand.wait_for("签好，不能改")


def the_other_side_took_it(hand: Worker) -> None:
    """Asked by telephone, from the ticket in sight."""
    hand.click("打完了，记一笔")
    hand.click("对方收了")
    hand.click("记一笔")


def granted(hand: Worker, kind: str, item: str, monthly: str, *people: str) -> None:
    """Written down on the family in sight, from this month on."""
    hand.click("批下来了，记一笔")
    hand.click(f"批下来的是什么，{kind}")
    hand.click(f"批下来的是什么，{item}")
    for name in people:
        hand.click(f"批给谁的，{name}")
    hand.click("这个月起")
    hand.type("每月一共多少钱", monthly)
    hand.click("记到户上")


def answered(hand: Worker, who: str, result: str, told: str) -> None:
    """Result, reply face to face, five of five, closed: from the board to the archive."""
    hand.click("首访单")
    hand.pick(who)
    hand.click("有结果了")
    hand.type("写一句结果", result)
    hand.click("存好，去回话")
    hand.click("回了话，记下来")
    hand.click(f"怎么告诉{who}的，当面")
    hand.type("怎么说的", told)
    hand.click("5 非常满意")
    hand.click("本人指的")
    hand.click("回了话，记下来")
    hand.click("办结归档")
    hand.wait_for("已归档，只能看")
