"""The scenery: one county, two laptops with their programs and cables, and the board above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from demo import stage
from demo.hand import Hand
from demo.pair.board import Board
from demo.pair.cable import Cable
from demo.pair.county_house import CountyHouse
from demo.pair.play import Play
from demo.pair.seat import Seat
from demo.village.village import Village
from ui.bootstrap import PRODUCT, Program, application

QUICK = Cost(1, FLOOR_MEMORY_KIB)  # the passphrases are public
Clock = Callable[[], datetime]
Small = Callable[[Village], Village]


@contextmanager
def staged(folder: Path, clock: Clock, pause_ms: int, small: Small = lambda whole: whole) -> Iterator[Play]:
    """Ready to begin. `pause_ms` before each touch; `small` cuts the village down for tests."""
    with ExitStack() as over:
        county = over.enter_context(stage.set_up(folder, clock, _say, cost=QUICK, small=small))
        house = CountyHouse(county, clock)
        over.callback(house.lights_on)  # it can then be stopped in good order
        app = application(["demo"]) if QApplication.instance() is None else QApplication.instance()
        assert isinstance(app, QApplication)
        first = _seat(over, app, house, county.paths, stage.FIRST, pause_ms)
        second = _seat(over, app, house, Paths(folder / "laptop-2"), stage.SECOND, pause_ms)
        board = Board(first, second, house)
        over.callback(board.deleteLater)

        def tell(title: str, line: str) -> None:
            board.tell(title, line)
            _say(f"【{title}】" if title else f"  {line}")
            QTest.qWait(pause_ms * 4)

        yield Play(first, second, house, board, tell)


def _seat(
    over: ExitStack, app: QApplication, house: CountyHouse, paths: Paths, owner: stage.Owner, pause_ms: int
) -> Seat:
    cable, county = Cable(house.port), house.play
    over.callback(cable.close)
    if paths is county.paths:
        stage.lead(county, paths, owner, cable.url)
    else:
        stage.enrol_laptop(county, paths, owner, cable.url, QUICK)
    product = f"{PRODUCT} · {owner.worker.name} · 模拟数据 · 口令 {owner.passphrase}"
    # They press the button themselves: whoever watches should see what does it.
    program = Program(app, paths, county.clock, product=product, automatic_sync=False)
    over.callback(program.window.deleteLater)
    over.callback(program.stop)  # in the reverse order of their beginning
    program.start()
    return Seat(owner, Hand(program, None, pause_ms), cable)


def _say(words: str) -> None:
    print(words, flush=True)
