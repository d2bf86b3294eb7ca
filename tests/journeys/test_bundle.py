"""Two matters and a nephew who goes: one list, one walk, told to the county with what went wrong."""

from __future__ import annotations

from typing import Any

from demo import job, stage
from demo.hand import Hand
from demo.village import story
from sync.server import query
from sync.server.postgres import connect


def _lists(play: stage.Stage) -> list[Any]:
    with connect(play.database.url) as connection:
        return [one.body for one in query.bodies(connection, stage.COUNTY, "checklist")]


def test_a_nephew_carries_two_matters_and_his_walk_in_vain_reaches_the_county(
    play: stage.Stage, hand: Hand
) -> None:
    job.unlock(hand)
    _begins_for_both(hand)
    _completes_the_way(hand)
    _looks_before_printing(hand)
    _he_walked_in_vain(hand)
    job.send(hand)

    (paper,) = _lists(play)
    assert (paper["item"], [one["item"] for one in paper["bundled"]]) == ("GE", ["LS"])
    assert (paper["goer"]["role"], paper["goer"]["called"], paper["goer"]["relation"]) == (
        "agent", "小军", "侄子",
    )  # fmt: skip
    titles = [step["title"] for step in paper["steps"]]
    assert titles.index("派出所报失联") < titles.index("法院判决")
    brought = {one["name"] for step in paper["steps"] for one in step.get("papers", ())}
    assert {"代办人身份证", "委托书"} <= brought
    assert paper["steps"][0]["place"]["bus"] == "7:20 村口上车"
    assert paper["going_on"] == "2026-11-23"
    assert [(trip["outcome"], trip["cause"]) for trip in paper["trips"]] == [("白跑了", "W09")]


def _begins_for_both(hand: Hand) -> None:
    hand.click("办事清单")
    hand.click("打办事清单")
    hand.type("找去办事的人", story.SEARCH)
    hand.pick(story.GRANDMOTHER)
    hand.click("办什么事，孩子")
    hand.click("孤儿基本生活费")
    hand.click("办什么事，救急")
    hand.click("临时救助")
    hand.click("别人代办")
    hand.type("怎么称呼他", "小军")
    hand.type("是她什么人", "侄子")
    hand.click("做这张清单")
    hand.wait_for("纸上就是这样")
    hand.wait_for("侄子 小军去。")


def _completes_the_way(hand: Hand) -> None:
    hand.click("地点电话")
    hand.type("几点的车", "7:20 村口上车")


def _looks_before_printing(hand: Hand) -> None:
    hand.click("去打印")
    hand.wait_for("打出来的样子")
    hand.click("哪天去，23日 周一")
    hand.wait_for("11月24日（周二）提醒您打电话，问办成了没有。纸上也写着。")
    hand.click("回去")


def _he_walked_in_vain(hand: Hand) -> None:
    hand.click("跑了一趟")
    hand.click("办成了没有，白跑了")
    hand.click("是什么没弄好，没开门")
    hand.click("记下这一趟")
    hand.wait_for("纸上就是这样")
