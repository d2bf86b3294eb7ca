"""The first click of a restore: which backup, from a list of all that lie here and on sticks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.safekeeping.backup_places import Found
from app.domain.workdays import CHINA
from ui import theme
from ui.widgets import file_dialogs
from ui.widgets.banner import Note
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words


class RestorePick(QWidget):
    """`chosen(file)` when one was pressed, `again` to look once more, `left` to go back, `salvage` when
    there is none."""

    chosen = Signal(object)
    again = Signal()
    left = Signal()
    salvage = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(words(self.tr("从哪一份备份恢复？"), "title"))
        self.none = Note("info", self.tr("正在找…"))
        column.addWidget(self.none)
        self.list = RowList(self.tr("找到的备份"))
        self.list.opened.connect(lambda key: self.chosen.emit(Path(key)))
        self.list.setMinimumHeight(theme.soft(72) * 3)
        self.list.hide()
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("先不恢复"), "", "left")
        self.other_button = Button(self.tr("找别的文件"), "", "folder")
        self.again_button = Button(self.tr("再找一次"), "", "usb")
        for button in (self.back_button, self.other_button, self.again_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.salvage_button = Button(self.tr("没有备份？把好的资料救出来"), "text")
        self.salvage_button.clicked.connect(self.salvage)
        column.addWidget(self.salvage_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(0)  # takes the room while there is no list
        self.back_button.clicked.connect(self.left)
        self.again_button.clicked.connect(self.again)
        self.other_button.clicked.connect(self._other)

    def show_found(self, found: Sequence[Found]) -> None:
        """Show them, newest first."""
        self.list.set_rows([_row(one, newest=place == 0) for place, one in enumerate(found)])
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        if found:
            self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            lead = self.tr("这台电脑上和 U 盘上都没找到备份。")
            self.none.say("info", lead, self.tr("把有备份的 U 盘插紧，再找一次。"))
            self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _other(self) -> None:
        kinds = self.tr("首访通备份 (*.sftbak);;所有文件 (*)")
        if path := file_dialogs.ask_open(self, self.tr("找备份文件"), kinds):
            self.chosen.emit(path)


def _row(found: Found, *, newest: bool) -> Row:
    manifest = found.manifest
    made, counts = manifest.made_at.astimezone(CHINA), manifest.counts
    place = "U 盘上" if found.chosen else "这台电脑上"
    much = f"{counts.get('household', 0)} 户 {counts.get('person', 0)} 人"
    return Row(
        str(found.file),
        f"{manifest.village} {made.year}年{made.month}月{made.day}日 {made:%H:%M}",
        f"{place} · {much}",
        icon="usb" if found.chosen else "save",
        chip="最新" if newest else "",
        tone="ok",
    )
