"""Changes that waited to be sent and were lost, made anew from what they did to the records that remain."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from app.domain.change import Change, Outcome, Verb, difference
from app.domain.ids import new_id
from app.domain.record import Body, Json, canonical
from app.store.gather import Gathered
from app.store.shapes import Fields
from app.store.unit import change_in, change_out

Pairs = dict[str, tuple[Json, Json]]


def remake(gathered: Gathered, lost: Mapping[int, str], actor: str, at: datetime) -> frozenset[int]:
    """Put a change in the place of each `lost` number (of a change to that record) that left a trace.

    The record shows the outcome; the county's copy and the changes that are left say where it began. What
    is missing between two of them is what the lost one did. Returns the numbers that stand again.
    """
    kept: dict[str, list[tuple[int, Change]]] = defaultdict(list)
    wanted: dict[str, list[int]] = defaultdict(list)
    for number, record in sorted(lost.items()):
        if (record,) in gathered.rows["record"]:
            wanted[record].append(number)
    for fields in gathered.rows["outbox"].values():
        record = str(fields["record"])
        if record in wanted and _lies_over(fields, gathered.rows["record"][(record,)]):
            kept[record].append((int(str(fields["n"])), change_in(json.loads(str(fields["payload"])))))
    made: set[int] = set()
    for record, numbers in wanted.items():
        row = gathered.rows["record"][(record,)]
        told = sorted(kept[record], key=lambda one: one[0])
        for number, pairs in _gaps(row, told, numbers).items():
            first = row.get("county_body") is None and not any(at < number for at, _ in told)
            gathered.rows["outbox"][(number,)] = _waiting(number, _change(row, pairs, actor, at, first=first))
        # Several lost in one place are one change now: nothing of them is missing any more.
        made.update(numbers)
    return frozenset(made)


def _lies_over(fields: Fields, row: Fields) -> bool:
    """Whether a change is not yet in the county's copy of its record."""
    seq, revision = fields.get("seq"), row.get("revision") or 0
    if seq is None:
        return True
    return int(str(seq)) > int(str(revision)) and fields.get("outcome") == Outcome.APPLIED.value


def _gaps(row: Fields, kept: list[tuple[int, Change]], numbers: list[int]) -> dict[int, Pairs]:
    """For each lost number the fields that changed without any change that is left having done it."""
    county = row.get("county_body")
    state: Body = json.loads(str(county)) if county is not None else {}
    found: dict[int, Pairs] = defaultdict(dict)
    for at, change in kept:
        before = bisect_left(numbers, at)
        for name, (old, new) in change.fields.items():
            # Over a copy of the county's the difference may be somebody else's: that is for a person to see.
            if county is None and before and state.get(name) != old:
                found[numbers[before - 1]][name] = (state.get(name), old)
            state[name] = new
    body: Body = json.loads(str(row["body"]))
    left = {name: value for name, value in state.items() if value is not None}
    for name, pair in difference(left, body).items():
        # Two gaps of one field in one place are one step.
        found[numbers[-1]][name] = (found[numbers[-1]].get(name, pair)[0], pair[1])
    return {number: pairs for number, pairs in found.items() if pairs}


def _change(row: Fields, pairs: Pairs, actor: str, at: datetime, *, first: bool) -> Change:
    kind = str(row["type"])
    verb = Verb.NEW if first else Verb.EDIT
    if kind == "ticket" and "state" in pairs and not first:
        verb = Verb.MOVE  # and the county asks whose it was, as for every step
        owner = json.loads(str(row["body"])).get("owner")
        pairs.setdefault("owner", (owner, owner))
    record, village = str(row["id"]), str(row["village"])
    return Change(new_id(at), record, kind, village, verb, dict(sorted(pairs.items())), at, actor, "salvage")


def _waiting(number: int, change: Change) -> Fields:
    payload = canonical(change_out(change))
    return {"n": number, "change": change.id, "record": change.record, "payload": payload}
