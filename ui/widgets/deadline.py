"""The deadline pill: how long is left, in words; each level has its own icon as well as its colour."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.widgets.chip import Chip

SOON = 2


def deadline_words(
    left: int, *, natural: bool = False, estimated: date | None = None, paused: str = ""
) -> tuple[str, str, str]:
    """(words, tone, icon) for `left` working days, or natural days when `natural`; below zero is overdue.

    `estimated` is a deadline beyond the published calendar; `paused` says whom the clock waits for.
    """
    unit = _tr("天") if natural else _tr("个工作日")
    if paused:
        return _tr("停表：等{whom}").format(whom=paused), "neutral", "lock"
    if estimated is not None:
        return _tr("预计 {day}").format(day=estimated.isoformat()), "info", "today"
    if left < 0:
        return _tr("超了 {n} {unit}").format(n=-left, unit=unit), "bad", "warn"
    if left == 0:
        return _tr("今天到期"), "bad", "warn"
    return _tr("还剩 {n} {unit}").format(n=left, unit=unit), "warn" if left <= SOON else "neutral", "wait"


class DeadlinePill(Chip):
    """A chip worded by `deadline_words`."""

    def __init__(
        self,
        left: int,
        *,
        natural: bool = False,
        estimated: date | None = None,
        paused: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(*deadline_words(left, natural=natural, estimated=estimated, paused=paused), parent)


def _tr(words: str) -> str:
    return QCoreApplication.translate("DeadlinePill", words)
