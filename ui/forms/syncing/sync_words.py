"""From how a round ended to what stands in the way, for the badge and the page of sync alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.actions.whereabouts import Overdue
from app.domain.problem import Offline, UserError
from app.domain.workdays import CHINA
from sync.client.http import Busy, Cut, LoginPage, NotCounty, NotProven
from sync.client.syncer import SyncReport, reason
from sync.protocol.errors import (
    BAD_SIGNATURE,
    CURSOR_AHEAD,
    EPOCH,
    NOT_FOUND,
    REVOKED,
    UNKNOWN_DEVICE,
    Refused,
)
from ui.widgets.top_bar import Line

KINDS: tuple[tuple[type[Exception], Line], ...] = (
    (LoginPage, Line.LOGIN),
    (Busy, Line.BUSY),
    (NotProven, Line.NOT_PROVEN),
    (NotCounty, Line.WRONG_ADDRESS),
    (Cut, Line.CUT),
    (Offline, Line.NO_NETWORK),
    (UserError, Line.WRONG_ADDRESS),
)
# A stopped computer, one the county does not know, and a county that was put back from a backup.
CLOSED = (REVOKED, UNKNOWN_DEVICE, BAD_SIGNATURE, EPOCH, CURSOR_AHEAD)


def line_after(outcome: SyncReport | Exception) -> Line:
    """How the line to the county stands after a round that ended so."""
    if isinstance(outcome, SyncReport):
        return Line.OPEN
    cause = reason(outcome)
    if isinstance(cause, Refused) and cause.refusal is NOT_FOUND:
        return Line.WRONG_ADDRESS
    return next((line for kind, line in KINDS if isinstance(cause, kind)), Line.STOPPED)


def last_word(outcomes: Sequence[SyncReport | Exception]) -> SyncReport | Exception | None:
    """How the last round ended that shows how the line stands, newest first: one that was stopped before any
    answer does not."""
    return next((one for one in outcomes if not isinstance(one, SyncReport) or one.heard), None)


def was_stopped(outcome: SyncReport | Exception) -> bool:
    """Whether the county no longer takes anything from this computer."""
    return isinstance(outcome, Refused) and outcome.refusal is REVOKED


def must_enrol(outcome: SyncReport | Exception | None) -> bool:
    """Whether nothing goes to the county any more until this computer is enrolled again."""
    return isinstance(outcome, Refused) and outcome.refusal in CLOSED


def went_words(outcome: SyncReport | Exception) -> str:
    """One round in a few words."""
    if isinstance(outcome, SyncReport):
        if not outcome.heard:
            return _tr("停下了")
        went = _tr("传去 {n} 条，收来 {m} 条").format(n=outcome.done, m=outcome.received)
        if outcome.stopped:
            return went + _tr("，停下了")
        if outcome.apart:
            return went + _tr("，这份资料别处还有一份在用，已经分开")
        return went + _tr("，跟县里重新对过一遍") if outcome.reread else went
    return {
        Line.LOGIN: _tr("要先登录"),
        Line.BUSY: _tr("县里忙"),
        Line.NOT_PROVEN: _tr("对方不像是县里"),
        Line.WRONG_ADDRESS: _tr("地址不是县里的"),
        Line.CUT: _tr("断了，下次接着传"),
        Line.NO_NETWORK: _tr("断了，下次接着传") if reason(outcome) is not outcome else _tr("没通"),
    }.get(line_after(outcome), _tr("停下来了"))


def unusual_words(outcomes: Sequence[SyncReport | Exception]) -> tuple[str, str]:
    """What was unusual about the rounds since the lock was opened, the gravest; ("", "") for nothing."""
    reports = [one for one in outcomes if isinstance(one, SyncReport)]
    if any(one.apart for one in reports):
        return _tr("这份资料别处还有一份在用，已经分开。"), _tr(
            "两边记的都在，各传各的。不知道另一份在哪，就报给县里；用U盘拷过整个文件夹的，把那一份删掉。"
        )
    if any(one.lives for one in reports):
        return _tr("县里的资料从备份恢复过，这边帮着补了一遍。"), _tr("您记的都在，该补传的这次都补传了。")
    if any(one.reread for one in reports):
        return _tr("跟县里重新对过一遍。"), _tr("有的村两边对不上，照县里的重新读了。您没传的都在。")
    return "", ""


def overdue_words(late: Overdue) -> tuple[str, str]:
    """What has waited too long, and what to do about it."""
    since = late.since.astimezone(CHINA)
    lead = _tr("{n} 条还没传到县里，最早的等了 {days} 天。").format(n=late.matters, days=late.days)
    text = _tr(
        "从{month}月{day}日起就没传成。都在这台电脑里。找个有网的地方点「现在上传」；没有网，用U盘送到镇里。"
    ).format(month=since.month, day=since.day)
    return lead, text


def _tr(words: str) -> str:
    return QCoreApplication.translate("sync", words)
