"""What waits for a printer, what is on its way and what came out: nothing asked for is out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.checklists.print_job import JobState, PrintJob
from ui import theme
from ui.forms.papers.outcome_card import OutcomeCard
from ui.forms.papers.print_options import PrintOptions
from ui.forms.papers.print_run import Moved
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.confirm import Confirm
from ui.widgets.empty import EmptyState
from ui.widgets.progress import Progress
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words

LEAST_HEIGHT = 120  # two rows
TONES = {
    JobState.WAITING: ("neutral", "wait"),
    JobState.SENT: ("info", "print"),
    JobState.DONE: ("ok", "check"),
    JobState.FAILED: ("bad", "warn"),
}


class PrintQueue(QWidget):
    """`go` prints what may go, `stop` ends that, `came_out(ids, yes)` is her word for what was sent,
    `save(id)` and `drop(id)` are for the row in hand."""

    go = Signal()
    stop = Signal()
    came_out = Signal(list, bool)
    save = Signal(str)
    drop = Signal(str)
    primary_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._jobs: dict[str, PrintJob] = {}
        self._running = self._has_printer = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.outcome = OutcomeCard()
        self.outcome.bad.setText(self.tr("都没出来"))
        self.outcome.answered.connect(lambda yes: self.came_out.emit(self._of(JobState.SENT), yes))
        self.trouble, self.warning = Note("bad", ""), Confirm()
        self.progress = Progress()
        self.detail = words("", "body", "bad", wrap=True)
        above = (self.outcome, self.trouble, self.warning, self._under_way(), self._list())
        for part in (*above, self.detail, self._foot()):
            column.addWidget(part, 1 if part is self.stack else 0)
        self.trouble.hide()
        self.show_jobs(())

    @property
    def primary(self) -> Button | None:
        """The one filled button, by what can be done now."""
        if self._running:
            return None
        if self._of(JobState.SENT):
            return self.outcome.good
        return self.go_button if self.may_go() and self._has_printer else None

    def show_jobs(self, jobs: Sequence[PrintJob]) -> None:
        """All jobs, those that want something first."""
        self._jobs = {job.id: job for job in jobs}
        order = [JobState.SENT, JobState.FAILED, JobState.WAITING, JobState.DONE]
        self.rows.set_rows([self._row(job) for job in sorted(jobs, key=lambda job: order.index(job.state))])
        if not self.rows.current_key():
            self.rows.choose_first()
        self.stack.setCurrentIndex(0 if jobs else 1)
        self._fit()

    def offer(self, printers: Sequence[str], remembered: str) -> None:
        """Which printers there are now."""
        self._has_printer = bool(printers)
        self.options.offer(printers, remembered)
        self.no_printer.setVisible(not printers)
        self._fit()

    def show_running(self, running: bool) -> None:
        """Papers are on their way, or no more."""
        self._running = running
        if not running:
            self.progress.finish()
        self._fit()

    def show_moved(self, moved: Moved) -> None:
        """How far the run is."""
        said = self.tr("第 {n} 人，共 {total} 人：{title}")
        said = said.format(n=moved.number, total=moved.total, title=moved.title)
        self.progress.show_step(said, moved.number - 1, moved.total)

    def say_trouble(self, lead: str, text: str) -> None:
        """What the printer has; "" takes it back."""
        self.trouble.say("bad", lead, text)
        self.trouble.setVisible(bool(lead))

    def may_go(self) -> list[PrintJob]:
        """What the filled button prints, in the order asked for."""
        return [job for job in self._jobs.values() if job.may_go]

    def title_of(self, job: str) -> str:
        """What the worker calls it, for the name of its file."""
        return self._jobs[job].title if job in self._jobs else ""

    def _of(self, state: JobState) -> list[str]:
        return [job.id for job in self._jobs.values() if job.state is state]

    def _under_way(self) -> QWidget:
        self.under_way = QWidget()
        self.under_way.setProperty("surface", "clear")
        row = QHBoxLayout(self.under_way)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        self.stop_button = Button(self.tr("停下"), "", "x")
        self.stop_button.clicked.connect(self.stop)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button)
        return self.under_way

    def _list(self) -> QWidget:
        self.stack = QStackedWidget()
        self.stack.setMinimumHeight(theme.soft(LEAST_HEIGHT))
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.rows = RowList(self.tr("要打的单子"))
        self.rows.setProperty("plain", True)
        self.rows.chosen.connect(lambda _key: self._fit())
        self.rows.pressed.connect(lambda key: self.came_out.emit([key], False))
        card.add(self.rows)
        self.stack.addWidget(card)
        self.stack.addWidget(EmptyState("print", self.tr("没有等着打的单子。")))
        return self.stack

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        self.foot.setProperty("surface", "clear")
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.options = PrintOptions()
        self.options.how.hide()  # each job keeps what was chosen with its pages in sight
        said = self.tr("这台电脑上还没有打印机。单子都记着；也可以一张一张存成文件，带去打。")
        self.no_printer = words(said, "body", "quiet", wrap=True)
        self.drop_button = Button(self.tr("不打这张了"))
        self.save_button = Button(self.tr("这张存成文件"), "", "save")
        self.go_button = Button("", "main", "print")
        self.drop_button.clicked.connect(lambda: self.drop.emit(self.rows.current_key()))
        self.save_button.clicked.connect(lambda: self.save.emit(self.rows.current_key()))
        self.go_button.clicked.connect(self.go)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(self.drop_button)
        row.addWidget(self.save_button)
        row.addWidget(self.go_button, 1)
        for part in (self.options, self.no_printer):
            column.addWidget(part)
        column.addLayout(row)
        return self.foot

    def _fit(self) -> None:
        sent, going = self._of(JobState.SENT), self.may_go()
        self.outcome.setVisible(bool(sent) and not self._running)
        self.outcome.set_title(self.tr("送去打印机 {n} 张单子，都打出来了吗？").format(n=len(sent)))
        self.under_way.setVisible(self._running)
        self.foot.setVisible(bool(self._jobs) and not self._running)
        self.options.setVisible(bool(going) and not sent)  # first what went out, then the rest
        self.go_button.setText(self.tr("打这 {n} 张单子").format(n=len(going)))
        self.go_button.setVisible(bool(going) and self._has_printer)
        self.go_button.set_role("main" if self.primary is self.go_button else "")
        current = self._jobs.get(self.rows.current_key())
        why = current.why if current is not None and not self._running else ""
        self.detail.setText(self.tr("没打成：{why}").format(why=why))
        self.detail.setVisible(bool(why))  # with large letters the row has no room for it
        for button in (self.drop_button, self.save_button):
            button.setEnabled(current is not None and current.may_go)
        self.primary_changed.emit()

    def _row(self, job: PrintJob) -> Row:
        tone, icon = TONES[job.state]
        asked = self.tr("{day} 要打的").format(day=f"{job.asked_at.month}月{job.asked_at.day}日")
        copies = self.tr("{n} 份").format(n=job.look.copies) if job.look.copies > 1 else ""
        kind = self.tr("草稿") if job.draft else ""
        note = " · ".join(part for part in (job.why, kind, copies, asked, job.code) if part)
        return Row(
            job.id,
            job.title,
            note,
            avatar=job.title[:1],
            chip=self.tr(job.state.words),
            tone=tone,
            chip_icon=icon,
            button=self.tr("没出来") if job.state is JobState.SENT and not self._running else "",
        )
