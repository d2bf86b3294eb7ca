"""Handing in what was not sent yet from a computer whose worker has left the work."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from datetime import datetime

from app.domain.device import DeviceIdentity
from sync.client.answers import read_answer
from sync.client.http import Transport
from sync.client.keys import public_keys, signed_headers
from sync.client.ledger import Ledger
from sync.protocol import codec
from sync.protocol.limits import BATCH_FLOOR_BYTES, OPS, SYNC_PATH
from sync.protocol.messages import Exchange
from sync.protocol.stopped import Stopped, proof
from sync.protocol.wire import op_of

HANDED_IN = "这台电脑停用了。还没上传的都交给县里了，乡镇会看。"
MOST_BATCHES = 10_000

log = logging.getLogger(__name__)


def prove(stopped: Stopped, me: DeviceIdentity) -> bool:
    """Whether it was the county that said so, which is noted in `stopped`."""
    due = proof(public_keys(me.key)[1], me.device, takes=stopped.takes)
    stopped.proven = hmac.compare_digest(stopped.proof, due)
    return stopped.proven


def hand_in(
    ledger: Ledger, transport: Transport, stopped: Stopped, *, at: datetime, cancelled: Callable[[], bool]
) -> Stopped:
    """Send everything unsent to be laid aside; returns the notice with what came of it in its words.

    Nothing is sent to whoever cannot prove to be the county. Raises Offline as any exchange.
    """
    me = ledger.identity()
    if not prove(stopped, me):
        log.error("a notice that this computer was stopped, without the county's proof; nothing is handed in")
        return stopped
    if not stopped.takes:
        return stopped
    for _ in range(MOST_BATCHES):
        changes = ledger.outgoing(BATCH_FLOOR_BYTES)[:OPS]
        if not changes or cancelled():
            break
        ops = tuple(op_of(change) for change in changes)
        body = codec.encode_exchange(Exchange(me.replica, me.epoch, ops, {}, 1, transport.app, late=True))
        answer = transport.post(SYNC_PATH, body, signed_headers(SYNC_PATH, body, me.device, me.key, at))
        reply = read_answer(answer, ops, body)
        ledger.settle(reply.receipts, (), {}, me.epoch, at)
    if not ledger.waiting():
        stopped.words = HANDED_IN
    return stopped
