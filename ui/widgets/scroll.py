"""A vertical scroll area: what does not fit is scrolled to, never sideways."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from ui import theme


class ScrollArea(QScrollArea):
    """Scrolls down, never sideways. Tab brings the whole field into sight, with its label and its hint.

    `reveal` does the same for a field that has something to say, unless the hand is at another one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._speaking: list[QWidget] = []
        self._held: tuple[QWidget, int] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_speaking)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """As Qt does, and then the field around what got the focus."""
        moved = super().focusNextPrevChild(next_)
        focus = self._focus()
        if moved and focus is not None:
            self._held = None  # the keyboard has no hand on the screen that must not lose its place
            bring_field(self, focus)
        return moved

    def reveal(self, field: QWidget) -> None:
        """Bring `field` into sight once what it says has its place."""
        focus = self._focus()
        if not self._speaking:
            self._held = None if focus is None else (focus, self._top(focus))
        self._speaking.append(field)
        self._soon.start()

    def _show_speaking(self) -> None:
        lay_out()
        fields = [one for one in self._speaking if shiboken6.isValid(one) and one.isVisible()]
        held, focus = self._held, self._focus()
        self._speaking, self._held = [], None
        if not fields:
            return
        mine = next((one for one in fields if focus is not None and one.isAncestorOf(focus)), None)
        if focus is None or mine is not None:
            self._bring(mine or fields[0])
        elif held is not None and held[0] is focus:
            # The hand is at another field already: that one keeps its place under it.
            self._scroll_by(self._top(focus) - held[1])
        else:
            self._bring_both(fields[-1], field_around(self, focus))

    def _bring(self, field: QWidget) -> None:
        too_high = field.height() > self.viewport().height()
        # What is higher than the window speaks at its beginning, or it would be seen without what is wrong.
        if too_high and hasattr(field, "put_message_first") and field.put_message_first():
            self.reveal(field)
            return
        self._keep_in_sight(self._top(field), field.height())

    def _bring_both(self, field: QWidget, hand: QWidget) -> None:
        top = min(self._top(field), self._top(hand))
        end = max(self._top(one) + one.height() for one in (field, hand))
        if end - top <= self.viewport().height():
            self._keep_in_sight(top, end - top)
        else:
            self._keep_in_sight(self._top(hand), hand.height())

    def _keep_in_sight(self, top: int, height: int) -> None:
        """Scroll as little as shows what begins at `top` of the viewport; its beginning before its end."""
        room = self.viewport().height()
        air = min(theme.soft(12), max(0, (room - height) // 2))
        self._scroll_by(min(max(0, top + height + air - room), top - air))

    def _scroll_by(self, px: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + px)

    def _top(self, one: QWidget) -> int:
        return one.mapTo(self.viewport(), QPoint(0, 0)).y()

    def _focus(self) -> QWidget | None:
        # The window's, which is kept even while another program is in front.
        focus = self.window().focusWidget()
        return focus if focus is not None and self.isAncestorOf(focus) else None


def lay_out() -> None:
    """Give everything its place now: what is new has none until the layouts have been at work."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def field_around(area: QScrollArea, control: QWidget) -> QWidget:
    """The field `control` belongs to, or `control` itself."""
    field: QWidget | None = control
    while field is not None and field is not area and not field.objectName().startswith("field:"):
        field = field.parentWidget()
    return control if field is None or field is area else field


def bring_field(area: QScrollArea, control: QWidget) -> None:
    """Scroll `area` until the whole field around `control` is in sight, its upper edge first."""
    field = field_around(area, control)
    area.ensureWidgetVisible(field, 0, theme.soft(12))
    top = field.mapTo(area.widget(), QPoint(0, 0)).y() - theme.soft(12)
    if top < area.verticalScrollBar().value():
        area.verticalScrollBar().setValue(top)


def reveal(field: QWidget) -> None:
    """Bring `field`, which has something new to say, into sight in the scroll area it stands in."""
    area = field.parentWidget()
    while area is not None and not isinstance(area, ScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.reveal(field)


def scrolled(content: QWidget | QLayout, *, on: str = "") -> QScrollArea:
    """A vertical scroll area around `content`; it never scrolls sideways. `on="card"`: it lies on a card."""
    area = ScrollArea()
    if on:
        area.setProperty("surface", on)
    holder = content if isinstance(content, QWidget) else QWidget()
    if isinstance(content, QLayout):
        holder.setLayout(content)
        holder.setProperty("surface", "clear")
    area.setWidget(holder)
    return area
