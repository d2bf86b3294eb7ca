"""One round with the county: everything unsent goes up, everything new comes down, page by page.

Each page is one request and one ledger transaction. Whatever breaks, and wherever, the next round
begins where the last settled page ended; a change sent twice is applied once.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.change import Change, Earlier, Outcome
from app.domain.problem import Offline
from sync.client.answers import read_answer
from sync.client.county_keys import known_keys, learn, terms_told
from sync.client.http import Cut, Transport
from sync.client.keys import signed_headers
from sync.client.late import hand_in
from sync.client.ledger import Ledger
from sync.client.pace import FULL_PACE, Pace
from sync.client.progress import Gauge, Progress
from sync.protocol import codec, packing
from sync.protocol.canonical import raw_size
from sync.protocol.errors import BAD_SIGNATURE, MALFORMED, UNSUPPORTED, Malformed, Refused
from sync.protocol.limits import OPS, SYNC_PATH
from sync.protocol.links import Forked
from sync.protocol.lives import NewLife
from sync.protocol.messages import EVERYTHING, FORM, Exchange, Reply
from sync.protocol.stopped import Stopped
from sync.protocol.wire import op_of

NOT_UNDERSTOOD = (MALFORMED, UNSUPPORTED, BAD_SIGNATURE)  # what an older county says to a newer form

MOST_LIVES = 2  # a county that always says it is another is not one to follow

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SyncReport:
    """What one round did. `waiting` changes have no receipt yet; `stopped` means the worker stopped it;
    `coming` records were still to come after the last page, as far as the county says.

    `done` and `left` count matters, as the worker counts them: a ticket with its whole story is one.
    """

    sent: int = 0
    received: int = 0
    coming: int = 0
    exchanges: int = 0
    waiting: int = 0
    done: int = 0
    left: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)  # code to name, as the county has them now
    stopped: bool = False
    county_now: datetime | None = None  # its clock, as its last answer says; nothing is decided by it
    pack: str = ""  # the version of the county's newest policy pack
    lives: int = 0  # how often the county turned out to have been put back from a backup
    reread: tuple[str, ...] = ()  # villages of which this computer held something else than the county
    apart: bool = False  # another copy of this file was found to go on, and this one parted from it
    learned: bool = False  # this computer knows a public key of the county's that it did not before

    @property
    def heard(self) -> bool:
        """Whether the county answered at all; a round may be stopped before it does."""
        return self.exchanges > 0 or not self.stopped


class Interrupted(Offline):
    """The line went after part of the round was settled; `report` says which part, `cause` what went."""

    def __init__(self, report: SyncReport, cause: Offline) -> None:
        words = f"断了。传好的 {report.done} 条算数，剩 {report.left} 条下次接着传。"
        if type(cause) not in (Offline, Cut):  # the line holds, and something stands in the way
            words = f"{cause.words}传好的 {report.done} 条算数。"
        super().__init__(words)
        self.report, self.cause = report, cause


def reason(problem: Exception) -> Exception:
    """What stood in the way, whether part of the round was settled before or not."""
    return problem.cause if isinstance(problem, Interrupted) else problem


def sync_once(
    ledger: Ledger,
    transport: Transport,
    *,
    at: datetime,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] = lambda _: None,
    pace: Pace = FULL_PACE,
) -> SyncReport:
    """Exchanges with the county until nothing waits on either side, or `cancelled()` between pages.
    The first carries as much as `pace` says.

    Raises Offline (Interrupted once something was settled) when the county cannot be reached,
    Refused (a ProtocolError with words) when it refuses this device or speaks nonsense. Nothing is
    lost by either: a computer whose worker has left hands in what it had not sent first.
    """
    try:
        return _round(_Conversation(ledger, transport, at, pace, Gauge(progress)), cancelled)
    except Stopped as stopped:
        raise hand_in(ledger, transport, stopped, at=at, cancelled=cancelled) from None


def _round(conversation: _Conversation, cancelled: Callable[[], bool]) -> SyncReport:
    while not cancelled():
        try:
            ended = conversation.page()
        except Offline:
            if not cancelled():
                raise
            break  # she hung up in the middle of a request; what had no answer waits as before
        if ended:
            return conversation.report
    return replace(conversation.report, stopped=True)


class _Conversation:
    """What one round keeps in mind from page to page; all that must not be lost is in the ledger."""

    def __init__(self, ledger: Ledger, transport: Transport, at: datetime, pace: Pace, gauge: Gauge) -> None:
        self._ledger, self._transport, self._at, self._pace = ledger, transport, at, pace
        self._gauge = gauge
        self._first = ""  # the change the page before began with
        self._need: frozenset[str] = frozenset()
        self._again: tuple[str, ...] = ()  # villages that are being read from the start
        self._differ: tuple[str, ...] = ()  # of which the county is yet to be told
        self.report = SyncReport(waiting=ledger.waiting(), left=ledger.matters())
        gauge.began(self.report.left)

    def page(self) -> bool:
        """One exchange that was settled; whether the round ended with it."""
        message, reply = self._reached()
        said = (*reply.receipts, *reply.settled)
        # An answer to where this file no longer stands moves it nowhere.
        link = reply.link if message.link == self._ledger.identity().link else ""
        need = self._ledger.settle(said, reply.rows, reply.cursors, reply.epoch, self._at, link)
        self._ledger.heard([copy.record for copy in message.copies], reply.durable)
        if need and need == self._need:
            raise Malformed("the county was asked for whole records and sent none")
        self._need, self._differ = need, ()
        self._first, self._pace = message.ops[0].id if message.ops else "", self._pace.faster()
        ledger = self._ledger
        if not self.report.exchanges or reply.terms:
            ledger.renew(self._at, terms_told(ledger.identity(), reply.terms))
        self.report = _counted(self.report, reply, ledger.waiting(), ledger.matters())
        self.report = replace(self.report, learned=learn(ledger, reply.keys) or self.report.learned)
        self._gauge.settled(self.report.done, self.report.left, self.report.received, self.report.coming)
        if not reply.more and not need:
            again = not message.copies and self._compared(reply)
            return not (again or message.copies or self.report.waiting)
        if not (message.ops or message.copies) and not _moved(message.cursors, reply):
            raise Malformed("the county says there is more and gives nothing new")
        return False

    def _reached(self) -> tuple[Exchange, Reply]:
        """The answer to what waits, asked for in smaller and smaller pieces while the line breaks."""
        while True:
            message = self._message(*_next(self._ledger, self._pace))
            if message.ops and message.ops[0].id == self._first:
                raise Malformed("the ledger offers a change that already has its receipt")
            try:
                return message, self._talk(message)
            except NewLife as life:
                self._begin_again(life)
            except Forked as forked:
                self._go_apart(forked)
            except Offline as offline:
                self._pace = _slower(self._pace, offline, self.report)
                self._gauge.broke()
            except Refused as refused:
                if not self._transport.speaks or refused.refusal not in NOT_UNDERSTOOD:
                    raise
                self._transport.speaks = 0  # an older county has taken its place

    def _message(self, changes: tuple[Change, ...], earlier: Earlier) -> Exchange:
        identity = self._ledger.identity()
        return Exchange(
            replica=identity.replica,
            epoch=identity.epoch,
            ops=tuple(op_of(change) for change in changes),
            cursors=dict(self._ledger.cursors()),
            # What she wrote goes before anything big comes: a line that breaks has then carried it.
            limit=0 if 0 < len(changes) < self.report.waiting else self._pace.rows,
            app=self._transport.app,
            was=identity.was,
            # No file is put back while it is open: without changes it is said once after the start.
            link=identity.link if changes or self._first or not self._transport.speaks else None,
            apart=identity.apart,
            terms=identity.terms,
            former={one.id: earlier.former[one.id] for one in changes if one.id in earlier.former},
            copies=earlier.copies,
            packing=packing.best(),
            reads=FORM,
            need=frozenset({EVERYTHING}) if self._again else self._need,
            differ=self._differ,
            knows=known_keys(identity),
        )

    def _talk(self, message: Exchange) -> Reply:
        identity, transport = self._ledger.identity(), self._transport
        body = codec.encode_exchange(message, transport.speaks)
        headers = signed_headers(
            *(SYNC_PATH, body, identity.device, identity.key, self._at), brief=transport.speaks > 0
        )
        raw = sum(raw_size(op.payload) for op in message.ops)
        self._gauge.goes(len(body), raw, self._ledger.waiting_bytes(len(message.ops)))
        answer = transport.post(SYNC_PATH, body, headers)
        reply = read_answer(answer, message.ops, body)
        transport.speaks = min(reply.packing, packing.best())
        return reply

    def _begin_again(self, life: NewLife) -> None:
        """Go on in the county's new life. Raises `life` when it is one too many."""
        if self.report.lives == MOST_LIVES:
            raise life
        log.info("the county was put back; it still has everything up to %d", life.kept_upto)
        ledger = self._ledger
        ledger.begin_life(life.epoch, life.kept_upto, self._at)
        self._first, self._need, self._again, self._differ = "", frozenset(), (), ()
        self.report = replace(
            self.report, lives=self.report.lives + 1, waiting=ledger.waiting(), left=ledger.matters()
        )

    def _go_apart(self, forked: Forked) -> None:
        """Go on beside the other copy. Raises `forked` the second time, or when it is about another state."""
        if self.report.apart or forked.link != self._ledger.identity().link:
            raise forked
        log.info("another copy of this file goes on under its replica")
        self._ledger.go_apart(self._at)
        self._first = ""
        self.report = replace(self.report, apart=True)

    def _compared(self, reply: Reply) -> bool:
        """Whether something is held that the county does not hold so, and is now read from the start."""
        done = (*self.report.reread, *self._again)
        self.report = replace(self.report, reread=done)
        differing = self._ledger.agree(reply.digests, done) if reply.digests else ()
        self._again = self._differ = tuple(village for village in differing if village not in done)
        if self._again:
            log.error("%d villages add up to something else than the county's", len(self._again))
        if len(differing) > len(self._again):
            log.error("a village that was read from the start still differs from the county's")
        return bool(self._again)


