"""The county's words on changes: one by one as every release reads them, or in runs, with why where it helps.

Numbers are handed out one after another, so ten thousand receipts are mostly a single line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.change import Outcome, Receipt
from sync.protocol.errors import Malformed
from sync.protocol.limits import OPS
from sync.protocol.wire import listing, name_in, whole

OUTCOMES = frozenset(outcome.value for outcome in Outcome)
REASON_LENGTH = 300


def acks(receipts: Sequence[Receipt]) -> list[list[Any]]:
    """`[number, verdict]` of each, with the reason as a third where there is one."""
    return [_ack(receipt) for receipt in receipts]


def runs(receipts: Sequence[Receipt]) -> list[list[Any]]:
    """[how many, first number, verdict …] of each stretch with one verdict and no gap in its numbers."""
    told: list[list[Any]] = []
    for seq, *verdict in acks(receipts):
        if told and told[-1][2:] == verdict and told[-1][1] + told[-1][0] == seq:
            told[-1][0] += 1
        else:
            told.append([1, seq, *verdict])
    return told


def settled_of(receipts: Sequence[Receipt]) -> list[list[Any]]:
    """Later receipts, each with its change's id before it."""
    return [[receipt.change, *_ack(receipt)] for receipt in receipts]


def read_receipts(raw: Mapping[str, Any], sent: Sequence[str]) -> tuple[Receipt, ...]:
    """The receipts in an answer to the changes `sent`, in either form. Raises Malformed."""
    given = _spread(raw["runs"]) if "runs" in raw else listing(raw.get("acks", []), "acks", OPS)
    if len(given) != len(sent):
        raise Malformed(f"{len(given)} receipts for {len(sent)} changes")
    return tuple(_receipt(change, one) for change, one in zip(sent, given, strict=True))


def read_settled(raw: Any) -> Receipt:
    """A later receipt, which names its op first. Raises Malformed."""
    change, *spelt = listing(raw, "settled", 9) or [None]
    return _receipt(name_in({"op": change}, "op"), spelt)


def _ack(receipt: Receipt) -> list[Any]:
    spelt = [receipt.seq, receipt.outcome.value]
    return [*spelt, receipt.reason[:REASON_LENGTH]] if receipt.reason else spelt


def _spread(raw: Any) -> list[list[Any]]:
    given: list[list[Any]] = []
    for run in listing(raw, "runs", OPS):
        count, first, *verdict = [*listing(run, "run", 8), None, None][: max(2, len(run))]
        if not 0 < whole(count, "run") <= OPS - len(given):
            raise Malformed("a run that is too long")
        first = whole(first, "seq")
        given.extend([first + place, *verdict] for place in range(count))
    return given


def _receipt(change: str, raw: Any) -> Receipt:
    seq, outcome, reason = [*listing(raw, "ack", 9), None, None, None][:3]
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        raise Malformed("an outcome that is none of the four")
    known = reason[:REASON_LENGTH] if isinstance(reason, str) else ""
    return Receipt(change, Outcome(outcome), whole(seq, "seq"), known)
