"""Pictures of 报表 and 线索: a year in figures, what stands behind one, a clue up to its visit."""

from __future__ import annotations

from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story
from ui.pages.reports import ReportsPage

SHOWN = (
    ("handled", "受理、办结"),
    ("ways", "三类处置"),
    ("trips", "二次跑腿率"),
    ("coverage", "走访覆盖"),
    ("handed_out", "资料和宣传"),
    ("funnel", "线索漏斗（还没有）"),
)


def reports(hand: Hand, gallery: Gallery) -> None:
    """Several of the sixteen, another split, the list behind a figure."""
    gallery.room("报表")
    hand.program.window.go("reports")
    hand.settle()
    hand.click("今年")
    for key, words in SHOWN:
        hand.program.window.go("reports", report=key)
        gallery.take(hand, f"reports_{key}", words)
    hand.program.window.go("reports", report="callers")
    hand.settle()
    hand.click("按怎么来的分，换一种")
    gallery.take(hand, "reports_split", "换一种分法")
    hand.click("按组")
    gallery.take(hand, "reports_groups", "按组")
    page = _page(hand)
    if page.pane.view is not None and page.pane.view.tables:
        page.pane.view.tables[0].opened.emit("0:0")
    gallery.take(hand, "reports_behind", "数字后面是哪几条")
    hand.click("回到表")
    hand.click("自己选")
    gallery.take(hand, "reports_days", "自己选两个日子")


def clues(hand: Hand, gallery: Gallery) -> None:
    """The empty list, a clue being written, one to be checked."""
    gallery.room("线索")
    hand.program.window.go("clues")
    gallery.take(hand, "clues_empty", "还没有线索")
    hand.click("记一条线索")
    gallery.take(hand, "clue_new", "记一条线索")
    hand.type("是谁家", story.SEARCH)
    hand.pick(story.GRANDMOTHER)
    hand.click("邻里反映")
    hand.click("孩子没人管")
    hand.type("怎么说的", "伢儿放学没人接，天黑了还在路上。")
    gallery.take(hand, "clue_written", "写好了")
    hand.click("记下线索")
    gallery.take(hand, "clue", "下一步：去看一趟")
    hand.click("所有线索")
    gallery.take(hand, "clues", "线索")


def _page(hand: Hand) -> ReportsPage:
    workspace = hand.program.window.workspace
    page = workspace.pages["reports"] if workspace is not None else None
    assert isinstance(page, ReportsPage)
    return page
