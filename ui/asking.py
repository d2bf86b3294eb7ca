"""Asking the county to open the data, from the page before the work: a request out, its answer in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.actions.entry import escrow
from app.actions.entry.gate import Opened
from app.files import read_small, write_whole
from ui.gatekeeper import Gatekeeper

Failed = Callable[[Exception], None]


class Asking:
    """Answers the page; slow work runs on the store's thread and answers through the callbacks."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper

    def waiting(self, worker: str) -> bool:
        """Whether her request waits for an answer."""
        return escrow.asked(self._keeper.gate.paths) == worker

    def ask_county(self, worker: str, why: str, file: Path, done: Callable[[], None], failed: Failed) -> None:
        """Write a request to the county into `file`."""
        keeper = self._keeper

        def work() -> None:
            write_whole(file, escrow.ask(keeper.gate, worker, why, keeper.clock()))

        keeper.tasks.apart(keeper.owner, work, lambda _: done(), failed)

    def open_by_county(self, file: Path, done: Callable[[], None], failed: Failed) -> None:
        """Open by the county's answer in `file`; a new passphrase comes first then, as after the sheet."""
        keeper = self._keeper

        def key() -> Opened:
            return escrow.open_with(keeper.gate, read_small(file))

        def opened() -> None:
            keeper.recovered = True
            done()

        keeper.open(key, opened, failed)