def _next(ledger: Ledger, pace: Pace) -> tuple[tuple[Change, ...], Earlier]:
    """What the next request says: copies from a life the county has lost before any change, for a change that
    such a copy holds already then disagrees with nobody."""
    earlier = ledger.earlier(pace.batch_bytes)
    earlier = replace(earlier, copies=earlier.copies[:OPS])
    return (() if earlier.copies else ledger.outgoing(pace.batch_bytes)[:OPS]), earlier


def _slower(pace: Pace, offline: Offline, report: SyncReport) -> Pace:
    """Half as much for a line that broke. Raises what stood in the way where less does not help."""
    slower = pace.slower() if isinstance(offline, Cut) else None
    if slower is None:
        raise (Interrupted(report, offline) if report.sent else offline) from offline
    return slower


def _counted(report: SyncReport, reply: Reply, waiting: int, left: int) -> SyncReport:
    outcomes = Counter(report.outcomes)
    outcomes.update(receipt.outcome for receipt in reply.receipts)
    if reply.reused:
        log.error("%d change ids had been used for other content", len(reply.reused))
    return replace(
        report,
        sent=report.sent + len(reply.receipts),
        received=report.received + len(reply.rows),
        coming=reply.left,
        exchanges=report.exchanges + 1,
        waiting=waiting,
        done=report.done + max(0, report.left - left),
        left=left,
        outcomes=dict(outcomes),
        villages=reply.villages,
        county_now=reply.now,
        pack=reply.pack or report.pack,
    )


def _moved(cursors: Mapping[str, int], reply: Reply) -> bool:
    return bool(reply.rows) or any(seq > cursors.get(village, 0) for village, seq in reply.cursors.items())
