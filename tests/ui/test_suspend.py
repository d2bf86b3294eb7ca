"""A laptop that slept, was closed or whose desktop was locked stands at our lock too."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.paths import Paths
from tests.ui.laptop import enrolled, running, unlock
from ui.bootstrap import Program
from ui.pages.unlock import UnlockPage
from ui.suspend import BEAT_MS, SLEPT_SECONDS, SuspendWatch
from ui.suspend_windows import AWAY, Message, WindowsEars

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is Linux's")


class Wall:
    """A clock that goes as the test says."""

    seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return enrolled(tmp_path, furnished=False)


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, paths: Paths) -> Iterator[Program]:
    with running(look, paths) as made:
        yield made


def beat(watch: SuspendWatch, wall: Wall, seconds: float) -> None:
    wall.seconds += seconds
    watch.beat.timeout.emit()


def test_only_a_gap_in_the_beat_is_a_sleep(qtbot: QtBot) -> None:
    wall, heard = Wall(), []
    watch = SuspendWatch([wall], awake=None)
    watch.away.connect(lambda: heard.append(wall.seconds))
    watch.start()
    beat(watch, wall, BEAT_MS / 1000)
    beat(watch, wall, 5)  # a busy computer
    beat(watch, wall, -3_600)  # the clock was set back
    beat(watch, wall, BEAT_MS / 1000)
    assert heard == []
    beat(watch, wall, SLEPT_SECONDS + 2)
    assert len(heard) == 1
    beat(watch, wall, BEAT_MS / 1000)
    assert len(heard) == 1, "one sleep is told once"
    watch.stop()


def test_a_window_that_was_busy_for_long_is_not_locked(qtbot: QtBot) -> None:
    wall, awake, heard = Wall(), Wall(), []
    watch = SuspendWatch([wall], awake)
    watch.away.connect(lambda: heard.append(True))
    watch.start()
    awake.seconds += 60
    beat(watch, wall, 60)
    assert heard == []
    beat(watch, wall, SLEPT_SECONDS + 2)  # meanwhile the clock of the waking hours stood still
    assert heard == [True]
    watch.stop()


def test_a_sleep_with_the_clock_set_back_meanwhile_is_noticed(qtbot: QtBot) -> None:
    wall, running_on, heard = Wall(), Wall(), []
    watch = SuspendWatch([wall, running_on], awake=None)
    watch.away.connect(lambda: heard.append(True))
    watch.start()
    running_on.seconds += 3_600
    beat(watch, wall, -7_200)
    assert heard == [True]
    watch.stop()


def test_the_program_locks_when_it_wakes(program: Program) -> None:
    wall = Wall()
    unlock(program)
    program.suspend._clocks = [wall]
    program.suspend.start()
    beat(program.suspend, wall, 8 * 3_600)
    assert isinstance(program.window.centralWidget(), UnlockPage)
    assert program.keeper.opened is None
    assert not program.suspend.beat.isActive()


def test_what_the_disk_refused_is_not_locked_away(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    unlock(program)
    assert program.inside is not None
    monkeypatch.setattr(program.inside, "held_back", lambda: True)
    program.suspend.away.emit()
    assert program.window.workspace is not None
    monkeypatch.undo()
    program.suspend.away.emit()
    assert program.window.workspace is None


def test_two_reasons_to_lock_at_once_lock_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    unlock(program)
    inside, heard = program.inside, []
    assert inside is not None
    program.locked.connect(lambda: heard.append(True))

    def meanwhile() -> bool:
        monkeypatch.undo()
        program.lock()
        return False

    monkeypatch.setattr(inside, "held_back", meanwhile)
    program.lock()
    assert heard == [True]
    assert isinstance(program.window.centralWidget(), UnlockPage)


def test_windows_words_are_understood(qtbot: QtBot) -> None:
    heard: list[int] = []
    ears = WindowsEars(0, lambda: heard.append(1))

    def told(message: int, word: int, kind: bytes = b"windows_generic_MSG") -> None:
        one = Message(None, message, word)
        answer = ears.filter.nativeEventFilter(QByteArray(kind), ctypes.addressof(one))
        assert answer == (False, 0), "Windows' messages go on to whom they are for"

    for message, word in AWAY:
        told(message, word)
    assert len(heard) == len(AWAY)
    told(0x0218, 0x0012)  # woken by itself
    told(0x02B1, 0x8)  # unlocked
    told(0x0218, 0x0004, b"xcb_generic_event_t")
    assert len(heard) == len(AWAY)


@pytest.fixture
def bus() -> Iterator[str]:
    """A D-Bus of our own, with nobody on it; its address."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon here")
    started = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    yield started.stdout.readline().strip()
    started.terminate()
    started.wait()
    started.stdout.close()


