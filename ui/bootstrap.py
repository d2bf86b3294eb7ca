"""Where everything meets: paths, settings, the gate, the store's thread, sync, the window and its pages."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QToolTip

from app import RELEASE, settings
from app.actions.entry.gate import Gate
from app.domain.problem import StorageFault
from app.paths import Paths, default_paths
from app.scratch import Scratch
from app.settings import Settings
from app.vault import device_secret
from ui import crash, fonts, notices, theme
from ui.clipboard import CopiedWords
from ui.gatekeeper import Gatekeeper, now
from ui.gates import Gates
from ui.idle import IdleWatch
from ui.suspend import SuspendWatch
from ui.tasks import Tasks
from ui.theme import Size, Theme
from ui.window import MainWindow

if TYPE_CHECKING:
    from ui.inside import Inside
    from ui.syncing import Syncing

PRODUCT = "首访通"
FIRST = ("today", "audit", "sync")  # of the pages her role may see, and a stopped computer still has
SIZES = {"standard": Size.STANDARD, "large": Size.LARGE, "largest": Size.EXTRA}


class Program(QObject):
    """One running program. `start` shows the lock; `stop` ends every thread.

    `opened` is emitted when a worker is in and her first page stands, `locked` when she is out.
    """

    opened = Signal()
    locked = Signal()

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        clock: Callable[[], datetime] = now,
        *,
        product: str = PRODUCT,
        automatic_sync: bool = True,
        automatic_backup: bool | None = None,
    ) -> None:
        super().__init__()
        self._scratch = Scratch()  # before there is a second thread
        self.paths, self.clock, self.release = paths, clock, RELEASE
        self._ending = self._close_after = False
        self.stick_cut = False  # the last lock came while a stick was being written
        self._app, self._automatic = app, automatic_sync
        self._backs_up = automatic_sync if automatic_backup is None else automatic_backup
        self.settings = settings.load(paths.settings)
        crash.install(paths.root / "reports", clock, RELEASE, notices.bug)
        fonts.register(paths.fonts)
        theme.apply(app, Theme(SIZES[self.settings.size], self.settings.high_contrast))
        self.window = MainWindow(product)
        self.tasks = Tasks(self)
        self.gate = Gate(paths, clock, profile=self.settings.profile, device_secret=device_secret.get)
        self.keeper = Gatekeeper(self.gate, self.tasks, self, clock)
        self.gates = Gates(self.window, self.keeper, self)
        self.gates.entered.connect(self._enter)
        self.gates.restored.connect(self._read_settings)
        self.inside: Inside | None = None
        self._idle = IdleWatch(app, self.settings.lock_after_minutes, self)
        self._idle.idle.connect(self.lock)
        self.suspend = SuspendWatch(parent=self)
        self.suspend.away.connect(self.lock)
        self.copied = CopiedWords(app.clipboard(), self)
        self.window.lock_asked.connect(self.lock)
        self.window.size_changed.connect(self._size_changed)
        self.window.held_back = self._held_back
        self.window.closing.connect(self.stop)

    def start(self) -> None:
        """Show the window with the lock, or the first start on a new computer."""
        self.gates.show()
        self.window.show()
        QTimer.singleShot(0, self._load_inside)

    def lock(self) -> None:
        """Ctrl+L, idle, lid: the content goes, the file is closed, the key forgotten."""
        # While what she typed is written, a second reason to lock may come and do it first.
        if self.window.workspace is None or self._held_back() or self.inside is None:
            return
        waiting = self.inside.status.count_now()
        self._close_store()
        self.gates.show(waiting)
        self.locked.emit()
        if self._close_after:
            self.window.close()

    def _held_back(self) -> bool:
        if self._ending:
            self._close_after = True  # the window goes as soon as the last backup is made
            return True
        if self.inside is None:
            return False
        self.window.cover.draw(self.tr("正在存好，马上锁上…"))
        held = self.inside.held_back()
        if held:
            self.window.cover.lift()
            self._idle.start()
        return held

    def stop(self) -> None:
        """End for good; repeating it does nothing."""
        if self.tasks.stopped:
            return
        self._close_store()
        self.tasks.stop()
        self._scratch.end()

    def _load_inside(self) -> None:
        # While she reads the lock page and types, what stands behind it is read from the disk.
        self.tasks.apart(
            self,
            lambda: importlib.import_module("ui.inside"),
            lambda _: self.suspend.listen(int(self.window.winId())),
        )

    def _read_settings(self) -> None:
        # On a computer that had none they came with the backup.
        self.settings = settings.load(self.paths.settings)
        theme.apply(self._app, Theme(SIZES[self.settings.size], self.settings.high_contrast))

    def keep_settings(self, changed: Settings) -> None:
        """Keep what the worker chose. Raises StorageFault when it cannot be kept."""
        self.settings = changed
        settings.save(self.paths.settings, changed)

    def change_settings(self, changed: Settings) -> None:
        """Apply and keep what the worker chose."""
        self.keep_settings(changed)
        theme.apply(self._app, Theme(SIZES[changed.size], changed.high_contrast))

    def change_keys(self) -> None:
        """Lock, give the data a new key, and stand at the lock again; not while something is unsaved."""
        opened = self.keeper.opened
        if opened is None or self._held_back():
            return
        self._close_store()
        self.gates.change_keys(opened)

    def _enter(self) -> None:
        from ui.inside import Inside

        desk = self.keeper.desk
        assert desk is not None, "the gate opened onto a desk"
        inside = Inside(
            self, desk, self.keeper.server, automatic_sync=self._automatic, automatic_backup=self._backs_up
        )
        self.inside = inside
        self._idle.quiet.connect(inside.backing.quiet_moment)
        self.window.show_workspace(inside.workspace)
        inside.begin()
        self._idle.start()
        self.suspend.start()
        # Whoever came in by the recovery code has no passphrase she knows: that comes first.
        first = next(name for name in FIRST if inside.workspace.knows(name))
        inside.workspace.go("settings" if self.keeper.recovered else first)
        inside.say_what_is_missing()
        self.opened.emit()

    @property
    def courier(self) -> Syncing:
        """Who carries records to the county while the store is open."""
        assert self.inside is not None, "nothing is carried while the store is closed"
        return self.inside.courier

    def _close_store(self) -> None:
        self._idle.stop()
        self.copied.clear()
        QToolTip.hideText()  # a window of its own, with a name in it perhaps
        # The page keeps what was typed before the file closes; the workspace goes before anything of it
        # could ask the closed file again.
        self.window.clear()
        inside, self.inside = self.inside, None
        if inside is not None:
            if inside.backing.wanted():
                self.gates.show_waiting()
            self._ending = True
            inside.end()
            inside.deleteLater()
            self._ending = False
        self.keeper.forget()
        self.tasks.close(lambda desk: desk.store.close())
        self.suspend.stop()  # last: until now the computer waited with its sleep

    def _size_changed(self, chosen: Theme) -> None:
        size = next(name for name, value in SIZES.items() if value is chosen.size)
        self.settings = replace(self.settings, size=size)
        try:
            settings.save(self.paths.settings, self.settings)
        except StorageFault as fault:
            notices.fault(fault)


def application(arguments: list[str]) -> QApplication:
    """The Qt application in Chinese, whatever the system speaks."""
    app = QApplication([*arguments, *theme.STYLE_ARGUMENTS])
    app.setApplicationName("shoufangtong")
    app.setApplicationDisplayName(PRODUCT)
    chinese = QLocale("zh_CN")
    QLocale.setDefault(chinese)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(chinese, "qtbase", "_", folder):
        app.installTranslator(translator)
    return app


def _start_log(paths: Paths) -> None:
    from app import log

    log.start(paths.log)


def run(paths: Paths | None = None, *, product: str = PRODUCT) -> int:
    """Open the program and stay until the window closes; returns the exit status."""
    paths = paths or default_paths()
    app = application(sys.argv)
    program = Program(app, paths, product=product)
    QTimer.singleShot(0, program.start)
    QTimer.singleShot(0, lambda: _start_log(paths))  # after the lock page stands
    status = app.exec()
    program.stop()
    return status
