"""What is kept of an unknown error: where it happened and of what kind, never a value a worker typed.

A report holds the types of the errors and the functions and lines they passed through. Messages,
arguments and local variables are left out, because they can carry names and identity numbers.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: the number is read out over a phone
ROOT = Path(__file__).resolve().parent.parent
log = logging.getLogger(__name__)


class _Desk:
    folder: Path | None = None
    clock: Callable[[], datetime] | None = None
    release: str = ""


def install(
    folder: Path, clock: Callable[[], datetime], release: str, tell: Callable[[BaseException], object]
) -> None:
    """Keep reports in `folder` and have `tell` inform the worker of every error nobody caught.

    `tell` is called on the screen's thread only; an error on another thread is kept and logged.
    """
    _Desk.folder, _Desk.clock, _Desk.release = folder, clock, release

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            tell(error)

    sys.excepthook = uncaught
    threading.excepthook = lambda caught: keep(caught.exc_value) if caught.exc_value else None


def keep(error: BaseException) -> str:
    """Write the redacted report of `error` and return its four-character number.

    The same fault gives the same number on every machine, so the county can count it. A disk that
    cannot take the report does not make things worse: the number is returned all the same.
    """
    text = redact(error)
    number = number_of(text)
    log.error("fault %s: %s", number, type(error).__name__)
    if _Desk.folder is not None:
        when = _Desk.clock().isoformat(timespec="seconds") if _Desk.clock else ""
        try:
            _Desk.folder.mkdir(parents=True, exist_ok=True)
            report = f"number {number}\nwhen {when}\nrelease {_Desk.release}\n{text}"
            (_Desk.folder / f"{number}.txt").write_text(report, encoding="utf-8")
        except OSError as failure:
            log.warning("report %s was not kept: %s", number, type(failure).__name__)
    return number


def redact(error: BaseException) -> str:
    """Error types and their stack, innermost last; no message, no value, no path outside the program."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def number_of(text: str) -> str:
    """Four characters that stand for a report."""
    import hashlib

    value = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in range(4))


def _inside(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
