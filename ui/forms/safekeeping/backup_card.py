"""备份 in the settings: when the last good one was made, make one now, and where they go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout

from app.actions.safekeeping import replaced
from app.actions.safekeeping.backups import LastGood, Made
from app.actions.safekeeping.restore_words import day, when
from app.domain.problem import StorageFault, UserError
from app.drives import Drive
from ui import theme
from ui.widgets import file_dialogs
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup, Option
from ui.widgets.progress import Progress
from ui.widgets.words import Button, words

GIB = 1 << 30
ONLY_HERE, OTHER = "", "…"


class Backer(Protocol):
    """Who makes them; `ended` carries a Made or an exception, `known` a LastGood."""

    started: SignalInstance
    moved: SignalInstance
    ended: SignalInstance
    known: SignalInstance
    running: bool

    def now(self) -> None: ...

    def ask(self) -> None: ...

    def choose(self, folder: str) -> None:
        """Raises StorageFault when the choice cannot be kept."""

    def plugged_in(self) -> tuple[Drive, ...]: ...


class BackupCard(Card):
    """`failed(error)` when the choice could not be kept, or a backup ended by a fault of the program."""

    failed = Signal(object)

    def __init__(self, backer: Backer, clock: Callable[[], datetime]) -> None:
        super().__init__("")
        self.set_title(self.tr("备份"))
        self._backer = backer
        self._now = clock
        self._chosen = ONLY_HERE
        said = self.tr("一个文件，加了密，捡到的人打不开。每天空下来时自己做一份；电脑坏了，就靠它。")
        self.add(words(said, "body", "quiet", wrap=True))
        self.state = Note("info", self.tr("正在看…"))
        self.add(self.state)
        self.outcome = Note("ok", "")
        self.outcome.hide()
        self.add(self.outcome)
        self.progress = Progress(self.tr("可以接着干活"))
        self.progress.hide()
        self.add(self.progress)
        self.add(self._buttons())
        self.places = ChoiceGroup([])
        self.places.hide()
        self.places.changed.connect(self._place_chosen)
        self.add(self.places)
        self.kept = words("", "body", "quiet", wrap=True)
        self.kept.hide()
        self.add(self.kept)
        backer.started.connect(self._started)
        backer.moved.connect(self._moved)
        backer.ended.connect(self._ended)
        backer.known.connect(self.show_last)

    def begin(self) -> None:
        """She came for the stick: the one that is plugged in is offered at once."""
        if self._chosen == ONLY_HERE:
            self.offer_places()
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.now_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_places(self) -> None:
        """Show where backups can go: here, each stick, another folder; the chosen one even if unplugged."""
        drives = self._backer.plugged_in()
        options = [Option(ONLY_HERE, self.tr("只放这台电脑"))]
        for drive in drives:
            free = self.tr("U 盘 {name}，还空 {free} GB").format(
                name=drive.name, free=f"{drive.free / GIB:.1f}"
            )
            options.append(Option(str(drive.root), free, "usb"))
        if self._chosen and self._chosen not in {option.key for option in options}:
            options.append(Option(self._chosen, _name(self._chosen), "folder"))
        options.append(Option(OTHER, self.tr("别的文件夹"), "folder"))
        self.places.set_options(options)
        self.places.set_label(self.tr("备份放哪儿"))
        self.places.set_value(self._chosen)
        self.places.show()

    def choose(self, folder: str) -> None:
        """Have backups go to `folder` from now on."""
        try:
            self._backer.choose(folder)
        except StorageFault as fault:
            self.failed.emit(fault)
            return
        self._chosen = folder
        self.places.hide()
        self.now_button.setFocus(Qt.FocusReason.OtherFocusReason)
        said = (
            self.tr("以后每次也放一份到 {name}。").format(name=_name(folder))
            if folder
            else self.tr("以后只放在这台电脑上。")
        )
        self._say("info", said, self.tr("按「现在备份」，现在就放一份。") if folder else "")

    def show_last(self, last: LastGood) -> None:
        """Word what is known."""
        now = self._now()
        self._chosen = last.chosen
        lead, tone = self.tr("还没有备份过。"), "warn"
        if last.at is not None and last.too_old(now):
            lead = self.tr("上次备份是{day}，超过 7 天了。").format(day=day(last.at, now))
        elif last.at is not None:
            lead, tone = self.tr("上次备份：{when}，好的。").format(when=when(last.at, now)), "ok"
        self.state.say(tone, lead, self._where(last, now))
        self.kept.setText(self.tr(replaced.words(last.kept, now)))
        self.kept.setVisible(bool(last.kept))

    def _where(self, last: LastGood, now: datetime) -> str:
        if not last.chosen:
            return self.tr("只放在这台电脑上。电脑丢了就没有了，最好也放一份到 U 盘，U 盘锁好。")
        name = _name(last.chosen)
        if last.chosen_at is None:
            return self.tr("{name} 上还没有。").format(name=name)
        return self.tr("{name} 上的是{when} 的。").format(name=name, when=when(last.chosen_at, now))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.now_button = Button(self.tr("现在备份"), "primary", "save")
        self.place_button = Button(self.tr("选备份放哪儿"), "", "usb")
        self.now_button.clicked.connect(lambda: self._backer.now())
        self.place_button.clicked.connect(self._toggle_places)
        row.addWidget(self.now_button)
        row.addWidget(self.place_button)
        row.addStretch(1)
        return row

    def _toggle_places(self) -> None:
        if self.places.isHidden():
            self.offer_places()
        else:
            self.places.hide()

    def _place_chosen(self) -> None:
        chosen = self.places.value()
        if not self.places.values():
            self.places.set_value(self._chosen)  # pressing the chosen one again is no answer
        elif chosen != OTHER:
            self.choose(chosen)
        else:
            self.places.set_value(self._chosen)
            if folder := file_dialogs.ask_folder(self, self.tr("备份放到哪个文件夹")):
                self.choose(str(folder))

    def _started(self) -> None:
        self.outcome.hide()

    def _moved(self, what: str, done: int, of: int) -> None:
        said = {
            "copy": self.tr("正在抄一份…"),
            "check": self.tr("正在打开查一遍…"),
            "put": self.tr("正在放好…"),
        }[what]
        part = {"copy": 0, "check": 1, "put": 2}[what]
        self.progress.show_step(said, 100 * part + 100 * done // max(of, 1), 300)

    def _ended(self, outcome: Made | Exception) -> None:
        self.progress.finish()
        match outcome:
            case Made() if not outcome.words:
                self._say("ok", self.tr("备份好了，打开查过。"), "")
            case Made() if outcome.good:
                self._say("warn", outcome.words, self.tr("这台电脑上的那份做好了。"))
            case Made():
                self._say("bad", *_parted(outcome.words))
            case UserError() | StorageFault():
                self._say("bad", *_parted(outcome.words))
            case _:
                self.failed.emit(outcome)

    def _say(self, tone: str, lead: str, text: str) -> None:
        self.outcome.say(tone, lead, text)
        self.outcome.show()


def _name(folder: str) -> str:
    """`U 盘 KINGSTON`: what the worker calls the place."""
    path = Path(folder)
    return path.name or str(path).rstrip("\\")


def _parted(said: str) -> tuple[str, str]:
    lead, _, rest = said.partition("。")
    return f"{lead}。", rest
