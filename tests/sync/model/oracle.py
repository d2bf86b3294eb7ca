"""The county's log told again by rules written a second time: what each op may do, and what becomes of it.

It shares no code with `sync.protocol.merge`, only the sentences of docs/sync.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SETS = {"household": {"classes", "tags"}, "ticket": {"items", "trips"}}
GUARDS = {"ticket": ("state", "owner")}
ENDED = ("archived", "withdrawn", "duplicate")  # states of a ticket that is only read
Json = Any


@dataclass
class Told:
    """A record as the log tells it."""

    type: str
    body: dict[str, Json] = field(default_factory=dict)
    deleted: bool = False


@dataclass
class Verdict:
    """What the rules say of one op: its outcome, and what is to lie beside the record (field → kind)."""

    outcome: str
    beside: Mapping[str, str] = field(default_factory=dict)


def spelt(value: Json) -> str:
    """Equal spellings mean equal values; every empty value is alike."""
    return json.dumps(None if value in ("", [], {}) else value, sort_keys=True)


def replay(
    log: Iterable[Mapping[str, Any]],
) -> tuple[dict[str, Told], list[tuple[Mapping[str, Any], Verdict]]]:
    """The records after the whole log, and the verdict the rules give each op, in order.

    An op the county quarantined is left where it is: whether it had to be is asked elsewhere.
    """
    records: dict[str, Told] = {}
    verdicts = []
    for row in log:
        if row["outcome"] == "quarantined":
            verdict = Verdict("quarantined")
        elif row["reason"] == "in_witness":
            verdict = Verdict("applied")  # a copy that was taken holds it already
        elif row["op"].startswith("county-"):
            verdict = _by_the_county(records.setdefault(row["record"], Told(row["type"])), row)
        elif row["reason"] == "witness":
            verdict = _adopt(records.setdefault(row["record"], Told(row["type"])), row)
        else:
            verdict = _apply(records, row)
        verdicts.append((row, verdict))
    return records, verdicts


def _apply(records: dict[str, Told], row: Mapping[str, Any]) -> Verdict:
    op = row["payload"]
    there = records.get(row["record"])
    if there is None:
        if op["k"] != "new":
            return Verdict("quarantined")
        there = records[row["record"]] = Told(row["type"])
    ended = there.type == "ticket" and there.body.get("state") in ENDED
    pairs = {name: (old, new) for name, (old, new) in op["f"].items()}
    if op["k"] == "del":
        return _take_away(there, pairs)
    if there.deleted:
        return Verdict("conflict", {"*": "deleted"})
    guards = [name for name in GUARDS.get(there.type, ()) if name in pairs and op["k"] != "new"]
    if guards and not any(
        all(spelt(there.body.get(name)) == spelt(pairs[name][side]) for name in guards) for side in (0, 1)
    ):
        return Verdict("rejected-transition", {"*": "transition"})
    return _write(there, pairs, ended=ended)


def _write(there: Told, pairs: Mapping[str, tuple[Json, Json]], *, ended: bool) -> Verdict:
    beside = {}
    for name, (old, new) in pairs.items():
        now = there.body.get(name)
        if spelt(now) == spelt(new):
            continue
        if ended:
            beside[name] = "field"
            continue
        if spelt(now) != spelt(old):
            both = _both(old, now, new) if name in SETS.get(there.type, ()) else None
            if both is None:
                beside[name] = "field"
                continue
            new = both
        there.body[name] = new
    there.body = {name: value for name, value in there.body.items() if value not in (None, "", [], {})}
    return Verdict("conflict" if beside else "applied", beside)


def _by_the_county(there: Told, row: Mapping[str, Any]) -> Verdict:
    """What the county itself makes of a record: it says what it replaces, and that is what stood there."""
    for name, (before, after) in row["payload"]["f"].items():
        if spelt(there.body.get(name)) != spelt(before):
            return Verdict(f"the county replaced {name} unseen")
        there.body[name] = after
    there.body = {name: value for name, value in there.body.items() if value not in (None, "", [], {})}
    there.deleted = row["payload"]["k"] == "del"
    return Verdict("applied")


def _adopt(there: Told, row: Mapping[str, Any]) -> Verdict:
    """A copy from a life that was lost: what it replaces is what stood there; the rest lies beside."""
    for name, (before, after) in row["payload"]["f"].items():
        if spelt(there.body.get(name)) != spelt(before):
            return Verdict(f"a copy replaced {name} unseen")
        there.body[name] = after
    there.body = {name: value for name, value in there.body.items() if value not in (None, "", [], {})}
    there.deleted = bool(row["payload"]["d"])
    return Verdict(row["outcome"])


def _take_away(there: Told, pairs: Mapping[str, tuple[Json, Json]]) -> Verdict:
    if there.deleted:
        return Verdict("applied")
    names = {*there.body, *pairs}
    if any(spelt(there.body.get(name)) != spelt(pairs.get(name, (None,))[0]) for name in names):
        return Verdict("conflict", {"*": "deleted"})
    there.body, there.deleted = {}, True
    return Verdict("applied")


def _both(old: Json, now: Json, new: Json) -> list[Json] | None:
    """Two people's additions and removals of a set; None where both replaced the same element."""
    was, here, mine = (list(value or []) for value in (old, now, new))
    if any(len({spelt(one) for one in side}) != len(side) for side in (was, here, mine)):
        return None
    added_here = {spelt(one) for one in here if one not in was}
    added_mine = {spelt(one) for one in mine if one not in was}
    gone_both = [one for one in was if one not in here and one not in mine]
    if gone_both and added_here and added_mine and added_here != added_mine:
        return None
    kept = [one for one in here if one in mine or one not in was]
    return kept + [one for one in mine if one not in was and one not in here]
