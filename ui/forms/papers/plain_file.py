"""Saving what is encrypted here as a file that is not: warned of once, then asked where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.actions import taking_out
from ui.forms.papers.print_run import Run
from ui.widgets import file_dialogs
from ui.widgets.confirm import Confirm

Keep = Callable[[Path], None]


class PlainFile(QObject):
    """`ask` asks where; the first time on this computer a warning stands at `place` before it."""

    def __init__(self, view: QWidget, place: Confirm, run: Run) -> None:
        super().__init__(view)
        self._view, self._place, self._run = view, place, run
        self._name = ""
        self._keep: Keep | None = None
        place.agreed.connect(self._warned)
        self._go, self._stay = self.tr("晓得了，去存"), self.tr("先不存")
        place.do.setText(self._go)  # a button has its name before it is shown
        place.keep.setText(self._stay)

    def ask(self, name: str, keep: Keep) -> None:
        """Call `keep(path)` with the place she chose for a file called `name`; nothing when she does not."""
        self._name, self._keep = name, keep
        self._run(taking_out.told, lambda told: self._choose() if told else self._warn())

    def _warn(self) -> None:
        said = self.tr("存出去的文件没有上锁，谁拿到都看得见老人的名字和电话。打完就删，U 盘收好。")
        self._place.ask(said, self._go, self._stay)

    def _warned(self) -> None:
        self._run(taking_out.remember_told, lambda _: self._choose())

    def _choose(self) -> None:
        title, kinds = self.tr("存到哪里"), self.tr("PDF 文件 (*.pdf)")
        if self._keep is not None and (path := file_dialogs.ask_save(self._view, title, self._name, kinds)):
            self._keep(path)
