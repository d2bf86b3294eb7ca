"""The board above both windows: what happens, who has how much, and plugs and switches to try oneself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problem import StorageFault
from demo.pair.county_house import CountyHouse
from demo.pair.seat import Seat
from ui import theme
from ui.widgets.words import Button, Sentence, words

LOOK_MS = 500


class Board(QWidget):
    """While the play runs its buttons are asleep; `free` gives them to whoever watches."""

    def __init__(self, first: Seat, second: Seat, house: CountyHouse) -> None:
        super().__init__()
        self.setWindowTitle("首访通 · 两台电脑和县里 · 模拟数据")
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.line = words("", "title"), Sentence("")
        self._laptops = (_LaptopCard(first), _LaptopCard(second))
        self.county = _CountyCard(house)
        row = QHBoxLayout(self)
        row.setSpacing(theme.soft(12))
        row.addWidget(self._laptops[0], 2)
        row.addWidget(self._told(), 4)
        row.addWidget(self.county, 2)
        row.addWidget(self._laptops[1], 2)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        self.look()

    def tell(self, title: str = "", line: str = "") -> None:
        """The chapter, or what happens in it now."""
        if title:
            self.title.setText(title)
        self.line.setText(line)
        self.look()

    def free(self, put_back: Callable[[], None]) -> None:
        """The play is over: every plug and switch works; `put_back` puts the county back from the backup."""
        self.county.restore.clicked.connect(put_back)
        for card in (*self._laptops, self.county):
            card.free()

    def look(self) -> None:
        """Figures and lamps as they are."""
        for card in (*self._laptops, self.county):
            card.look()

    def _told(self) -> QWidget:
        card = QFrame()
        column = QVBoxLayout(card)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addStretch(1)
        return card


class _Card(QFrame):
    """A frame with a name, one line, and what can be done."""

    def __init__(self, name: str, *buttons: Button) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.state = Sentence("")
        self._buttons = buttons
        column = QVBoxLayout(self)
        column.addWidget(words(name, "section"))
        column.addWidget(self.state)
        column.addStretch(1)
        for button in buttons:
            button.setEnabled(False)
            column.addWidget(button)

    def free(self) -> None:
        for button in self._buttons:
            button.setEnabled(True)


class _LaptopCard(_Card):
    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.plug = Button("")
        super().__init__(f"{seat.name}的电脑", self.plug)
        self.plug.clicked.connect(self._turn)

    def look(self) -> None:
        """Plugged or not, and how much waits."""
        cable, waiting = self._seat.cable, self._seat.waiting()
        line = "网线插着" if cable.plugged else "网线拔了"
        self.state.setText(f"{line} · {waiting} 件等着传" if waiting else f"{line} · 没有等着传的")
        self.plug.setText("拔网线" if cable.plugged else "插网线")

    def _turn(self) -> None:
        cable = self._seat.cable
        if cable.plugged:
            cable.pull()
        else:
            cable.plug()
        self.look()


class _CountyCard(_Card):
    def __init__(self, house: CountyHouse) -> None:
        self._house = house
        self.switch, self.restore = Button(""), Button("用备份恢复")
        super().__init__("县里（PostgreSQL）", self.switch, self.restore)
        self.switch.clicked.connect(self._turn)

    def look(self) -> None:
        """Alight or dark, and how much it holds."""
        alight = self._house.alight
        try:
            self.state.setText(f"开着 · {self._house.records()} 条" if alight else "断电了")
        except StorageFault:  # it died this very moment
            self.state.setText("断电了")
        self.switch.setText("断电（kill -9）" if alight else "来电")
        self.restore.setEnabled(alight and self.switch.isEnabled())

    def _turn(self) -> None:
        if self._house.alight:
            self._house.lights_out()
        else:
            self._house.lights_on()
        self.look()
