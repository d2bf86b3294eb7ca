"""Gaps and margins of layouts that follow the letters when their size is changed in mid-work.

Layouts are given their lengths once, when they are built, and nothing is built anew under the
worker's hands. So every layout is asked what it was given, and given the same at the new size. Every
length of a layout passes through `theme.soft`; a widget whose layouts keep theirs is marked `STILL`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLayout, QSpacerItem, QWidget

STILL = "still"  # a dynamic property
Soft = Callable[[float], int]


def follow(old: Soft, new: Soft) -> None:
    """Give every living layout at `new` what it was given at `old`.

    To be called before the new style is: whoever sets lengths of her own when it changes comes later.
    """

    def grown(length: int) -> int:
        return new(_unit(length, old))

    # Held to the end: the handle of a layout dies with that of its widget.
    widgets = [one for one in QApplication.allWidgets() if not one.property(STILL)]
    # All is read before anything is written: a layout without a gap of its own tells its parent's.
    steps = [step for layout in _layouts(widgets) for step in _steps(layout, grown)]
    for step in steps:
        step()


def _unit(length: int, soft: Soft) -> float:
    """The length at the standard size; one that no such length grows to stays about what it is."""
    near = round(length / (soft(1000) / 1000))
    exact = (px for px in (near, near - 1, near + 1) if soft(px) == length)
    return next(exact, length / (soft(1000) / 1000))


def _layouts(widgets: Iterable[QWidget]) -> Iterator[QLayout]:
    for widget in widgets:
        layout = widget.layout()
        if layout is not None:
            yield from _nested(layout)


def _nested(layout: QLayout) -> Iterator[QLayout]:
    yield layout
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        if inner is not None:
            yield from _nested(inner)


def _steps(layout: QLayout, grown: Soft) -> Iterator[Callable[[], object]]:
    margins = layout.contentsMargins()
    wanted = QMargins(*map(grown, (margins.left(), margins.top(), margins.right(), margins.bottom())))
    yield lambda: layout.setContentsMargins(wanted)
    nested = isinstance(layout.parent(), QLayout)
    if isinstance(layout, QGridLayout):
        yield from _gap(
            nested, layout.horizontalSpacing(), layout.setHorizontalSpacing, layout.horizontalSpacing, grown
        )
        yield from _gap(
            nested, layout.verticalSpacing(), layout.setVerticalSpacing, layout.verticalSpacing, grown
        )
    else:
        yield from _gap(nested, layout.spacing(), layout.setSpacing, layout.spacing, grown)
    if isinstance(layout, QBoxLayout):
        for place in range(layout.count()):
            item = layout.itemAt(place)
            spacer = item.spacerItem() if item is not None else None
            if spacer is not None:
                yield _spacer(spacer, grown)


def _gap(
    nested: bool, gap: int, give: Callable[[int], None], ask: Callable[[], int], grown: Soft
) -> Iterator[Callable[[], object]]:
    give(-1)
    given = ask() != gap or not nested
    give(gap)
    wanted = grown(gap) if given else -1
    yield lambda: give(wanted)


def _spacer(spacer: QSpacerItem, grown: Soft) -> Callable[[], object]:
    size, policy = spacer.sizeHint(), spacer.sizePolicy()
    wide, tall = grown(size.width()), grown(size.height())
    return lambda: spacer.changeSize(wide, tall, policy.horizontalPolicy(), policy.verticalPolicy())
