"""Tab goes as the eye does: what was built in another order than it is read is put in line.

Only controls that take the focus themselves are moved. Qt counts a holder that hands its focus on
(`setFocusProxy`) as a stop too but does not move it, so whatever holds fields stays where it is and the
buttons around it come to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def lead(body: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach the controls of `parts`, in their order, right before everything else in `body`."""
    wanted = [stop for part in parts for stop in _stops(part)]
    if not wanted or all(stop in wanted for stop in _stops(body)):
        return
    first = body.nextInFocusChain()
    while first and body.isAncestorOf(first) and (first in wanted or not _takes_focus(first)):
        first = first.nextInFocusChain()
    # PySide takes each widget that `nextInFocusChain` gives for a child of the one before it. Left so, that
    # ring is garbage, and collecting it deletes what stands on the screen. Finding them hangs them back.
    body.findChildren(QWidget)
    if first and body.isAncestorOf(first):
        _chain([first, *wanted, first])


def follow(body: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach the controls of `parts`, in their order, right after the last one in `body`."""
    inside = list(_stops(body))
    if inside:
        _chain([inside[-1], *(stop for part in parts for stop in _stops(part))])


def insert(made: Sequence[QWidget], before: QWidget) -> None:
    """Let Tab reach what was made anew right before one control that stands there already."""
    _chain([before, *made, before])


def after(before: QWidget, made: Sequence[QWidget]) -> None:
    """Let Tab reach what was made anew right after one control that stands there already."""
    _chain([before, *made])


def _chain(line: Sequence[QWidget]) -> None:
    for before, after in pairwise(line):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> Iterator[QWidget]:
    # In the order they were built. Walking Qt's own focus chain all round would also wrap widgets of
    # other pages and inner parts of controls, which Python then never lets go.
    return filter(_takes_focus, (part, *part.findChildren(QWidget)))


def _takes_focus(one: QWidget) -> bool:
    return one.focusProxy() is None and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
