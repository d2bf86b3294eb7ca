"""Tab goes as the eye does: what was built in another order than it is read is put in line.

Only controls that take the focus themselves are moved. Qt counts a holder that hands its focus on
(`setFocusProxy`) as a stop too but does not move it, so whatever holds fields stays where it is and the
buttons around it come to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def lead(body: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach the controls of `parts`, in their order, right before everything else in `body`."""
    wanted = [stop for part in parts for stop in _stops(part)]
    before = body.previousInFocusChain()
    while before is not None and before is not body:
        if _takes_focus(before) and not body.isAncestorOf(before) and before not in wanted:
            _chain(before, wanted)
            return
        before = before.previousInFocusChain()


def follow(body: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach the controls of `parts`, in their order, right after the last one in `body`."""
    inside = list(_stops(body))
    if inside:
        _chain(inside[-1], [stop for part in parts for stop in _stops(part)])


def _chain(before: QWidget, line: Iterable[QWidget]) -> None:
    for one in line:
        QWidget.setTabOrder(before, one)
        before = one


def _stops(part: QWidget) -> Iterator[QWidget]:
    one: QWidget | None = part
    while one is not None:
        if _takes_focus(one) and (one is part or part.isAncestorOf(one)):
            yield one
        one = one.nextInFocusChain()
        if one is part:
            return


def _takes_focus(one: QWidget) -> bool:
    return one.focusProxy() is None and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
