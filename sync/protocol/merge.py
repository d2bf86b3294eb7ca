"""What becomes of one change when it meets the record the county holds: pure, and the same anywhere.

A field is written only if the county still has the value the worker saw. Anything else is kept
beside the record for a person to decide; nothing is overwritten unseen and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.change import Change, Outcome, Verb
from app.domain.conflict import WHOLE, Kind
from app.domain.locks import locked
from app.domain.record import Body, Json
from sync.protocol.canonical import canonical
from sync.protocol.meaning import meant
from sync.protocol.policy import Policy

__all__ = ["WHOLE", "Disagreement", "Held", "Kind", "Merged", "empty", "merge", "same"]


@dataclass(frozen=True)
class Held:
    """A record as the county holds it."""

    type: str
    body: Mapping[str, Json]
    deleted: bool = False


@dataclass(frozen=True)
class Disagreement:
    """One field (or `WHOLE`) that was not written: what the worker saw, what is there, what she wrote."""

    field: str
    kind: Kind
    base: Json
    server: Json
    client: Json


@dataclass(frozen=True)
class Merged:
    """`written` names the fields whose value changed; `reason` says why a change was quarantined."""

    body: Body
    deleted: bool
    outcome: Outcome
    disagreements: tuple[Disagreement, ...] = ()
    written: tuple[str, ...] = ()
    reason: str = ""


def merge(held: Held | None, change: Change, policy: Policy) -> Merged:
    """The record after `change`, and the county's verdict. Never raises on a well-formed change."""
    if held is None:
        if change.verb is not Verb.NEW:
            return Merged({}, False, Outcome.QUARANTINED, reason="unknown_record")
        return _begun(change, policy)
    if held.type != change.type:
        return _untouched(held, Outcome.QUARANTINED, reason="other_type")
    if change.verb is Verb.DELETE:
        return _delete(held, change)
    if held.deleted:
        return _untouched(held, Outcome.CONFLICT, _set_aside(change, Kind.DELETED, None))
    guards = _guards(change, policy)
    if guards and not _in_place(held, change, guards):
        there: Json = {name: held.body.get(name) for name in guards}
        return _untouched(held, Outcome.REJECTED, _set_aside(change, Kind.TRANSITION, there))
    return _fields(held, change, policy)


def same(one: Json, other: Json) -> bool:
    """Whether two values mean the same: every empty value is alike, and true is not 1."""
    if empty(one) or empty(other):
        return empty(one) and empty(other)
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return canonical(one) == canonical(other)


def alike(one: Json, other: Json) -> bool:
    """Whether two values are one fact, however each was typed."""
    return same(one, other) or canonical(meant(one)) == canonical(meant(other))


def _begun(change: Change, policy: Policy) -> Merged:
    """A record that begins to exist; seldom, after a loss, with something somebody had seen of it before."""
    if any(old is not None for old, _ in change.fields.values()):
        return _fields(Held(change.type, {}), change, policy, fresh=True)
    body = {name: new for name, (_, new) in sorted(change.fields.items()) if not empty(new)}
    return Merged(body, False, Outcome.APPLIED, written=tuple(body))


def _fields(held: Held, change: Change, policy: Policy, *, fresh: bool = False) -> Merged:
    body, sets = dict(held.body), policy.sets.get(change.type, frozenset())
    written, disagreements = [], []
    for name, (old, new) in sorted(change.fields.items()):
        current = body.get(name)
        if same(current, new):
            continue
        if not fresh and locked(held.type, held.body, name):  # signed, ended, or only added to
            disagreements.append(Disagreement(name, Kind.FIELD, old, current, new))
            continue
        if not alike(current, old):
            if alike(current, new):
                continue
            both = _join(old, current, new) if name in sets else None
            if both is None:
                disagreements.append(Disagreement(name, Kind.FIELD, old, current, new))
                continue
            if same(current, both):
                continue
            new = both
        body[name] = new
        if empty(new):
            del body[name]
        written.append(name)
    outcome = Outcome.CONFLICT if disagreements else Outcome.APPLIED
    return Merged(body, False, outcome, tuple(disagreements), tuple(written))


def _delete(held: Held, change: Change) -> Merged:
    if held.deleted:
        return _untouched(held, Outcome.APPLIED)
    names = set(held.body) | set(change.fields)
    unseen = [
        name
        for name in sorted(names)
        if not alike(held.body.get(name), change.fields.get(name, (None, None))[0])
    ]
    if unseen:
        there: Json = {name: held.body.get(name) for name in unseen}
        return _untouched(held, Outcome.CONFLICT, _set_aside(change, Kind.DELETED, there))
    return Merged({}, True, Outcome.APPLIED, written=tuple(sorted(held.body)))


def _guards(change: Change, policy: Policy) -> tuple[str, ...]:
    """The guard fields of a transition; a new record has none, for nobody can have moved it on."""
    if change.verb is Verb.NEW:
        return ()
    return tuple(name for name in policy.guards.get(change.type, ()) if name in change.fields)


def _in_place(held: Held, change: Change, guards: tuple[str, ...]) -> bool:
    """Whether the record still stands where the writer saw it, or already where she wants it."""
    return any(
        all(alike(held.body.get(name), change.fields[name][side]) for name in guards) for side in (0, 1)
    )


def _join(base: Json, one: Json, other: Json) -> list[Json] | None:
    """Both people's additions and removals in a set, or None where they pull apart.

    They pull apart when both replaced the same element by something of their own, or when a side is
    not a set at all.
    """
    sides = []
    for value in (base, one, other):
        items = [] if empty(value) else value
        if not isinstance(items, list):
            return None
        spelt = {canonical(meant(item)): item for item in items}
        if len(spelt) != len(items):
            return None
        sides.append(spelt)
    was, here, wanted = sides
    gone_here, gone_wanted = was.keys() - here.keys(), was.keys() - wanted.keys()
    added_here, added_wanted = here.keys() - was.keys(), wanted.keys() - was.keys()
    if gone_here & gone_wanted and added_here and added_wanted and added_here != added_wanted:
        return None
    kept = [item for key, item in here.items() if key not in gone_wanted]
    return kept + [item for key, item in wanted.items() if key in added_wanted - here.keys()]


def _set_aside(change: Change, kind: Kind, there: Json) -> Disagreement:
    base: Json = {name: old for name, (old, _) in change.fields.items()}
    client: Json = {name: new for name, (_, new) in change.fields.items()}
    return Disagreement(WHOLE, kind, base, there, client)


def _untouched(held: Held, outcome: Outcome, *disagreements: Disagreement, reason: str = "") -> Merged:
    return Merged(dict(held.body), held.deleted, outcome, disagreements, reason=reason)


def empty(value: Json) -> bool:
    """Whether a value says nothing; 0 and false say something."""
    if value:  # nearly every one
        return False
    return value is None or value in ("", [], {})
