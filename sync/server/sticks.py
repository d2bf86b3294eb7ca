"""What came on a USB stick: opened, judged by the very code that judges the line, and answered.

Nothing of a file is done before its signature and every segment hold. It may come twice, late, and in any
order: so may every request in it. The answer is sealed for the computer that asked and signed by the county.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.ids import new_id
from app.domain.packs.policy import version_key
from app.vault import parcels
from sync.protocol import blobs as wire
from sync.protocol import bundle, codec
from sync.protocol.bundle import Frame, Header, Sealed
from sync.protocol.errors import BAD_SIGNATURE, BUSY, INTERNAL, NO_SHELF, REVOKED, Malformed, Refused
from sync.protocol.limits import ROWS
from sync.protocol.messages import FORM, Exchange, Reply
from sync.protocol.signing import Signed
from sync.protocol.stopped import proof
from sync.server import blobs, devices, handlers, late, opening, packs, replicas
from sync.server.blobs import Depot, WrongOffset
from sync.server.opening import Opening
from sync.server.postgres import Connection

OURS_TO_MEND = (BUSY, INTERNAL, NO_SHELF)  # no answer for the worker: the clerk tries again

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answered:
    """What one file brought: whose computer it was, how many changes and whole photos, the file to carry
    back, and why the county refused, "" when it did not."""

    device: str
    changes: int
    files: int
    answer: bytes = field(repr=False)
    refused: str = ""


def take_in(connection: Connection, raw: bytes, depot: Depot | None, at: datetime) -> Answered:
    """Everything in the file `raw`, and the answer to it.

    Raises Refused (Malformed, TooLarge) for what is no such file, was cut or changed, or is of a computer
    this county does not know; nothing was done then.
    """
    sealed = bundle.apart(raw)
    header = sealed.header
    if header.kind != bundle.UP:
        raise Malformed("an answer, not a question")
    claim = Signed(header.device, header.made, sealed.signature, sealed.base)
    try:
        told = opening.hear(connection, claim, late_at=at)
    except Refused as refused:
        if refused.refusal is not REVOKED:
            raise
        return _answered(connection, header, at, [_refusal(refused, None)], refused=refused)
    content = _content(told, sealed)
    visit = _Visit(connection, told, depot, at)
    for frame in bundle.frames_in(content):
        visit.take(frame)
    visit.go_on()
    devices.note_seen(connection, [devices.Seen(told.device, visit.app, header.made)], at)
    answered = _answered(connection, header, at, visit.told(), visit.changes, visit.whole, visit.refused)
    log.info("device %s: a stick with %d changes", told.device.device, visit.changes)
    return answered


class _Visit:
    """One file being taken in."""

    def __init__(self, connection: Connection, told: Opening, depot: Depot | None, at: datetime) -> None:
        self._connection, self._depot, self._at = connection, depot, at
        self._device, self._receive_key = told.device, told.receive_key
        self._answers: list[Frame] = []
        self._bytes = 0
        self._last: tuple[Exchange, Reply] | None = None
        self._hashes: dict[str, None] = {}
        self._told, self._pack = told, ""  # the version in force there, where a newer one may come
        self._link: str | None = None  # where its changes stand, once the file has said so
        self.refused: Refused | None = None
        self.app = ""
        self.changes = 0
        self.whole = 0

    def take(self, frame: Frame) -> None:
        """One frame; kinds of a newer release are passed over."""
        if frame.kind == bundle.PAGE and self.refused is None:
            asked, has, at = codec.decode_exchange(frame.data), frame.told.get("pack"), frame.told.get("at")
            self._pack = _newer(self._told.pack, has) or self._pack
            # What follows in the same file stands where what came before it has led.
            follows = self._link is not None
            if not follows and isinstance(at, str):
                self._link = at
            self._page(replace(asked, link=self._link if asked.ops else None, unheard=follows))
        elif frame.kind == bundle.PIECE and not self._device.stopped and self.refused is None:
            self._piece(frame)

    def go_on(self) -> None:
        """Whatever else is new for her: on a stick there is no asking again."""
        while self._last is not None and self._last[1].more and self._bytes < bundle.ANSWER_BYTES:
            before, reply = self._last
            more = replace(before, ops=(), copies=(), former={}, cursors=reply.cursors, limit=ROWS)
            self._page(replace(more, link=None))

    def told(self) -> list[Frame]:
        """The answer."""
        if self._hashes and self._depot is not None:
            found = blobs.standings(self._connection, self._depot, self._device, list(self._hashes))
            whole = [sha256 for sha256, one in found.items() if one.complete]
            self.whole = len(whole)
            self._answers.append(Frame(bundle.FILES, {"whole": whole}))
        if self._pack and self.refused is None and not self._device.stopped:
            file = packs.file_of(self._connection, self._device.county)
            if 0 < len(file) <= bundle.PACK_BYTES:
                self._answers.append(Frame(bundle.PACK, {"version": self._pack}, file))
        return self._answers

    def _page(self, asked: Exchange) -> None:
        self.app = asked.app
        try:
            if self._device.stopped:  # sealed while she was in the work, or after: laid aside alike
                reply = late.take_in(self._connection, self._device, replace(asked, late=True), self._at)
            else:
                reply = handlers.exchange(self._connection, self._device, asked, self._at)
        except Refused as refused:
            if refused.refusal in OURS_TO_MEND:
                raise
            self.refused = refused
            self._answers.append(_refusal(refused, asked))
            return
        self.changes += len(asked.ops)
        told: dict[str, object] = {
            "ops": [op.id for op in asked.ops],
            "copies": [copy.record for copy in asked.copies],
            "asked": dict(asked.cursors),
            "replica": asked.replica,
        }
        if asked.link is not None and not self._device.stopped:
            self._link = told["at"] = replicas.standing(
                self._connection, replace(self._device, replica=asked.replica)
            )
        self._answers.append(Frame(bundle.PAGE, told, codec.encode_reply(reply, FORM)))
        self._bytes += len(self._answers[-1].data)
        self._last = None if self._device.stopped else (asked, reply)
        if self._device.stopped:
            self._notice(asked)

    def _notice(self, asked: Exchange) -> None:
        told = {"late": proof(self._receive_key, self._device.device).hex()}
        kept = [one for one in self._answers if one.kind != bundle.REFUSAL]
        self._answers = [*kept, _refusal(Refused(REVOKED), asked, told)]

    def _piece(self, frame: Frame) -> None:
        if self._depot is None:
            raise Refused(NO_SHELF)
        sha256, offset, length = (frame.told.get(name) for name in ("sha256", "offset", "length"))
        if not (isinstance(sha256, str) and wire.is_hash(sha256)):
            raise Malformed("the name of a file")
        if not (isinstance(offset, int) and isinstance(length, int) and 0 <= offset < length):
            raise Malformed("where a piece belongs")
        self._hashes[sha256] = None
        data = frame.data
        try:
            self._put(sha256, offset, length, data)
        except WrongOffset as wrong:  # a part came by the line already
            come = wrong.standing.offset
            if offset < come < offset + len(data):
                self._put(sha256, come, length, data[come - offset :])

    def _put(self, sha256: str, offset: int, length: int, data: bytes) -> None:
        assert self._depot is not None
        piece = wire.Piece(offset, length, offset + len(data) == length)
        try:
            blobs.take(self._connection, self._depot, self._device, sha256, piece, data, self._at)
        except Refused as refused:
            if isinstance(refused, WrongOffset):
                raise
            log.warning("a photo on a stick was not kept: %s", refused.refusal.code)


def _newer(offered: str, has: object) -> str:
    """`offered` where it is newer than what the computer says it works by; "" for one that does not say."""
    return offered if isinstance(has, str) and version_key(offered) > version_key(has) else ""


def _content(told: Opening, sealed: Sealed) -> bytes:
    opener = parcels.opener_of(told.stick_seed)
    content = parcels.unseal(sealed.box, sealed.content, opener, sealed.bound_to)
    if content is None or sealed.header.county != told.device.county:
        raise Refused(BAD_SIGNATURE, "sealed for another county, or under a key it no longer has")
    return content


def _refusal(refused: Refused, asked: Exchange | None, more: dict[str, str] | None = None) -> Frame:
    said = {"error": refused.refusal.code, "words": refused.refusal.words, **refused.told, **(more or {})}
    where = {"replica": asked.replica, "heard": asked.epoch} if asked is not None else {}
    return Frame(bundle.REFUSAL, {**said, **where})


def _answered(
    connection: Connection,
    asked: Header,
    at: datetime,
    frames: list[Frame],
    changes: int = 0,
    files: int = 0,
    refused: Refused | None = None,
) -> Answered:
    """The answer sealed for the computer and signed by the county."""
    row = connection.execute(
        "SELECT county, receive_key, seed FROM device JOIN stick_key USING (county) WHERE device = %s",
        (asked.device,),
    ).fetchone()
    assert row is not None, "whoever was heard is there"
    made = Header(bundle.DOWN, row["county"], asked.device, new_id(at), int(at.timestamp()), asked.id)
    beginning = bundle.head(made)
    bound_to = bundle.bound_to(beginning)
    box, content = parcels.seal(bundle.written(frames), bytes(row["receive_key"]), bound_to)
    unsigned = beginning + box + content
    answer = unsigned + parcels.sign(bytes(row["seed"]), bundle.base_of(unsigned))
    return Answered(asked.device, changes, files, answer, refused.refusal.code if refused else "")


# What the clerk reads; the words of a refusal are for the worker.
REFUSED_WORDS = {
    "malformed": "不是 U 盘送来的文件，或没拷全。请村里再写一次。",
    "too_large": "文件太大，不是首访通写的。",
    "bad_signature": "没拷全，或被改过，或是给别的县的。请村里再写一次。",
    "unknown_device": "这台电脑没在这里登记过。",
    "device_revoked": "这台电脑停用了，没有收。",
    "fork": "那台电脑的资料有两份在用；回执会让它分开，再写一次 U 盘。用 doctor 看",
    "replica_spent": "这是恢复备份以前的那一份，没有收；那台电脑再写一次 U 盘",
    "epoch": "县里恢复过，没有收；回执会让那台电脑重新核对，再写一次 U 盘",
    "cursor_ahead": "那台电脑听过的比县里的新，没有收；用 doctor 看",
    "read_only": "县里正停着不收；用 doctor 看",
    "no_shelf": "没有说照片放在哪儿：加上 --blobs 文件夹，再收一次。",
    "busy": "数据库忙，再收一次。",
}


def clerk_words(refused: Refused) -> str:
    """What to do about a file that was refused."""
    return REFUSED_WORDS.get(refused.refusal.code, refused.refusal.code)
