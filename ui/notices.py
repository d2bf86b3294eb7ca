"""The one mouth: every sentence the program says to the worker on its own passes here.

The window registers a place to show notices; tests register a list. Errors tied to a field are not
notices: they stand beside the field (`ui.widgets.field`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.problem import Offline, StorageFault, UserError
from ui import crash


class Kind(StrEnum):
    """How a notice is shown: a passing toast, or a line under the top bar that stays until closed."""

    SAVED = "saved"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"
    CLEAR = "clear"


@dataclass(frozen=True)
class Notice:
    """One sentence for the worker. `undo` or `act` is offered as a single button named `button`.

    A notice with a `topic` stands for as long as it is true, and is taken back by `clear(topic)`.
    """

    kind: Kind
    words: str
    button: str = ""
    act: Callable[[], None] | None = None
    closable: bool = True
    topic: str = ""


Place = Callable[[Notice], None]
_places: list[Place] = []


def register(place: Place) -> None:
    """Show all later notices at `place`; the newest place wins."""
    _places.append(place)


def unregister(place: Place) -> None:
    """Stop showing notices at `place`."""
    if place in _places:
        _places.remove(place)


@contextmanager
def recorded() -> Iterator[list[Notice]]:
    """Collect notices in a list instead of showing them; for tests."""
    heard: list[Notice] = []
    register(heard.append)
    try:
        yield heard
    finally:
        _places.remove(heard.append)


def saved(words: str = "", undo: Callable[[], None] | None = None) -> None:
    """A toast: something was kept. At most 12 characters; 「撤回」 is offered when `undo` is given."""
    _say(Notice(Kind.SAVED, words or _tr("已存好。"), _tr("撤回") if undo else "", undo))


def info(words: str, button: str = "", act: Callable[[], None] | None = None) -> None:
    """A calm line under the top bar."""
    _say(Notice(Kind.INFO, words, button, act))


def warn(
    words: str,
    button: str = "",
    act: Callable[[], None] | None = None,
    *,
    closable: bool = True,
    topic: str = "",
) -> None:
    """A line about something to see to soon: a full disk, an old policy pack."""
    _say(Notice(Kind.WARN, words, button, act, closable, topic))


def bad(
    words: str, button: str = "", act: Callable[[], None] | None = None, *, closable: bool = True
) -> None:
    """A line about something that stops work."""
    _say(Notice(Kind.BAD, words, button, act, closable))


def clear(topic: str = "") -> None:
    """Take the line under the top bar away; with `topic` only the one about that."""
    _say(Notice(Kind.CLEAR, "", topic=topic))


def fault(error: BaseException) -> None:
    """Word any error: ours in its own words, an unknown one as a bug with a number to report (M-39)."""
    match error:
        case UserError():
            warn(error.words)
        case StorageFault():
            bad(error.words)
        case Offline():
            info(error.words)
        case _:
            bug(error)


def bug(error: BaseException) -> str:
    """Keep a redacted report of an unknown error, tell the worker its number, and return the number."""
    number = crash.keep(error)
    bad(bug_words(number))
    return number


def bug_words(number: str) -> str:
    """M-39, for the places that stand in front of the window's own banner."""
    return _tr("出了点毛病，已存好的都在。重开就行；编号 {number}，报给县里。").format(number=number)


def _say(notice: Notice) -> None:
    if _places:
        _places[-1](notice)


def _tr(words: str) -> str:
    return QCoreApplication.translate("notices", words)
