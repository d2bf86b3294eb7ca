"""How the county's word on a change is spelt: its number, its verdict, and why where that needs saying."""

from __future__ import annotations

from typing import Any

from app.domain.change import Outcome, Receipt
from sync.protocol.errors import Malformed
from sync.protocol.wire import listing, name_in, whole

OUTCOMES = frozenset(outcome.value for outcome in Outcome)
REASON_LENGTH = 300


def ack(receipt: Receipt) -> list[Any]:
    """`[number, verdict]`, with the reason as a third where there is one."""
    spelt = [receipt.seq, receipt.outcome.value]
    return [*spelt, receipt.reason[:REASON_LENGTH]] if receipt.reason else spelt


def read_receipt(op: str, raw: Any) -> Receipt:
    """The receipt of `op` in an ack. Raises Malformed."""
    seq, outcome, reason = [*listing(raw, "ack", 8), None, None, None][:3]
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        raise Malformed("an outcome that is none of the four")
    known = reason[:REASON_LENGTH] if isinstance(reason, str) else ""
    return Receipt(op, Outcome(outcome), whole(seq, "seq"), known)


def read_settled(raw: Any) -> Receipt:
    """A later receipt, which names its op first. Raises Malformed."""
    op, *spelt = listing(raw, "settled", 9) or [None]
    return read_receipt(name_in({"op": op}, "op"), spelt)
