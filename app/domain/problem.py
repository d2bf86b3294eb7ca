"""What can go wrong, named by who can do something about it. Four kinds and no fifth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend, worded for the worker and tied to the place where she mends it.

    `field` is the name of the field or column; `words` say what happened, that the data are safe,
    and what to do; `fix` is an optional value to offer as a one-click repair.
    """

    field: str
    words: str
    fix: str | None = None

    @property
    def told(self) -> str:
        """With its place in a file before it, for whoever mends files; a field's name says nothing there."""
        named = "." in self.field or "/" in self.field
        return f"{self.field}：{self.words}" if named else self.words


class UserError(Exception):
    """The worker can act: shown beside the thing to fix, in her own words."""

    def __init__(self, words: str, *, field: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(words)
        self.words = words
        self.problems = problems or (Problem(field, words),)


class StorageFault(Exception):
    """The disk or the file failed; nothing that was confirmed is lost. `words` are for the worker."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class WrongKey(StorageFault):
    """The key does not open this file, or the file's first page is damaged: nobody can tell which."""


class NewerFile(StorageFault):
    """The file was written by a newer release; it is left untouched."""


class Offline(Exception):
    """The county cannot be reached now; work goes on and is sent later. `words` are for the worker."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class ProtocolError(Exception):
    """The other side spoke against the protocol: sync stops, work stays safe, the log says why."""