@LINUX
def test_what_the_desktop_says_on_the_bus_is_heard(qtbot: QtBot, bus: str) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    from ui.suspend_linux import LOGIN, SESSION, SYSTEM, LinuxEars

    ours, desktop = (QDBusConnection.connectToBus(bus, name) for name in ("ours", "desktop"))
    heard: list[int] = []
    ears = LinuxEars(lambda: heard.append(1), system=ours, session=ours)
    assert ears.hears == len(SYSTEM) + len(SESSION)
    assert desktop.registerService(LOGIN)

    def say(interface: str, signal: str, *given: bool) -> None:
        message = QDBusMessage.createSignal("/somewhere", interface, signal)
        message.setArguments(list(given))
        assert desktop.send(message)

    for interface, signal, slot in (*SYSTEM, *SESSION):
        before = len(heard)
        if "bool" in slot:
            say(interface, signal, False)
            say(interface, signal, True)
        else:
            say(interface, signal)
        qtbot.waitUntil(lambda before=before: len(heard) == before + 1)
    assert len(heard) == len(SYSTEM) + len(SESSION), "waking and unlocking are no reason to lock"
    for name in ("ours", "desktop"):
        QDBusConnection.disconnectFromBus(name)


@LINUX
def test_where_no_bus_is_nothing_is_said(qtbot: QtBot) -> None:
    from PySide6.QtDBus import QDBusConnection

    from ui.suspend_linux import LinuxEars

    none = QDBusConnection("nowhere")
    ears = LinuxEars(lambda: None, system=none, session=none)
    assert ears.hears == 0


@LINUX
def test_the_computer_waits_with_its_sleep_until_the_file_is_closed(qtbot: QtBot, bus: str) -> None:
    from PySide6.QtCore import ClassInfo, QObject, Slot
    from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor

    from ui.suspend_linux import LOGIN, LinuxEars

    asked: list[tuple[str, ...]] = []
    reading, writing = os.pipe()
    os.set_blocking(reading, False)

    @ClassInfo({"D-Bus Interface": f"{LOGIN}.Manager"})
    class Manager(QObject):
        @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
        def Inhibit(self, *given: str) -> QDBusUnixFileDescriptor:  # noqa: N802  # logind calls it so
            asked.append(given)
            return QDBusUnixFileDescriptor(writing)

    def held() -> bool:
        try:
            return os.read(reading, 1) != b""  # nothing but an end ever comes
        except BlockingIOError:
            return True

    manager = Manager()
    ours, logind = (QDBusConnection.connectToBus(bus, name) for name in ("ours", "logind"))
    assert logind.registerService(LOGIN)
    assert logind.registerObject(
        "/org/freedesktop/login1", manager, QDBusConnection.RegisterOption.ExportAllSlots
    )
    ears = LinuxEars(lambda: None, system=ours, session=ours)
    ears.begin()
    qtbot.waitUntil(lambda: ears.holds is not None)
    assert [(one[0], one[3]) for one in asked] == [("sleep", "delay")]
    os.close(writing)
    assert held()
    ears.end()
    qtbot.waitUntil(lambda: not held())
    os.close(reading)
    for name in ("ours", "logind"):
        QDBusConnection.disconnectFromBus(name)


def test_work_that_is_locked_lets_the_computer_sleep(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Ears:
        def begin(self) -> None:
            told.append("wait")

        def end(self) -> None:
            told.append("closed" if program.keeper.opened is None else "open")

    monkeypatch.setattr(program.suspend, "_ears", Ears())
    unlock(program)
    program.lock()
    assert told == ["wait", "closed"]
