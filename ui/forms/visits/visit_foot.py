"""The foot of the visit form: back, put aside, last time, a questionnaire, and the button that goes on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Button, words


class VisitFoot(QWidget):
    """Where the width is short the count goes first (the step bar says it too), then the questionnaire (it is
    on the family's page too), then the icons."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        self.back = Button(self.tr("上一步"))
        self.later = Button(self.tr("先放一放"), "text")
        self.look = Button(self.tr("看上次"), "text")
        self.ask = Button(self.tr("顺便问一份问卷"), "text", "list")
        self.count = words("", "body", "quiet")
        self.next = Button("", "main")
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for item in (self.back, self.later, self.look, self.ask):
            row.addWidget(item)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.next)
        self._place, self._total, self._last, self._met = 0, 1, False, False

    def say(self, place: int, total: int, *, at_home: bool) -> None:
        """Step `place` (from 0) of `total`; a visit at home ends with signatures."""
        self._place, self._total, self._last = place, total, place + 1 == total
        self._met = at_home and total > 1
        sign = self.tr("签好，锁上") if at_home and total > 1 else self.tr("记好，锁上")
        self.next.setText(sign if self._last else self.tr("下一步"))
        self.back.setVisible(place > 0)
        self.count.setText(self.tr("第 {n} 步，共 {total} 步").format(n=place + 1, total=total))
        self.fit()

    def fit(self) -> None:
        """Take away what there is no room for, least needed first."""
        many = self._total > 1
        for asked, counted, icons in (
            (True, many, True), (True, False, True), (False, False, True), (False, False, False)
        ):  # fmt: skip
            self.back.set_icon("left" if icons else "")
            self.next.set_icon(("lock" if self._last else "right") if icons else "")
            if self._needed(counted=counted, asked=asked and self._met) <= self.width():
                break
        # Only now: to show and hide it while trying would lay out the foot in between, and so on.
        self.count.setVisible(counted)
        self.ask.setVisible(asked and self._met)

    def _needed(self, *, counted: bool, asked: bool) -> int:
        # Asked of the parts: the layout may not have heard yet what was taken away a moment ago.
        shown = [one for one in (self.back, self.later, self.look, self.next) if not one.isHidden()]
        more = [*([self.count] if counted else []), *([self.ask] if asked else [])]
        wide = [one.sizeHint().width() for one in [*shown, *more]]
        return sum(wide) + self._row.spacing() * (len(wide) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Narrower than what stands in it now: what there is no room for goes."""
        return QSize(self.next.sizeHint().width(), self._row.minimumSize().height())
