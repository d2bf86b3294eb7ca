"""Pictures of 办事清单, 政策, 同步 and 设置."""

from __future__ import annotations

from demo import stage
from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story


def checklist(hand: Hand, gallery: Gallery) -> None:
    """From who it is for to the paper."""
    gallery.room("办事清单")
    hand.program.window.go("checklists", new=True)
    hand.settle()
    gallery.take(hand, "checklist_begin", "给谁、办什么")
    hand.type("找去办事的人", story.SEARCH)
    hand.pick(story.GRANDMOTHER)
    gallery.take(hand, "checklist_item", "办什么")
    hand.click("办什么事，孩子")
    hand.click("孤儿基本生活费")
    gallery.take(hand, "checklist_ready", "做这张清单")
    hand.click("做这张清单")
    hand.wait_for("纸上就是这样")
    gallery.take(hand, "checklist_step", "一步一步")
    hand.click("镇里交材料")
    gallery.take(hand, "checklist_papers", "带什么")
    hand.click("地点电话")
    gallery.take(hand, "checklist_place", "地点电话")
    hand.click("去打印")
    gallery.take(hand, "checklist_print", "打之前看一眼")
    waits = hand.eyes.button("先记着") is not None  # where there is no printer
    hand.click("先记着" if waits else "所有清单")
    gallery.take(hand, "checklists", "做过的清单")
    hand.program.window.go("printing")
    gallery.take(hand, "printing", "等着打的单子")
    hand.click("给多人一起打")
    gallery.take(hand, "printing_choose", "给多人一起打：打什么")
    hand.click("做过的单子")
    hand.click("全村")
    hand.click("看有哪些人")
    gallery.take(hand, "printing_pick", "给多人一起打：给谁")


def policies(hand: Hand, gallery: Gallery) -> None:
    """Asking in the words of the village."""
    gallery.room("政策")
    hand.click("政策")
    gallery.take(hand, "policies", "所有政策")
    hand.type("问政策", "没爹没娘")
    hand.pick("孤儿基本生活费")
    gallery.take(hand, "policy", "一条政策")
    hand.click("看村里谁可能符合")
    gallery.take(hand, "policy_candidates", "村里谁可能符合")
    hand.click("回到政策")
    hand.type("问政策", "要开死亡证明")
    gallery.take(hand, "policy_proof", "不该由村里开的证明")
    hand.type("问政策", "修飞机场")
    gallery.take(hand, "policy_nothing", "没找到")


def sync(hand: Hand, gallery: Gallery, play: stage.Stage) -> None:
    """Waiting, sent, and no line."""
    gallery.room("同步")
    hand.click("同步")
    hand.wait_for("等着上传")
    gallery.take(hand, "sync_waiting", "等着上传")
    hand.click("现在上传")
    hand.wait_for("全部传好了，县里已收到。")
    gallery.take(hand, "sync_done", "全部传好了")
    play.server.stop()
    hand.click("现在上传")
    hand.wait_for("没有网，照常用。")
    gallery.take(hand, "sync_offline", "没有网")


def settings(hand: Hand, gallery: Gallery) -> None:
    """Top to bottom."""
    gallery.room("设置")
    hand.program.window.go("settings")
    gallery.take(hand, "settings", "设置")
    hand.program.window.go("settings", part="passphrase")
    gallery.take(hand, "settings_passphrase", "换口令")
