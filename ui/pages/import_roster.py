"""导入花名册: a spreadsheet is looked over row by row, then every household of it comes in, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.village import roster
from app.actions.village.roster import Imported
from app.domain.problem import UserError
from app.tables.reading import RosterReading, RowProblem, Severity
from ui import notices
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets import file_dialogs
from ui.widgets.banner import Note
from ui.widgets.empty import EmptyState
from ui.widgets.progress import Progress
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words


class Relay(QObject):
    """Carries progress from the store's thread to the screen's; outlives the page that looks on."""

    moved = Signal(int, int)


class ImportRosterPage(Page):
    """No parameters. Nothing is stored before the worker has seen every row that is wrong."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.reading: RosterReading | None = None
        self._importing = False
        self.back = Button(self.tr("所有住户"), "", "left")
        self.left.addWidget(self.back)
        self.template = Button(self.tr("存一张空表"), "text", "save")
        self.right.addWidget(self.template)
        self.blank = EmptyState("folder", self.tr(FIRST), self.tr("选一个表格"))
        self.report = Note("info", "")
        self.problems = RowList(self.tr("要看的行"))
        self.words = words("", "body", wrap=True)
        self.progress = Progress(self.tr("没导完别关机"))
        self.other = Button(self.tr("换一个表格"), "", "folder")
        self.take = Button("", "main", "check")
        self.body.addWidget(self.blank, 1)
        self.body.addWidget(self.report)
        self.body.addWidget(self.problems, 1)
        self.body.addWidget(self.words)
        self.body.addWidget(self.progress)
        self.body.addStretch(0)
        self.foot.addWidget(self.other)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take)
        self.progress.hide()
        self.back.clicked.connect(lambda: self.navigate.emit("households", {}))
        for button in (self.blank.button, self.other):
            button.clicked.connect(self._choose)
        self.template.clicked.connect(self._choose_template)
        self.take.clicked.connect(self._import)
        self.problems.chosen.connect(self._say_whole)

    def open(self, **params: Any) -> None:
        """Begin anew, unless an import is under way."""
        if not self._importing:
            self._start_over()
            self.blank.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, path: Path) -> None:
        """Look `path` over; nothing is stored."""
        self._start_over()
        self.blank.say(self.tr("正在看「{name}」……").format(name=path.name))
        self.run(lambda desk: roster.read_roster(desk, path), self._show, self._unreadable)

    def _start_over(self) -> None:
        self.reading = None
        self.primary = None
        self.set_title(self.tr("从表格导入住户"))
        self.clear_problems()
        self.blank.say(self.tr(FIRST), self.tr("选一个表格"))
        self.blank.show()
        for widget in (self.report, self.problems, self.words, self.other, self.take):
            widget.hide()

    def _choose(self) -> None:
        title, kinds = self.tr("选花名册"), self.tr("表格 (*.xlsx);;所有文件 (*)")
        if path := file_dialogs.ask_open(self, title, kinds):
            self.read(path)

    def _choose_template(self) -> None:
        title, name, kinds = self.tr("空表存到哪里"), self.tr("花名册空表.xlsx"), self.tr("表格 (*.xlsx)")
        if path := file_dialogs.ask_save(self, title, name, kinds):
            self.save_template(path)

    def save_template(self, path: Path) -> None:
        """Write an empty roster with its explanations to `path`."""
        said = self.tr("空表存好了。")
        self.run(lambda _desk: roster.save_template(path), lambda _none: notices.saved(said))

    def _show(self, reading: RosterReading) -> None:
        self.reading = reading
        good = reading.good_households()
        people = sum(len(home.rows) for home in good)
        self.blank.hide()
        self.report.say(*self._verdict(reading))
        self.report.show()
        self.problems.set_rows([_row(place, one) for place, one in enumerate(_ordered(reading))], keep=False)
        for widget in (self.problems, self.words):
            widget.setVisible(bool(reading.problems))
        self.problems.choose_first()
        self.other.show()
        many = {"homes": len(good), "people": people}
        said = (
            self.tr("只导好的：{homes} 户 {people} 人")
            if reading.stops
            else self.tr("导进来：{homes} 户 {people} 人")
        )
        self.take.setText(said.format(**many))
        self.take.setVisible(bool(good))
        self.primary = self.take if good else None
        (self.take if good else self.other).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_whole(self, key: str) -> None:
        """The whole sentence of the row in focus: the list may have had to cut it short."""
        if self.reading is not None:
            self.words.setText(_ordered(self.reading)[int(key.partition(":")[2])].sentence)

    def _verdict(self, reading: RosterReading) -> tuple[str, str, str]:
        if reading.unusable:
            return "bad", self.tr("这张表用不了，什么也没有导。"), self.tr("照下面说的改好，存盘，再选一次。")
        if reading.stops:
            lead = self.tr("有 {n} 处要改，还什么都没有导。").format(n=len(reading.stops))
            return "warn", lead, self.tr("在表里改好再选一次；也可以先只导没有毛病的户，有毛病的一户都不进。")
        if reading.warnings:
            lead = self.tr("可以导。有 {n} 处请看一眼。").format(n=len(reading.warnings))
            return "info", lead, self.tr("看过没问题就导，一次全进，不会只进一半。")
        return "ok", self.tr("每一行都好，可以导。"), self.tr("一次全进，不会只进一半。")

    def _unreadable(self, error: Exception) -> None:
        self._start_over()
        if isinstance(error, UserError):
            self.blank.say(error.words, self.tr("换一个表格"))
        else:
            notices.fault(error)

    def _import(self) -> None:
        if self.reading is None or self._importing:
            return
        reading = self.reading.only_good() if self.reading.stops else self.reading
        relay = Relay()
        relay.moved.connect(self._moved)
        self._busy(True)
        self.progress.show_step(self.tr("先备份一份，再导"), 0, 1)

        def work(desk: Desk) -> Imported:
            return roster.import_roster(desk, reading, relay.moved.emit)

        def failed(error: Exception) -> None:
            self._busy(False)
            self.show_error(error)

        self.run(work, self._imported, failed)

    def _moved(self, done: int, total: int) -> None:
        said = self.tr("正在导第 {n} 条，共 {all} 条").format(n=done, all=total)
        self.progress.show_step(said, done, total)

    def _imported(self, done: Imported) -> None:
        self._busy(False)
        notices.saved(self.tr("导好了：{h} 户，{p} 人。").format(h=done.households, p=done.people))
        self.navigate.emit("households", {})

    def _busy(self, busy: bool) -> None:
        self._importing = busy
        self.take.setEnabled(not busy)
        self.other.setEnabled(not busy)
        if not busy:
            self.progress.finish()


FIRST = "选一个花名册（.xlsx）。先看一遍，哪一行不对会告诉您，看完了再导。"


def _ordered(reading: RosterReading) -> list[RowProblem]:
    """What must be mended first, then what to look at, each in the order of the sheet."""
    return [*reading.stops, *reading.warnings]


def _row(place: int, problem: RowProblem) -> Row:
    stop = problem.severity is Severity.STOP
    where = f"第 {problem.row} 行" if problem.row else "整张表"
    title = f"{where} · {problem.column}" if problem.column else where
    chip, tone, icon = ("要改", "bad", "warn") if stop else ("看一眼", "neutral", "info")
    return Row(f"problem:{place}", title, problem.words, chip=chip, tone=tone, chip_icon=icon)
