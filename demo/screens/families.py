"""Pictures of 今日 and 住户: the day, a family, namesakes, a new one, a roster with mistakes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest

from app.tables import roster_out
from demo import stage
from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story
from demo.village.village import generate
from ui.pages.import_roster import ImportRosterPage

HOMES = 12
TYPING_MS = 400  # the search waits for a pause in typing


def empty_village(hand: Hand, gallery: Gallery, play: stage.Stage) -> None:
    """What a computer shows before it holds anybody, and the roster that fills it."""
    gallery.room("还没有人")
    for name, words in (
        ("today", "今日"),
        ("households", "住户"),
        ("visits", "走访"),
        ("tickets", "首访单"),
        ("checklists", "办事清单"),
        ("sync", "同步"),
    ):
        hand.program.window.go(name)
        gallery.take(hand, f"empty_{name}", f"{words}，还什么都没有")
    hand.program.window.go("import")
    gallery.take(hand, "import", "导入：选一个表格")
    space = hand.program.window.workspace
    page = space.page() if space else None
    assert isinstance(page, ImportRosterPage)
    page.read(_with_mistakes(play))
    gallery.take(hand, "import_problems", "导入：哪几行要改")
    hand.click("只导好的")
    gallery.take(hand, "imported", "导好了")


def _with_mistakes(play: stage.Stage) -> Path:
    village = generate(stage.SEED, story.ON)
    homes = village.households[:HOMES]
    people = [one for one in village.people if one.household in {home.id for home in homes}]
    first, second = people[0], people[3]
    people[0] = replace(first, id_number=first.id_number[:-1] + ("1" if first.id_number[-1] != "1" else "2"))
    people[3] = replace(second, name="")
    sheet = play.roster.with_name("mistakes.xlsx")
    sheet.write_bytes(roster_out.write(homes, people, simulated=True))
    return sheet


def today(hand: Hand, gallery: Gallery) -> None:
    """The day, the search above every page, the menu's place."""
    gallery.room("今日")
    hand.click("今日")
    gallery.take(hand, "today", "今天有几件事")
    hand.type("找人、找户、找单子", "lgy")
    hand.wait_for("李桂英")
    QTest.qWait(TYPING_MS)
    gallery.take(hand, "search", "找人、找户、找单子")
    hand.type("找人、找户、找单子", "zzzz")
    QTest.qWait(TYPING_MS)
    gallery.take(hand, "search_nothing", "没找到")


def households(hand: Hand, gallery: Gallery) -> None:
    """Groups, hits, no hit, a family, namesakes, somebody moved out, a new family."""
    gallery.room("住户")
    hand.click("住户")
    gallery.take(hand, "households", "按组看")
    hand.type("找住户", "qqqq")
    gallery.take(hand, "households_nothing", "没有叫这个的")
    hand.type("找住户", "李桂英")
    gallery.take(hand, "households_namesakes", "同名的人")
    hand.type("找住户", story.SEARCH)
    hand.pick(story.GRANDMOTHER)
    hand.wait_for(f"{story.GRANDMOTHER}家")
    gallery.take(hand, "family", "一户人家")
    hand.click("打申请材料")
    hand.wait_for("申请材料")
    gallery.take(hand, "papers_begin", "申请材料：办什么、打哪些")
    hand.click("过日子")
    hand.click("最低生活保障")
    hand.click("做出来看看")
    hand.wait_for("第 1 张")
    gallery.take(hand, "papers_made", "申请材料：打出来的样子")
    hand.program.window.go("households", query="张家财")
    hand.settle()
    hand.pick("张家财")
    gallery.take(hand, "family_dead", "户主去世了")
    hand.program.window.go("households", new=True)
    gallery.take(hand, "household_new", "新建一户")


def chief_pages(hand: Hand, gallery: Gallery, words: str) -> None:
    """The pages used most, in another look."""
    for name, caption in (
        ("today", "今日"),
        ("households", "住户"),
        ("visits", "走访"),
        ("tickets", "首访单"),
        ("checklists", "办事清单"),
        ("policies", "政策"),
        ("registers", "台账"),
        ("clues", "线索"),
        ("reports", "报表"),
        ("sync", "同步"),
        ("settings", "设置"),
    ):
        hand.program.window.go(name)
        gallery.take(hand, f"{name}_other", f"{caption}（{words}）")
    hand.program.window.go("households", query=story.SEARCH)
    hand.settle()
    if hand.eyes.button("找别家"):  # one pane: the family seen last stands over the list
        hand.click("找别家")
    hand.pick(story.GRANDMOTHER)
    gallery.take(hand, "family_other", f"一户人家（{words}）")
    hand.click("开始走访")
    gallery.take(hand, "visit_other", f"走访（{words}）")
    hand.program.window.go("tickets", new=True)
    gallery.take(hand, "ticket_new_other", f"新首访单（{words}）")
    hand.program.window.go("checklists", new=True)
    gallery.take(hand, "checklist_new_other", f"新办事清单（{words}）")
