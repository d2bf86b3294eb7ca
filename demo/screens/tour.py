"""The way through the program: a new computer, the village's own, and the chief pages in other looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QApplication

from app.actions.entry.gate import Gate
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from demo import stage
from demo.hand import Hand
from demo.screens import (
    families,
    gates,
    lists,
    odd,
    photos,
    plan,
    registers,
    replies,
    reports,
    surveys,
    ticket_ways,
    tickets,
    visits,
)
from demo.screens.gallery import Gallery
from demo.village import story
from ui.bootstrap import Program, application

COST = Cost(1, FLOOR_MEMORY_KIB)  # the passphrase is public anyway


@dataclass
class Clock:
    """The demo's afternoon; moved on where a wait must pass."""

    at: datetime = story.AT

    def __call__(self) -> datetime:
        return self.at

    def forward(self, minutes: int) -> None:
        """Let time pass."""
        self.at += timedelta(minutes=minutes)


def tour(folder: Path, home: Path) -> Path:
    """Take every picture into `folder`; returns the page of thumbnails. `home`: the tour's own files."""
    clock, gallery = Clock(), Gallery(folder)
    app = application(["screens"])
    with stage.set_up(home, clock, _say, cost=COST) as play:
        with _computer(app, Paths(home / "new"), clock) as hand:
            gates.new_computer(hand, gallery, play)
            families.empty_village(hand, gallery, play)
        with _computer(app, play.paths, clock) as hand:
            gates.lock(hand, gallery, clock.forward)
            _work(hand, gallery, play)
            _largest(hand, gallery)
    return gallery.write_index()


def _work(hand: Hand, gallery: Gallery, play: stage.Stage) -> None:
    families.today(hand, gallery)
    families.households(hand, gallery)
    plan.plan(hand, gallery)
    visits.visit(hand, gallery)
    photos.visit_photos(hand, gallery, play.paths.root / "telephone")
    tickets.board(hand, gallery)
    tickets.new(hand, gallery)
    tickets.to_the_end(hand, gallery)
    ticket_ways.ways(hand, gallery)
    replies.found(hand, gallery)
    replies.spared(hand, gallery)
    lists.checklist(hand, gallery)
    lists.policies(hand, gallery)
    registers.registers(hand, gallery)
    reports.reports(hand, gallery)
    reports.clues(hand, gallery)
    surveys.surveys(hand, gallery)
    odd.odd(hand, gallery)
    lists.sync(hand, gallery, play)
    odd.without_a_line(hand, gallery)
    lists.settings(hand, gallery)


def _largest(hand: Hand, gallery: Gallery) -> None:
    for size, contrast, words in (("largest", False, "特大"), ("standard", True, "高对比")):
        gallery.room(words)
        program = hand.program
        program.change_settings(replace(program.settings, size=size, high_contrast=contrast))
        families.chief_pages(hand, gallery, words)
    program.lock()
    gallery.take(hand, "lock_contrast", "锁屏（高对比，还有没上传的）")


@contextmanager
def _computer(app: QApplication, paths: Paths, clock: Clock) -> Iterator[Hand]:
    program = Program(app, paths, clock, automatic_sync=False)
    program.gate = program.keeper.gate = Gate(paths, clock, cost=COST)
    try:
        program.start()
        yield Hand(program)
    finally:
        program.stop()
        shiboken6.delete(program.window)
        shiboken6.delete(program)


def _say(words: str) -> None:
    print(words, flush=True)
