"""One of the two workers: her program, the hand at it, and the cable behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.actions.desk import Desk
from app.actions.sync_state import KIND_WORDS
from demo.hand import Hand
from demo.job import ALL_SENT, CUT_SHORT
from demo.pair.cable import Cable
from demo.stage import Owner

PRESSES = 6
Holds = dict[str, dict[str, Any]]


@dataclass
class Seat:
    """A worker at her laptop."""

    owner: Owner
    hand: Hand
    cable: Cable

    @property
    def name(self) -> str:
        return self.owner.worker.name

    def unlock(self) -> None:
        """With her passphrase."""
        self.hand.type("口令", self.owner.passphrase)
        self.hand.click("开锁")
        self.hand.wait_for("今日")

    def press_send(self) -> str:
        """现在上传, and what the page says when the round has ended."""
        self.hand.click("同步")
        self.hand.click("现在上传")
        # What the page said of the round before may still stand.
        self.hand.until(lambda: not self.hand.program.courier.running, "the end of the round")
        self.hand.settle()
        return self.hand.wait_for(ALL_SENT, *CUT_SHORT)

    def send(self) -> None:
        """Until everything is there: who is told that it was cut short presses again."""
        for _ in range(PRESSES):
            if self.press_send() == ALL_SENT:
                return
        self.hand.wait_for(ALL_SENT)

    def waiting(self) -> int:
        """How many matters wait here."""
        inside = self.hand.program.inside
        return inside.status.waiting or 0 if inside is not None else 0

    def holds(self) -> Holds:
        """Everything in her file that the county should have too."""
        kept: list[Holds] = []
        self.hand.program.tasks.run(self.hand.program, _everything, kept.append)
        self.hand.settle()
        return kept[0]


def _everything(desk: Desk) -> Holds:
    return {kind: desk.store.reading.bodies(kind) for kind in KIND_WORDS}
