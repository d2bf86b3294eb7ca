"""Disagreements as records: how a case is opened, kept up to date with the county, and decided. Pure.

A case is decided once, for everyone: only from the value the decider saw, and only while it is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.change import Change, Verb
from app.domain.conflict import CHOICES, WHOLE, Choice, Conflict, Kind, State
from app.domain.record import Body, Json
from sync.protocol.merge import Disagreement, Held, empty, same

CASE = Conflict.TYPE


@dataclass(frozen=True)
class Writer:
    """Who wrote a value: worker id, name, when by her own clock (ISO 8601), and in which op."""

    worker: str
    who: str
    at: str
    op: str = ""


@dataclass(frozen=True)
class Effect:
    """What a decision does to the record: `fields` are written, unless `removes`; `revives` brings back what
    was deleted first."""

    fields: Mapping[str, Json]
    removes: bool = False
    revives: bool = False


@dataclass(frozen=True)
class Decision:
    """The case as it stands decided, and what follows. `stale`: somebody was faster, or what the decider
    saw is no longer there; nothing is written then. `fault`: no decision at all."""

    body: Body
    effect: Effect | None = None
    stale: bool = False
    fault: str = ""


def case_id(op: str, field: str) -> str:
    """The same op always opens the same case, also at a county that was put back from a backup."""
    digest = hashlib.sha256(f"case|{op}|{field}".encode("utf-8", "surrogatepass")).digest()
    # A UUIDv8 (RFC 9562 §5.8): version and variant, the rest is ours.
    number = int.from_bytes(digest[:16]) & ~(0xF << 76 | 0x3 << 62) | 0x8 << 76 | 0x2 << 62
    return str(UUID(int=number))


def opened(
    cases: Mapping[str, Body],
    change: Change,
    beside: Iterable[Disagreement],
    writer: Writer,
    there: Callable[[str], Writer | None],
    at: str,
) -> dict[str, Body]:
    """The cases that `beside` opens or widens, by id; `cases` are those open on the record now.

    What a worker wrote on top of her own set-aside value belongs to the same case. `there` tells who wrote
    what the county holds in a field; `at` is the county's time.
    """
    found: dict[str, Body] = {}
    for one in beside:
        known = {**cases, **found}
        case = next((key for key, body in known.items() if _goes_on(body, one, writer)), None)
        if case is not None:
            found[case] = _widened(known[case], one, writer)
        else:
            fresh = _case(change, one, at)
            fresh |= _side("mine", writer) | {"mine_op": writer.op}
            guarded = next(iter(one.server), "") if isinstance(one.server, dict) else ""
            fresh |= _side("theirs", there(guarded if one.field == WHOLE else one.field))
            found[case_id(writer.op, one.field)] = fresh
    return {key: _clean(body) for key, body in found.items()}


def followed(case: Body, held: Held, writer: Writer) -> Body:
    """The open `case` after `writer` changed its record to `held`; the very same when it is no other.

    A value that has come to be the one set aside leaves nothing to decide.
    """
    now = _there(case, held)
    agreed = now.pop("agreed")
    if all(same(case.get(name), value) for name, value in now.items()) and not agreed:
        return case
    body = {**case, **now, **_side("theirs", writer)}
    if agreed:
        value = body.get("mine") if body["kind"] == Kind.FIELD else None
        body |= {"state": State.DECIDED, "choice": Choice.MINE, "value": value}
        body |= _side("decided", writer)
    return _clean(body)


def taken_back(case: Body, change: Change, held: Held, writer: Writer) -> Body | None:
    """The case when its own writer went on to write what the county holds, or None when she did not."""
    field = str(case.get("field"))
    pair = change.fields.get(field)
    if case.get("kind") != Kind.FIELD or pair is None or case.get("mine_by") != writer.worker:
        return None
    if not same(case.get("mine"), pair[0]) or not same(held.body.get(field), pair[1]):
        return None
    decided = {"state": State.DECIDED, "choice": Choice.THEIRS, "value": pair[1], **_side("decided", writer)}
    return _clean({**case, **decided})


def decide(case: Body, change: Change, writer: Writer) -> Decision:
    """What becomes of `case` by a device's change of it."""
    fields, kind = change.fields, Kind(str(case["kind"]))
    choice = fields.get("choice", (None, None))[1]
    if change.verb is not Verb.EDIT or fields.get("state", (None, None))[1] != State.DECIDED:
        return Decision(case, fault="bad_decision")
    # The record may have been deleted since: what could be chosen of the smaller question is then too late.
    late = kind is Kind.DELETED and choice in CHOICES[Kind.FIELD]
    if "theirs" not in fields or (choice not in CHOICES[kind] and not late):
        return Decision(case, fault="bad_decision")
    value = _value(case, Choice(str(choice)), fields.get("value", (None, None))[1])
    if case.get("state") != State.OPEN:
        agreed = case.get("choice") == choice and same(case.get("value"), value)
        return Decision(case, stale=not agreed)
    if not same(fields["theirs"][0], case.get("theirs")) or choice not in CHOICES[kind]:
        return Decision(case, stale=True)
    decided = {"state": State.DECIDED, "choice": choice, "value": value, **_side("decided", writer)}
    return Decision(_clean({**case, **decided}), _effect(case, kind, Choice(str(choice)), value))


