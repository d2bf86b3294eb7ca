"""What the county asks of this computer, in the words of whoever sits at it: what still goes, what does not,
and whom to ask."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import RELEASE
from app.actions.county_terms import Standing
from app.domain.lease import Hold

Said = tuple[str, str, str]  # the tone of a note, its first sentence, and the rest


def lease_words(how: Standing) -> Said | None:
    """How long the county was not heard and what comes of it; None while nothing does."""
    if how.closed:
        rest = _tr("存着的都在，没送的照样能送。连上一次网，或者用U盘送一趟，就又能记。")
        return "bad", closed_words(how), rest
    if how.hold is Hold.CLOSED:
        lead = _tr("{days} 天没跟县里联系上了，今天照常记。").format(days=how.silent_days)
        return "warn", lead, _tr("明天开锁又先只能看。连上一次网，或者用U盘送一趟，就好了。")
    if how.hold is Hold.SOON:
        lead = _tr("{days} 天没跟县里联系上了。再过 {left} 天还联系不上，这台电脑先只能看。")
        rest = _tr("现在照常记、照常存。连上一次网，或者用U盘送一趟，就又有 {days} 天。")
        return (
            "warn",
            lead.format(days=how.silent_days, left=how.left_days),
            rest.format(days=how.terms.lease_days),
        )
    return None


def closed_words(how: Standing) -> str:
    """That nothing can be written, in one sentence."""
    return _tr("{days} 天没跟县里联系上了，这台电脑先只能看。").format(days=how.silent_days)


def release_words(how: Standing) -> Said | None:
    """That the county asks for a newer release than this; None where this one will do."""
    if not how.outdated:
        return None
    needs = _tr("这台是 {now}，县里要 {minimum} 或更新的。找{ask}。").format(
        now=RELEASE, minimum=how.terms.minimum_release, ask=how.terms.ask or _tr("县里管系统的人")
    )
    if how.withheld:
        rest = _tr("您写的照常存、照常送，县里都收。换了新版，没收到的一次都会来。")
        return "warn", _tr("这一版旧了，县里和别人新写的收不到了。"), rest + needs
    if how.terms.pull_from is not None:
        day = how.terms.pull_from
        rest = _tr("写、送、收现在都照常。从{year}年{month}月{day}日起，旧版收不到别人新写的，送照常。")
        return (
            "info",
            _tr("县里请换新版。"),
            rest.format(year=day.year, month=day.month, day=day.day) + needs,
        )
    return "info", _tr("县里请换新版。"), _tr("写、送、收都照常，有空再换。") + needs


def pressing_words(how: Standing, *, late: bool) -> Said | None:
    """What presses before all work, in two sentences, for 今日: the whole is on 同步. None where `late`,
    what waits, is said there already, and of a closed lease, which has its line on every page."""
    if late or how.closed:
        return None
    said = lease_words(how) or (release_words(how) if how.withheld else None)
    if said is None:
        return None
    first, stop, _ = said[2].partition("。")
    return said[0], said[1], first + stop


def _tr(words: str) -> str:
    return QCoreApplication.translate("terms", words)
