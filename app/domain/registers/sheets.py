"""Registers as plain tables: the same rows stand on paper and in a workbook, and what is posted is masked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.papers.masking import mask_name
from app.domain.registers.entry import replaced_by, standing
from app.domain.registers.event import Event
from app.domain.registers.period import Period
from app.domain.registers.public_notice import FIGURES, Hanging, PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review
from app.domain.registers.seal import SealEntry

MARKS = re.compile("([（），：；！？])")
CHILD = "略"  # a child is not named on a wall, not even by a surname


@dataclass(frozen=True)
class Column:
    """A head and its share of the width; `centred` for figures and short words."""

    name: str
    share: int
    centred: bool = False


@dataclass(frozen=True)
class Stacked:
    """Columns above each other in one, so that what hangs on a wall has room for large letters: how the cell
    of each is worded, and its place in the row. Empty cells are left out."""

    name: str
    share: int
    parts: tuple[tuple[str, int], ...]
    centred: bool = True

    def of(self, row: Sequence[str]) -> str:
        """What stands in it, a line for each."""
        return "\n".join(said.format(row[place]) for said, place in self.parts if row[place])


@dataclass(frozen=True)
class ListSheet:
    """A register of one period, ready to be set. `posted`: it hangs on the wall, its columns as they are
    `stacked`, and wants the stamp below."""

    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    village_name: str
    on: date
    posted: bool = False
    simulated: bool = False
    stacked: tuple[Stacked, ...] = ()

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """Heads and rows as plain text, for a workbook."""
        return (tuple(one.name for one in self.columns), *self.rows)


SEAL = (
    Column("编号", 74, True), Column("日期", 52, True), Column("盖在什么上", 128), Column("给谁", 56, True),
    Column("份数", 38, True), Column("谁批的", 60, True), Column("谁盖的", 60, True),
    Column("重大事项", 66, True),
)  # fmt: skip
SEAL_POSTED = (
    Stacked("编号、日期", 100, (("{}", 0), ("{}", 1))),
    Stacked("盖在什么上", 172, (("{}", 2),), centred=False), Stacked("给谁", 62, (("{}", 3), ("{}份", 4))),
    Stacked("谁批、谁盖", 96, (("批 {}", 5), ("盖 {}", 6))),
    Stacked("重大事项", 76, (("{}", 7),)),
)  # fmt: skip
SEAL_KEPT = (*SEAL[:4], Column("做什么用", 92), *SEAL[4:7])
REVIEW = (
    Column("日期", 52, True), Column("评议谁家", 64, True), Column("什么事", 84), Column("该到", 40, True),
    Column("实到", 40, True), Column("回避", 40, True), Column("同意", 40, True), Column("不同意", 48, True),
    Column("弃权", 40, True), Column("结果", 66, True),
)  # fmt: skip
NOTICE = (
    Column("贴出", 52, True), Column("内容", 140), Column("哪一级", 48, True), Column("贴在哪里", 82),
    Column("到哪天", 54, True), Column("意见", 40, True), Column("撤下", 54, True),
    Column("谁贴的", 56, True),
)  # fmt: skip
PUBLICITY = (
    Column("日期", 52, True), Column("怎么讲的", 64, True), Column("讲了什么", 190),
    Column("多少人", 56, True), Column("发了几份", 60, True), Column("谁讲的", 60, True),
)  # fmt: skip
EVENT = (
    Column("日期", 52, True), Column("哪一种", 52, True), Column("什么活动", 160), Column("多少人", 52, True),
    Column("钱（元）", 64, True), Column("东西", 84), Column("谁给的", 66, True),
)  # fmt: skip


def day(on: date | None) -> str:
    """`11.20`; "" for none."""
    return f"{on.month}.{on.day:02d}" if on else ""


def posted_seal_rows(
    entries: Sequence[SealEntry], period: Period, names: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """What hangs on the wall: no whole name, no long figure, no purpose; a child is not named at all.

    `names` says what stands for each entry's person (a masked name, or `CHILD`). A number that was taken back
    is shown as such: none is missing.
    """
    answered = replaced_by(entries)
    ordered = sorted((one for one in entries if one.id not in answered), key=lambda one: one.number)
    return tuple(_posted_seal(one, names) for one in ordered if period.holds(one.on))


def _posted_seal(one: SealEntry, names: Mapping[str, str]) -> tuple[str, ...]:
    if one.void:
        return (one.number, day(one.on), "作废", "", "", "", "", "")
    shown = names.get(one.id) or mask_name(one.who).shown
    major = f"{one.voted_by.words}表决" if one.major and one.voted_by else ""
    return (
        one.number, day(one.on), scrubbed(one.paper, one.who), shown, str(one.copies), one.approver,
        one.sealer, major,
    )  # fmt: skip


def scrubbed(words: str, *names: str) -> str:
    """`words` without long figures, and with each whole name of `names` masked."""
    # Figures hide behind other forms of themselves; the marks of a Chinese sentence stay as they are.
    pieces = MARKS.split(words)
    plain = "".join(one if MARKS.fullmatch(one) else unicodedata.normalize("NFKC", one) for one in pieces)
    plain = FIGURES.sub("……", plain)
    for name in names:
        if len(name) > 1:
            plain = re.sub(re.escape(name), mask_name(name).shown, plain)
    return plain


def seal_row(one: SealEntry) -> tuple[str, ...]:
    """For the office's own binder: with the purpose and the whole name."""
    return (
        one.number, day(one.on), one.paper, one.who, one.why, str(one.copies), one.approver, one.sealer,
    )  # fmt: skip


