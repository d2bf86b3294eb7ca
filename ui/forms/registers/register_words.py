"""How a line of a register is put in words: its row of the list, and everything it says when it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.actions.registers.listing import Shelf
from app.actions.registers.writing import Line
from app.domain.money import plain
from app.domain.registers.event import Event
from app.domain.registers.pictures import Pictured, lacking, pictures_of
from app.domain.registers.public_notice import Hanging, PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review, Verdict
from app.domain.registers.seal import SealEntry
from ui.widgets.date import weekday
from ui.widgets.rows import Row

Fact = tuple[str, str]
DOT = " · "


def tr(text: str) -> str:
    """`text` in the language of the screen; for functions that belong to no widget."""
    return QCoreApplication.translate("Registers", text)


def day(on: date) -> str:
    """`11月20日`."""
    return f"{on.month}月{on.day}日"


def full_day(on: date | None) -> str:
    """`2026年11月20日 星期五`; "" for none."""
    return f"{on.year}年{on.month}月{on.day}日 {weekday(on)}" if on else ""


def row(line: Line, shelf: Shelf) -> Row:
    """The line as a row; what counts no more says so."""
    title, note, disc = _row(line, shelf)
    chip, tone, icon = _chip(line, shelf)
    return Row(line.id, title, DOT.join((day(line.on), *filter(None, note))), disc, chip=chip, tone=tone,
               chip_icon=icon)  # fmt: skip


def title(line: Line, shelf: Shelf) -> str:
    """What the line is called when it is opened."""
    return _row(line, shelf)[0]


def facts(line: Line, shelf: Shelf) -> tuple[Fact, ...]:
    """Everything it says, as name and value; nothing is shown for what is empty."""
    every = ((tr("哪天"), full_day(line.on)), *_facts(line, shelf))
    return tuple((name, value) for name, value in every if value)


def _row(line: Line, shelf: Shelf) -> tuple[str, tuple[str, ...], str]:
    match line:
        case SealEntry():
            return (
                f"{line.who}：{line.paper}",
                (line.number, tr("{n} 份").format(n=line.copies)),
                line.who[:1],
            )
        case Review():
            votes = tr("同意 {a}，不同意 {b}，弃权 {c}").format(a=line.agree, b=line.against, c=line.abstain)
            title = f"{line.who}：{shelf.items.get(line.item, line.item)}"
            return title, (votes, _photos(line, shelf)), line.who[:1]
        case PublicNotice():
            seen = (line.place, _photos(line, shelf))
            return f"{line.what} {line.shown}".strip(), seen, line.kind.words[:1]
        case Publicity():
            heard = tr("{n} 人听到").format(n=line.reached) if line.reached else ""
            copies = tr("发 {n} 份").format(n=line.copies) if line.copies else ""
            return line.what, (line.channel.words, heard, copies), line.channel.words[:1]
        case Event():
            people = tr("{n} 人").format(n=line.people) if line.people else ""
            return line.what, (people, _money(line.money_fen), line.goods), line.kind.words[:1]


def _chip(line: Line, shelf: Shelf) -> tuple[str, str, str]:
    if line.id in shelf.answered:
        return tr("更正过"), "neutral", ""
    if line.void:
        return tr("作废"), "neutral", "x"
    match line:
        case Review(verdict=Verdict() as verdict):
            tone = "ok" if verdict is Verdict.AGREED else "warn"
            return verdict.words, tone, "check" if tone == "ok" else "info"
        case PublicNotice(state=Hanging.DOWN):
            return tr("撤了"), "ok", "check"
        case PublicNotice() if line.over(shelf.today):
            return tr("该撤了"), "bad", "warn"
        case PublicNotice(open_objections=count) if count:
            return tr("有 {n} 条意见").format(n=count), "warn", "info"
        case PublicNotice(until=date() as until):
            return tr("贴到 {day}").format(day=day(until)), "neutral", ""
        case PublicNotice():
            return tr("长期"), "neutral", ""
        case SealEntry(major=True):
            return tr("重大事项"), "info", "info"
    return "", "neutral", ""


def _facts(line: Line, shelf: Shelf) -> Iterator[Fact]:
    match line:
        case SealEntry():
            yield from _seal(line)
        case Review():
            yield from _review(line, shelf)
        case PublicNotice():
            yield from _notice(line, shelf)
        case Publicity():
            yield tr("怎么讲的"), line.channel.words
            yield tr("讲了什么"), line.what
            yield tr("讲到的事"), "、".join(shelf.items.get(one, one) for one in line.items)
            yield tr("多少人听到"), str(line.reached or "")
            yield tr("发了几份"), str(line.copies or "")
            yield tr("谁讲的"), line.told_by
        case Event():
            yield tr("哪一种"), line.kind.words
            yield tr("什么活动"), line.what
            yield tr("多少人"), str(line.people or "")
            yield tr("多少钱"), _money(line.money_fen)
            yield tr("什么东西"), line.goods
            yield tr("谁给的"), line.giver


def _seal(line: SealEntry) -> Iterator[Fact]:
    yield tr("编号"), line.number
    yield tr("盖在什么上"), DOT.join((line.paper, line.use.words))
    yield tr("依据"), line.basis
    yield tr("给谁"), line.who
    yield tr("拿去做什么"), line.why
    yield tr("几份"), str(line.copies)
    if line.major and line.voted_by is not None:
        yield tr("表决"), f"{line.voted_by.words} {full_day(line.voted_on)}"
        yield tr("公示结束"), full_day(line.noticed_until)
    yield tr("谁批的"), line.approver
    yield tr("谁盖的"), line.sealer


def _review(line: Review, shelf: Shelf) -> Iterator[Fact]:
    yield tr("评议谁家"), line.who
    yield tr("什么事"), shelf.items.get(line.item, line.item)
    yield tr("谁主持的"), line.host
    yield tr("在哪里"), line.place
    came = tr("该到 {a} 人，实到 {b} 人，村民代表 {c} 人")
    yield tr("到会"), came.format(a=line.expected, b=line.attended, c=line.representatives)
    kept_out = "、".join(f"{one.name}（{one.tie.words}）" for one in line.recused)
    yield tr("回避"), kept_out or (tr("要回避的人都没来") if line.kin_absent else "")
    votes = tr("同意 {a}，不同意 {b}，弃权 {c}").format(a=line.agree, b=line.against, c=line.abstain)
    yield tr("投票"), f"{votes}（{tr('写票') if line.secret else tr('举手')}）"
    yield tr("结果"), line.verdict.words if line.verdict else ""
    yield tr("会上怎么说的"), line.minutes


def _notice(line: PublicNotice, shelf: Shelf) -> Iterator[Fact]:
    yield tr("哪一种"), line.kind.words
    yield tr("什么事"), shelf.items.get(line.item, line.item)
    yield tr("墙上写的"), f"{line.what} {line.shown}".strip()
    yield tr("标准"), line.standard
    yield tr("贴在哪里"), f"{line.place}（{line.level.words}）"
    unit = tr("个工作日") if line.unit == "workday" else tr("天")
    until = full_day(line.until) if line.until else tr("长期贴着")
    yield tr("贴到哪天"), f"{until}（{line.days} {unit}）" if line.days else until
    yield tr("谁贴的"), line.posted_by
    if line.down_on:
        yield tr("撤下"), f"{full_day(line.down_on)} {line.down_by}"


def _photos(line: Pictured, shelf: Shelf) -> str:
    if line.void or line.id in shelf.answered:
        return ""
    count = len(pictures_of(line))
    return tr("缺照片") if lacking(line) else tr("{n} 张照片").format(n=count)


def _money(fen: int) -> str:
    return tr("{n} 元").format(n=plain(fen)) if fen else ""