def _value(case: Body, choice: Choice, typed: Json) -> Json:
    if case.get("kind") != Kind.FIELD:
        return None
    return {Choice.THEIRS: case.get("theirs"), Choice.MINE: case.get("mine"), Choice.OTHER: typed}[choice]


def _effect(case: Body, kind: Kind, choice: Choice, value: Json) -> Effect | None:
    if choice is Choice.THEIRS or kind in (Kind.TRANSITION, Kind.DUPLICATE):
        return None
    if kind is Kind.FIELD:
        return Effect({str(case["field"]): value})
    if case.get("removes"):
        return Effect({}, removes=True)
    mine = case.get("mine")
    return Effect(mine if isinstance(mine, dict) else {}, revives=bool(case.get("gone")))


def _goes_on(case: Body, one: Disagreement, writer: Writer) -> bool:
    if case.get("kind") != one.kind or case.get("field") != one.field or case.get("mine_by") != writer.worker:
        return False
    if one.kind is Kind.FIELD:
        return same(case.get("mine"), one.base) or same(case.get("mine"), one.client)
    return bool(case.get("removes")) == _removes(one)


def _widened(case: Body, one: Disagreement, writer: Writer) -> Body:
    body = {**case, **_side("mine", writer), "mine_op": writer.op}
    if one.kind is Kind.FIELD:
        return {**body, "mine": one.client}
    return {
        **body,
        "base": {**_fields(one.base), **_fields(case.get("base"))},
        "mine": {**_fields(case.get("mine")), **_fields(one.client)},
        "theirs": {**_fields(case.get("theirs")), **_fields(one.server)},
    }


def _case(change: Change, one: Disagreement, at: str) -> Body:
    return {
        "of": change.record,
        "of_type": change.type,
        "field": one.field,
        "kind": one.kind.value,
        "opened_at": at,
        "base": one.base,
        "theirs": one.server,
        "mine": one.client,
        "gone": one.kind is Kind.DELETED and one.server is None,
        "removes": _removes(one),
        "state": State.OPEN.value,
    }


def _removes(one: Disagreement) -> bool:
    return one.kind is Kind.DELETED and one.server is not None


def _there(case: Body, held: Held) -> Body:
    """The county's side of a case as its record stands now; `agreed` when nothing is left to decide."""
    kind, field, mine = case.get("kind"), str(case.get("field")), case.get("mine")
    if kind == Kind.FIELD and held.deleted:
        whole: Body = {"kind": Kind.DELETED.value, "field": WHOLE, "theirs": None, "gone": True}
        return {**whole, "base": {field: case.get("base")}, "mine": {field: mine}, "agreed": False}
    if kind == Kind.FIELD:
        return {"theirs": held.body.get(field), "agreed": same(held.body.get(field), mine)}
    if kind == Kind.DUPLICATE:
        return {"agreed": False}
    if case.get("removes"):
        seen = _fields(case.get("base"))
        names = sorted(set(held.body) | set(seen))
        unseen = {
            name: held.body.get(name) for name in names if not same(held.body.get(name), seen.get(name))
        }
        return {"theirs": unseen, "agreed": held.deleted}
    names = sorted(_fields(case.get("theirs")) or _fields(mine))
    there: Json = None if held.deleted else {name: held.body.get(name) for name in names}
    return {"theirs": there, "gone": held.deleted, "agreed": False}


def _side(which: str, writer: Writer | None) -> Body:
    if writer is None:
        return {f"{which}_by": None, f"{which}_who": None, f"{which}_at": None}
    return {f"{which}_by": writer.worker, f"{which}_who": writer.who, f"{which}_at": writer.at}


def _fields(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, dict) else {}


def _clean(body: Body) -> Body:
    """As a record is kept: enums as their values, nothing that is empty."""
    enums = Kind | State | Choice
    plain = {name: value.value if isinstance(value, enums) else value for name, value in body.items()}
    return {name: value for name, value in plain.items() if not empty(value)}