def review_row(one: Review, item: str) -> tuple[str, ...]:
    """One meeting; `item` is the matter in words."""
    numbers = (one.expected, one.attended, len(one.recused), one.agree, one.against, one.abstain)
    result = one.verdict.words if one.verdict else ""
    return (day(one.on), one.who, item, *map(str, numbers), result)


def notice_row(one: PublicNotice) -> tuple[str, ...]:
    """One sheet on the board, with its masked line."""
    until = day(one.until) if one.until else "长期"
    down = day(one.down_on) if one.state is Hanging.DOWN else ""
    what = f"{one.what} {one.shown}".strip()
    objections = str(len(one.objections)) if one.objections else "没有"
    return (day(one.on), what, one.level.words, one.place, until, objections, down, one.posted_by)


def publicity_row(one: Publicity) -> tuple[str, ...]:
    """One telling."""
    return (day(one.on), one.channel.words, one.what, str(one.reached), str(one.copies), one.told_by)


def event_row(one: Event) -> tuple[str, ...]:
    """One event; money in yuan."""
    yuan = f"{one.money_fen / 100:.2f}".removesuffix(".00") if one.money_fen else ""
    return (day(one.on), one.kind.words, one.what, str(one.people), yuan, one.goods, one.giver)


def counted(
    lines: Iterable[SealEntry | Review | PublicNotice | Publicity | Event],
    period: Period,
    row: Callable[..., tuple[str, ...]],
) -> tuple[tuple[str, ...], ...]:
    """The rows of the lines that count within `period`, the earliest first."""
    found = standing(lines)
    return tuple(row(one) for one in reversed(found) if period.holds(one.on))


@dataclass(frozen=True)
class ReviewPaper:
    """The minutes of one meeting as they are signed; every empty word is a line to write on.

    `signers` is how many lines there are for those who came.
    """

    village_name: str
    on: str
    place: str
    host: str
    who: str
    group: str
    item: str
    numbers: Mapping[str, str]
    recused: tuple[str, ...]
    minutes: str
    verdict: str
    signers: int
    recorded_by: str
    printed_on: date
    rule: str = ""
    simulated: bool = False
