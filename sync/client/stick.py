"""Work carried to the county on a USB stick, and its answers carried home.

What is written is what the line would have carried, sealed for the county. Nothing is marked as sent by
writing: only a receipt does that, whichever way it comes home. So a stick may be lost, written again, read
at the county after the same work went by the line, and its answer read twice or weeks late.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.device import DeviceIdentity
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.vault import parcels
from sync.client.blobs import Album
from sync.client.county_keys import known_keys, learn, terms_told
from sync.client.keys import receive_key
from sync.client.late import HANDED_IN, prove
from sync.client.ledger import Ledger
from sync.protocol import bundle, codec, packing
from sync.protocol.blobs import PIECE_BYTES
from sync.protocol.bundle import Frame, Header
from sync.protocol.errors import REFUSALS, REVOKED, Malformed, Refused
from sync.protocol.limits import OPS, ROWS
from sync.protocol.links import forked_in
from sync.protocol.lives import new_life_in
from sync.protocol.messages import EVERYTHING, FORM, Exchange
from sync.protocol.stopped import stopped_in
from sync.protocol.wire import op_of

ALL = 2**62  # bytes: everything there is
PHOTOS = 100_000
NO_KEY = "这台电脑还没拿到县里收 U 盘的钥匙。先联网传一次，或让县里重新登记，就能用 U 盘送了。"
ALTERED = "这个文件没拷全，或者被改过，没有读。请县里再拷一次；这台电脑里的一件没少。"
FOREIGN = "这是给别的电脑的回执，没有读。找这台电脑自己的那一个。"
OLD_FILE = "这是这台电脑恢复备份以前的回执，不用了。再写一次 U 盘。"
GONE_APART = "这份资料别处还有一份在用，已经分开，记的一件没少。再写一次 U 盘。"
OLD_LIFE = "县里的资料恢复过，这份回执是恢复以前的，不用了。再写一次 U 盘。"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """One file to write: its id, how many changes and whole photos are in it, and its bytes."""

    id: str
    changes: int
    photos: int
    data: bytes


@dataclass(frozen=True)
class Taken:
    """What came of reading answers: the files they answer, receipts and records that were new or not,
    photos the county has now, a newer policy pack (its version, and the file unchecked); `problem` is what
    the worker must hear, None when all is well."""

    answers: tuple[str, ...] = ()
    receipts: int = 0
    rows: int = 0
    photos: int = 0
    villages: Mapping[str, str] | None = None
    pack: str = ""
    pack_file: bytes = field(default=b"", repr=False)
    problem: Exception | None = None


def make(
    ledger: Ledger,
    album: Album,
    app: str,
    *,
    at: datetime,
    cancelled: Callable[[], bool] = lambda: False,
    pack: str | None = None,
) -> Iterator[Made]:
    """The files to write, the records first and the photos after; each is whole by itself. `pack` is the
    version of the policy pack in force, None where none is to come.

    Raises UserError while this computer does not know the county's key for sticks.
    """
    me = ledger.identity()
    if not me.stick_key:
        raise UserError(NO_KEY)
    asked = list(_exchanges(ledger, me, app))
    has = {"pack": pack} if pack is not None else {}
    frames = [
        Frame(bundle.PAGE, {**has, **({"at": me.link} if one.ops else {})}, codec.encode_exchange(one))
        for one in asked
    ]
    yield _sealed(me, frames, at, sum(len(one.ops) for one in asked), 0)
    held: list[Frame] = []
    photos = size = 0
    for one in album.unsent(PHOTOS):
        if cancelled():
            return
        data = album.content(one.attachment)
        if data and size + len(data) > bundle.FILES_BYTES and held:
            yield _sealed(me, held, at, 0, photos)
            held, photos, size = [], 0, 0
        held.extend(_pieces(one.sha256, data))
        photos, size = photos + bool(data), size + len(data)
    if held:
        yield _sealed(me, held, at, 0, photos)


def header_of(raw: bytes) -> Header | None:
    """What the outside of a file says, or None for what is no such file."""
    try:
        return bundle.apart(raw).header
    except Refused:
        return None


def take(ledger: Ledger, album: Album, raw: bytes, *, at: datetime) -> Taken:
    """Read one answer. What is older than what is held changes nothing.

    Raises UserError, worded for the worker, for a file that is cut, changed, or another computer's; nothing
    of it was taken then.
    """
    me = ledger.identity()
    if not me.stick_key:
        raise UserError(NO_KEY)
    header, content = _opened(me, raw)
    told = Taken(answers=(header.answers,))
    try:
        for frame in bundle.frames_in(content):
            told = _taken(ledger, album, frame, told, at, header.made)
    except Malformed as error:
        raise UserError(ALTERED) from error
    return told


def _exchanges(ledger: Ledger, me: DeviceIdentity, app: str) -> Iterator[Exchange]:
    """Requests as the line would carry them: copies of a lost life, then changes, then what is new."""
    asked = Exchange(
        replica=me.replica,
        epoch=me.epoch,
        ops=(),
        cursors=dict(ledger.cursors()),
        limit=0,
        app=app,
        was=me.was,
        apart=me.apart,
        packing=packing.best(),
        reads=FORM,
        need=frozenset({EVERYTHING}),  # it may be read when much else has come: nothing is to be made here
        knows=known_keys(me),
        terms=me.terms,
    )
    earlier = ledger.earlier(ALL)
    for start in range(0, len(earlier.copies), OPS // 10):
        yield replace(asked, copies=earlier.copies[start : start + OPS // 10])
    for ops in bundle.pages([op_of(change) for change in ledger.outgoing(ALL)]):
        former = {op.id: earlier.former[op.id] for op in ops if op.id in earlier.former}
        yield replace(asked, ops=ops, former=former)
    yield replace(asked, limit=ROWS)


def _pieces(sha256: str, data: bytes) -> Iterable[Frame]:
    for offset in range(0, len(data), PIECE_BYTES):
        told = {"sha256": sha256, "offset": offset, "length": len(data)}
        yield Frame(bundle.PIECE, told, data[offset : offset + PIECE_BYTES])


def _sealed(me: DeviceIdentity, frames: list[Frame], at: datetime, changes: int, photos: int) -> Made:
    header = Header(bundle.UP, me.county, me.device, new_id(at), max(0, int(at.timestamp())))
    beginning = bundle.head(header)
    public = me.stick_key[32:]
    box, content = parcels.seal(bundle.written(frames), public, bundle.bound_to(beginning))
    unsigned = beginning + box + content
    return Made(header.id, changes, photos, unsigned + parcels.sign(me.key, bundle.base_of(unsigned)))


def _opened(me: DeviceIdentity, raw: bytes) -> tuple[Header, bytes]:
    """What the county sealed for this computer. Raises UserError."""
    try:
        sealed = bundle.apart(raw)
    except Refused as error:
        raise UserError(ALTERED) from error
    header = sealed.header
    if header.kind != bundle.DOWN or (header.county, header.device) != (me.county, me.device):
        raise UserError(FOREIGN)
    if not parcels.signed(me.stick_key[:32], sealed.base, sealed.signature):
        raise UserError(ALTERED)
    opener = receive_key(me.key).private_bytes_raw()
    content = parcels.unseal(sealed.box, sealed.content, opener, sealed.bound_to)
    if content is None:
        raise UserError(ALTERED)
    return header, content


def _taken(ledger: Ledger, album: Album, frame: Frame, told: Taken, at: datetime, made: int) -> Taken:
    if frame.kind == bundle.PAGE:
        return _page(ledger, frame, told, at, made)
    if frame.kind == bundle.REFUSAL:
        return replace(told, problem=_refused(ledger, frame.told, at))
    if frame.kind == bundle.PACK:
        return replace(told, pack=str(frame.told.get("version", "")), pack_file=frame.data)
    if frame.kind == bundle.FILES:
        whole = frozenset(frame.told.get("whole", ()))
        there = [one.attachment for one in album.unsent(PHOTOS) if one.sha256 in whole]
        album.sent(there)
        return replace(told, photos=told.photos + len(there))
    return told  # of a newer release


def _page(ledger: Ledger, frame: Frame, told: Taken, at: datetime, made: int) -> Taken:
    me, said = ledger.identity(), frame.told
    if said.get("replica") != me.replica:
        return replace(told, problem=UserError(OLD_FILE))
    reply = codec.decode_reply(frame.data, [str(one) for one in said.get("ops", ())])
    if reply.epoch != me.epoch:
        return replace(told, problem=UserError(OLD_LIFE))
    held = ledger.cursors()
    asked = {str(village): int(seq) for village, seq in said.get("asked", {}).items()}
    upto = bundle.forward(held, asked, reply.cursors) if reply.cursors else {}
    # What a cursor lies beyond was heard: a record that left for another village since must not come back.
    rows = tuple(row for row in reply.rows if row.village in upto and row.revision > held.get(row.village, 0))
    # Of several answers on their way the one to what came last says where this file stands.
    newest = max((receipt.seq for receipt in reply.receipts), default=0)
    link = str(said.get("at") or "") if newest > me.link_at else ""
    ledger.settle((*reply.receipts, *reply.settled), rows, upto, reply.epoch, at, link)
    if reply.cursors and dict(reply.cursors).keys() == upto.keys():
        ledger.heard([str(one) for one in said.get("copies", ())], reply.durable)
    learn(ledger, reply.keys)
    ledger.renew(at, terms_told(me, reply.terms), made)
    return replace(
        told,
        receipts=told.receipts + len(reply.receipts),
        rows=told.rows + len(rows),
        villages=reply.villages or told.villages,
        pack=reply.pack or told.pack,
    )


def _refused(ledger: Ledger, said: Mapping[str, object], at: datetime) -> Exception | None:
    """What the county's refusal means here now: one that is out of date means nothing."""
    me = ledger.identity()
    forked = forked_in(said)
    if forked is not None:
        if (said.get("replica"), forked.link) != (me.replica, me.link):
            return None  # this file has gone on since, with the county's word
        log.info("another copy of this file goes on under its replica")
        ledger.go_apart(at)
        return UserError(GONE_APART)
    refusal = REFUSALS.get(str(said.get("error")))
    life = new_life_in(said)
    if life is not None and said.get("heard") != me.epoch:
        return None  # this computer has heard of it since
    if life is not None:
        ledger.begin_life(life.epoch, life.kept_upto, at)
        return UserError(OLD_LIFE)
    stopped = stopped_in(said)
    if stopped is not None and prove(stopped, me):
        if stopped.takes and not ledger.waiting():
            stopped.words = HANDED_IN
        return stopped
    log.info("refused on a stick: %s", json.dumps(said.get("error")))
    return Refused(refusal) if refusal is not None else Refused(REVOKED)
