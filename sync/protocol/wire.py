"""How a change and a record are spelt inside a message, and how a wrong one is told from a new one.

Short keys keep small messages small. An op whose envelope is sound but whose content is not
understood here becomes an `Op` without a change: the county keeps it whole and sets it aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.change import Change, Incoming, Verb
from app.domain.record import Json
from sync.protocol.canonical import unkeepable
from sync.protocol.errors import Malformed
from sync.protocol.limits import FIELDS, NAME_LENGTH
from sync.protocol.messages import Op, bucket_of, village_of

VERBS = frozenset(verb.value for verb in Verb)


def op_of(change: Change) -> Op:
    """The op that carries `change`."""
    payload: dict[str, Json] = {
        "op": change.id,
        "t": change.type,
        "id": change.record,
        "b": bucket_of(change.village),
        "k": change.verb.value,
        "f": {name: [old, new] for name, (old, new) in change.fields.items()},
        "at": change.at.isoformat(),
        "by": change.actor,
    }
    if change.why:
        payload["why"] = change.why
    return Op(change.id, change.record, change.type, bucket_of(change.village), payload, change)


def read_op(raw: Any) -> Op:
    """The op in a JSON object. Raises Malformed only when it cannot even be told which op it is."""
    payload = mapping(raw, "op")
    names = [name_in(payload, key) for key in ("op", "id", "t", "b")]
    op_id, record, kind, bucket = names
    change, fault = _change(op_id, record, kind, bucket, payload)
    return Op(op_id, record, kind, bucket, payload, change, fault)


def row_of(row: Incoming) -> dict[str, Json]:
    """One record for the reply; `left` and deleted rows carry no body."""
    payload: dict[str, Json] = {
        "b": bucket_of(row.village),
        "id": row.record,
        "t": row.type,
        "r": row.revision,
    }
    if row.left:
        payload["left"] = 1
    elif row.deleted:
        payload["d"] = 1
    elif row.echo:
        payload["h"] = row.echo
    else:
        payload["body"] = row.body
    return payload


def read_row(raw: Any) -> Incoming | None:
    """The record in a JSON object, or None for a bucket this release has no use for."""
    payload = mapping(raw, "row")
    village = village_of(name_in(payload, "b"))
    if village is None:
        return None
    return Incoming(
        record=name_in(payload, "id"),
        type=name_in(payload, "t"),
        village=village,
        revision=whole(payload.get("r"), "r"),
        deleted=bool(payload.get("d")),
        body=mapping(payload.get("body", {}), "body"),
        left=bool(payload.get("left")),
        echo=text_in(payload, "h"),
    )


def mapping(value: Any, what: str) -> dict[str, Any]:
    """`value` as an object. Raises Malformed naming `what`."""
    if not isinstance(value, dict):
        raise Malformed(f"{what} is not an object")
    return value


def listing(value: Any, what: str, most: int) -> list[Any]:
    """`value` as a list of at most `most` items. Raises Malformed naming `what`."""
    if not isinstance(value, list) or len(value) > most:
        raise Malformed(f"{what} is not a list of at most {most}")
    return value


def name_in(payload: Mapping[str, Any], key: str) -> str:
    """A short, printable, non-empty name under `key`. Raises Malformed."""
    value = payload.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= NAME_LENGTH or not value.isprintable():
        raise Malformed(f"{key} is not a name")
    return value


def text_in(payload: Mapping[str, Any], key: str) -> str:
    """A short text under `key`, "" when missing. Raises Malformed."""
    value = payload.get(key, "")
    if not isinstance(value, str) or len(value) > NAME_LENGTH or unkeepable(value):
        raise Malformed(f"{key} is not a short text")
    return value


def whole(value: Any, what: str) -> int:
    """`value` as a number from 0 to 2^63-1. Raises Malformed naming `what`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise Malformed(f"{what} is not a whole number")
    return value


def moment(value: Any) -> datetime:
    """An aware ISO 8601 time. Raises Malformed."""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Malformed("not a time") from error
    if at.tzinfo is None:
        raise Malformed("a time without an offset")
    return at


def _change(
    op_id: str, record: str, kind: str, bucket: str, payload: Mapping[str, Any]
) -> tuple[Change | None, str]:
    village = village_of(bucket)
    if village is None:
        return None, "unknown_bucket"
    verb = payload.get("k")
    if not isinstance(verb, str) or verb not in VERBS:
        return None, "unknown_verb"
    fields, fault = _fields(payload.get("f"))
    if fault:
        return None, fault
    try:
        at, actor, why = moment(payload.get("at")), text_in(payload, "by"), payload.get("why", "")
    except Malformed as error:
        return None, error.detail
    if not isinstance(why, str) or unkeepable(why):
        return None, "bad_why"
    return Change(op_id, record, kind, village, Verb(verb), fields, at, actor, why), ""


def _fields(raw: Any) -> tuple[dict[str, tuple[Json, Json]], str]:
    if not isinstance(raw, dict) or len(raw) > FIELDS:
        return {}, "bad_fields"
    for name, pair in raw.items():
        if not 0 < len(name) <= NAME_LENGTH or not isinstance(pair, list) or len(pair) != 2:
            return {}, "bad_fields"
        if why := unkeepable(name) or unkeepable(pair[0], 2) or unkeepable(pair[1], 2):
            return {}, why
    return {name: (pair[0], pair[1]) for name, pair in raw.items()}, ""
