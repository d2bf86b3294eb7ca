"""What is saved goes to the county soon and in one go; a dead line is left alone, a quiet desk is quiet."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.actions.desk import Desk
from app.actions.sync_state import sync_state
from app.domain.people.person import Person
from sync.client.ledger import Ledger as Promised
from tests.facts import GRANNY
from tests.sync.county import County
from tests.sync.line import Handler, Line, forward
from tests.ui.laptop import asked, enrolled, running, unlock
from ui import syncing
from ui.bootstrap import Program
from ui.syncing import AFTER_SAVE_MS, AFTER_SUCCESS_MS, RemoteLedger, Syncing

WAIT_MS = 10_000
A_DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def program(
    look: QApplication, county_server: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """At work with sync by itself; its first round is left to the test."""
    monkeypatch.setattr(syncing, "FIRST_TRY_MS", A_DAY_MS)
    paths = enrolled(tmp_path, county_server.enrol().identity)
    with running(look, paths, automatic_sync=True) as made:
        unlock(made)
        yield made


def courier_of(program: Program) -> Syncing:
    assert program.inside is not None
    return program.inside.courier


def call_her(program: Program, phone: str) -> None:
    def work(desk: Desk) -> None:
        with desk.unit("phone") as unit:
            unit.save(replace(desk.store.reading.get(Person, GRANNY), phone=phone))

    asked(program, work)


def counted(program: Program, qtbot: QtBot, waiting: int) -> None:
    """The status has counted what was saved, and told sync."""
    assert program.inside is not None
    status = program.inside.status
    qtbot.waitUntil(lambda: status.waiting == waiting and not status._pause.isActive(), timeout=WAIT_MS)
    assert program.tasks.wait_idle()


def all_sent(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(courier_of(program).changed, timeout=WAIT_MS):
        courier_of(program).now()
    counted(program, qtbot, 0)


def test_the_badge_counts_as_soon_as_a_round_has_ended(program: Program, qtbot: QtBot) -> None:
    assert program.inside is not None
    status = program.inside.status
    status._pause.setInterval(A_DAY_MS)
    status._pause.stop()
    status.waiting = 3
    with qtbot.waitSignal(courier_of(program).changed, timeout=WAIT_MS):
        courier_of(program).now()
    qtbot.waitUntil(lambda: status.waiting == 0, timeout=WAIT_MS)


def test_a_burst_of_saves_leads_to_one_round_soon_after_the_last(program: Program, qtbot: QtBot) -> None:
    all_sent(program, qtbot)
    courier = courier_of(program)
    assert courier._timer.interval() == AFTER_SUCCESS_MS
    for number in range(3):
        call_her(program, f"1540000111{number}")
        counted(program, qtbot, 1)
        assert courier._timer.isActive()
        assert courier._timer.interval() == AFTER_SAVE_MS
    assert len(courier.rounds) == 1
    with qtbot.waitSignal(courier.changed, timeout=WAIT_MS):
        courier._timer.timeout.emit()
    counted(program, qtbot, 0)
    assert len(courier.rounds) == 2
    assert courier._timer.interval() == AFTER_SUCCESS_MS


def test_saves_without_a_pause_do_not_put_the_round_off_for_ever(program: Program, qtbot: QtBot) -> None:
    all_sent(program, qtbot)
    courier = courier_of(program)
    courier.unsent(1)
    assert courier._burst is not None
    courier._burst -= syncing.LONGEST_BURST_SECONDS
    courier.unsent(2)
    assert courier._timer.interval() == 0


def test_a_save_does_not_hammer_a_dead_line(program: Program, qtbot: QtBot) -> None:
    all_sent(program, qtbot)
    courier = courier_of(program)
    courier.server = "http://127.0.0.1:9"
    with qtbot.waitSignal(courier.failed, timeout=WAIT_MS):
        courier.now()
    pause = courier._timer.interval()
    assert pause >= 30_000
    call_her(program, "15400001111")
    counted(program, qtbot, 1)
    assert courier._timer.interval() == pause


def test_what_is_saved_under_a_running_round_goes_without_another_save(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    all_sent(program, qtbot)
    courier, go_on = courier_of(program), threading.Event()

    def slow(handler: Handler, body: bytes) -> None:
        assert go_on.wait(WAIT_MS / 1000)
        forward(handler, body)

    with Line(county_server.url).then(slow) as line:
        courier.server = line.url
        courier.now()
        call_her(program, "15400001111")
        counted(program, qtbot, 1)
        assert courier.running
        assert not courier._timer.isActive(), "one round at a time"
        with qtbot.waitSignal(courier.changed, timeout=WAIT_MS):
            go_on.set()
        assert asked(program, sync_state).waiting == 0


def test_a_line_that_hangs_over_the_lock_is_no_fault_when_it_lets_go(
    program: Program,
    qtbot: QtBot,
    county_server: County,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(syncing, "HANG_UP_SECONDS", 0)
    courier, heard, go_on = courier_of(program), threading.Event(), threading.Event()

    def hang(handler: Handler, body: bytes) -> None:
        heard.set()
        assert go_on.wait(WAIT_MS / 1000)
        forward(handler, body)

    with Line(county_server.url).then(hang) as line:
        courier.server = line.url
        courier.now()
        thread = courier._thread
        assert thread is not None
        qtbot.waitUntil(heard.is_set, timeout=WAIT_MS)
        program.lock()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not isValid(courier), "the lock took it along"
        go_on.set()
        thread.join(WAIT_MS / 1000)
    assert not thread.is_alive()
    assert not caplog.records


def test_what_is_saved_when_a_round_has_just_ended_is_heard_of(program: Program, qtbot: QtBot) -> None:
    all_sent(program, qtbot)
    courier = courier_of(program)
    courier.changed.connect(lambda _report: call_her(program, "15400001111"))
    with qtbot.waitSignal(courier.changed, timeout=WAIT_MS):
        courier.now()
    counted(program, qtbot, 1)
    assert courier._timer.interval() == AFTER_SAVE_MS


def test_a_round_that_was_stopped_is_not_begun_again_by_a_save(program: Program, qtbot: QtBot) -> None:
    courier = courier_of(program)
    with qtbot.waitSignal(courier.changed, timeout=WAIT_MS):
        courier.now()
        courier.stop()
    call_her(program, "15400001111")
    qtbot.waitUntil(lambda: not courier.running, timeout=WAIT_MS)
    assert program.tasks.wait_idle()
    courier.unsent(asked(program, sync_state).waiting)
    assert courier._timer.interval() == AFTER_SUCCESS_MS


def test_without_sync_by_itself_a_save_is_silent(
    look: QApplication, county_server: County, tmp_path: Path, qtbot: QtBot
) -> None:
    with running(look, enrolled(tmp_path, county_server.enrol().identity)) as program:
        unlock(program)
        call_her(program, "15400001111")
        counted(program, qtbot, asked(program, sync_state).waiting)
        assert not courier_of(program)._timer.isActive()
        assert courier_of(program).rounds == ()


class System(QObject):
    """What the system says of its line."""

    reachabilityChanged = Signal(object)  # noqa: N815  # as Qt calls it

    def __init__(self) -> None:
        super().__init__()
        self.reach = QNetworkInformation.Reachability.Disconnected

    def reachability(self) -> QNetworkInformation.Reachability:
        return self.reach

    def say(self, reach: QNetworkInformation.Reachability) -> None:
        self.reach = reach
        self.reachabilityChanged.emit(reach)


def test_a_line_that_appears_is_used_at_once(
    program: Program, qtbot: QtBot, county_server: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier, system, reach = courier_of(program), System(), QNetworkInformation.Reachability
    assert program.inside is not None
    program.inside.line.begin(system)
    monkeypatch.setattr(syncing, "AFTER_LINE_MS", 1)
    courier.server = "http://127.0.0.1:9"
    with qtbot.waitSignal(courier.failed, timeout=WAIT_MS):
        courier.now()
    assert courier._timer.interval() >= 30_000
    courier.server = county_server.url
    with qtbot.waitSignal(courier.changed, timeout=WAIT_MS):
        system.say(reach.Online)
    rounds = len(courier.rounds)
    for word in (reach.Site, reach.Disconnected, reach.Unknown, reach.Online):
        system.say(word)
    assert courier._timer.interval() == AFTER_SUCCESS_MS, "nothing failed: the usual pause stands"
    assert len(courier.rounds) == rounds


def test_a_round_she_stopped_is_not_begun_by_a_line(program: Program) -> None:
    courier, system = courier_of(program), System()
    assert program.inside is not None
    program.inside.line.begin(system)
    courier._failures = 1
    courier.stop()
    system.say(QNetworkInformation.Reachability.Online)
    assert not courier._timer.isActive()
    assert not courier.running


def test_the_ledger_on_the_sync_thread_is_the_whole_ledger() -> None:
    promised = {name: one for name, one in vars(Promised).items() if inspect.isfunction(one)}
    promised.pop("__init__", None)
    for name in (one for one in promised if not one.startswith("_")):
        ours = inspect.signature(getattr(RemoteLedger, name))
        assert ours.parameters.keys() == inspect.signature(promised[name]).parameters.keys(), name
