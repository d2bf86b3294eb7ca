"""Pictures before the lock opens: a new computer's three steps, wrong tries, the wait, the forgotten word."""

from __future__ import annotations

from collections.abc import Callable

from demo import stage
from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story
from demo.village.place import VILLAGE
from sync.server import enrolment
from sync.server.postgres import connect

WRONG, TRIES = "不是这一句口令", 5


def new_computer(hand: Hand, gallery: Gallery, play: stage.Stage) -> None:
    """A second computer of the village, with a code the county has just given."""
    gallery.room("头一次开")
    gallery.take(hand, "first_start", "这台电脑归哪个村")
    hand.type("县里的网址", play.server.url)
    hand.type("登记码", "ABCDEFGH")
    hand.click("告诉县里")
    gallery.take(hand, "first_start_wrong", "登记码不对")
    with connect(play.database.url) as connection:
        issued = enrolment.issue(connection, [VILLAGE], story.COLLEAGUE.name, play.clock())
    hand.type("登记码", issued.code)
    hand.click("告诉县里")
    hand.wait_for("定口令")
    hand.type("口令", "123456")
    gallery.take(hand, "first_start_weak", "口令太短")
    hand.type("口令", story.COLLEAGUE_PASSPHRASE)
    hand.type("再打一遍", story.COLLEAGUE_PASSPHRASE)
    gallery.take(hand, "first_start_secret", "定口令")
    hand.click("就用这个口令")
    hand.wait_for("恢复码")
    gallery.take(hand, "keep_code", "抄下恢复码")
    hand.click("纸上有了，开始干活")


def lock(hand: Hand, gallery: Gallery, forward: Callable[[int], None]) -> None:
    """The lock, its tries and its wait, and in."""
    gallery.room("锁屏")
    gallery.take(hand, "lock", "开锁")
    hand.type("口令", WRONG)
    hand.click("开锁")
    gallery.take(hand, "lock_wrong", "口令不对")
    for _ in range(TRIES - 1):
        hand.type("口令", WRONG)
        hand.click("开锁")
    gallery.take(hand, "locked_out", "要等十分钟")
    forward(30)
    hand.program.gates.show()
    hand.settle()
    hand.type("口令", story.PASSPHRASE)
    hand.click("开锁")
    hand.wait_for("今天有")
