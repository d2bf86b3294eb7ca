"""What looking the data over brought to light: findings with what to do about them, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be, in `words`, and what to do about it.

    `mended` is true when it has been put right already and nobody has to do anything.
    """

    words: str
    todo: str
    mended: bool = False


@dataclass(frozen=True)
class Step:
    """Part `number` of `of`, by its name; `percent` of it is done."""

    number: int
    of: int
    words: str
    percent: int = 0

    @property
    def spoken(self) -> str:
        """As a line: 第 3 样，共 7 样：操作记录 45%."""
        done = f" {self.percent}%" if self.percent else ""
        return f"第 {self.number} 样，共 {self.of} 样：{self.words}{done}"


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found.

    `head` is the beginning of the hash of the last audit line: whoever noted it earlier can tell that no line
    from before was changed since.
    """

    findings: tuple[Finding, ...]
    records: int
    pages: int
    lines: int
    head: str

    @property
    def sound(self) -> bool:
        """Whether nothing is left to be done."""
        return all(one.mended for one in self.findings)
