"""耒阳's orphan case on the real pages and a real county: from the first word to the last reply."""

from __future__ import annotations

from typing import Any

from app.domain.tickets.ticket import State
from demo import job, stage
from demo.hand import Hand
from demo.village import story
from sync.server import query
from sync.server.postgres import connect
from tests.desks import Clock


def _county(play: stage.Stage, kind: str) -> list[Any]:
    with connect(play.database.url) as connection:
        return [one.body for one in query.bodies(connection, stage.COUNTY, kind)]


def _hers(play: stage.Stage) -> Any:
    return next(body for body in _county(play, "ticket") if body["request"] == story.WORDS)


def test_the_grandmother_s_matter_is_seen_through(play: stage.Stage, hand: Hand, clock: Clock) -> None:
    job.unlock(hand)
    _learns_of_the_policy(hand)
    job.find_family(hand)
    job.visit(hand)
    job.ticket(hand)
    job.checklist(hand)
    job.send(hand)
    assert _hers(play)["state"] == State.WAITING_EXTERNAL
    (paper,) = _county(play, "checklist")
    assert [step["title"] for step in paper["steps"] if step.get("external")] == ["派出所报失联", "法院判决"]

    clock.forward(days=7)
    _the_call_is_due_and_made(hand)
    _she_is_accompanied_to_the_police(hand)
    _the_papers_are_complete(hand)
    _she_is_told_and_it_is_closed(hand)
    job.send(hand)

    ticket = _hers(play)
    assert ticket["state"] == State.ARCHIVED
    assert ticket["received_by"] == ticket["owner"]
    assert ticket["satisfaction"] == 5
    assert len(ticket["trips"]) == 1
    verbs = [body["verb"] for body in _county(play, "ticket_event") if body["ticket"] == _id_of(play)]
    assert verbs[0] == "登记"
    assert verbs[-2:] == ["办结", "归档"]
    assert "打电话回访" in verbs


def _id_of(play: stage.Stage) -> str:
    with connect(play.database.url) as connection:
        rows = query.bodies(connection, stage.COUNTY, "ticket")
        return next(one.record for one in rows if one.body["request"] == story.WORDS)


def _learns_of_the_policy(hand: Hand) -> None:
    hand.click("政策")
    hand.type("问政策", "没爹没娘")
    hand.pick("孤儿基本生活费")
    hand.wait_for("孩子的事不公示")


def _the_call_is_due_and_made(hand: Hand) -> None:
    hand.click("今日")
    hand.pick("问蒋桂英")
    hand.type("还说了什么", story.FOLLOW_UP_OUTCOME)
    hand.click("下次什么时候联系，一周后")
    hand.click("打完了，记一笔")


def _she_is_accompanied_to_the_police(hand: Hand) -> None:
    hand.click("首访单")
    hand.click("等别人")
    hand.pick("蒋桂英")
    hand.click("跑了一趟")
    hand.type("去了哪", story.FIRST_TRIP_WHERE)
    hand.click("办成了没有，办成了")
    hand.click("记下这一趟")
    hand.wait_for("跑了第 1 趟")


def _the_papers_are_complete(hand: Hand) -> None:
    hand.click("首访单")
    hand.click("等别人")
    hand.pick("蒋桂英")
    hand.click("来了，接着办")
    hand.type("记一句", "判决拿到了，户口本、照片、银行卡都齐了")
    hand.click("接着办")
    hand.wait_for("有结果了")


def _she_is_told_and_it_is_closed(hand: Hand) -> None:
    hand.click("有结果了")
    hand.type("写一句结果", story.RESULT)
    hand.click("存好，去回话")
    hand.click("回了话，记下来")
    hand.click("怎么告诉蒋桂英的，当面")
    hand.type("怎么说的", story.REPLY)
    hand.click("5 非常满意")
    hand.click("本人指的")
    hand.click("回了话，记下来")
    hand.click("办结归档")
    hand.wait_for("已归档，只能看")
