"""The county's log told again by rules written a second time: what each op may do, and what becomes of it.

It shares no code with `sync.protocol.merge`, only the sentences of docs/sync.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

SETS = {"household": {"classes", "tags"}, "ticket": {"items", "trips"}}
GUARDS = {"ticket": ("state", "owner")}
CASE = "conflict"
ENDED = ("archived", "withdrawn", "duplicate")  # states of a ticket that is only read
SECOND_BITS = 21  # a life has those of the second it began in
Json = Any


@dataclass
class Told:
    """A record as the log tells it."""

    type: str
    body: dict[str, Json] = field(default_factory=dict)
    deleted: bool = False
    signed: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)  # see `_sign`


@dataclass
class Verdict:
    """What the rules say of one op: its outcome, and what is to lie beside the record (field → kind)."""

    outcome: str
    beside: Mapping[str, str] = field(default_factory=dict)


def spelt(value: Json) -> str:
    """Equal spellings mean equal values; every empty value is alike."""
    return json.dumps(None if value in ("", [], {}) else value, sort_keys=True)


def replay(
    log: Sequence[Mapping[str, Any]], former: Mapping[str, int], again: Set[str]
) -> tuple[dict[str, Told], list[tuple[Mapping[str, Any], Verdict]]]:
    """The records after the whole log, and the verdict the rules give each op, in order.

    An op the county quarantined is left where it is: whether it had to be is asked elsewhere. One whose
    `former` number is not above that of a copy taken since changes nothing: the copy holds it. A copy may
    take the place of what changes `again` wrote, which were in a life that was lost, but of nothing newer.
    """
    records: dict[str, Told] = {}
    verdicts = []
    copies: dict[str, int] = {}  # the number a record's newest copy had in the life that was lost
    due: dict[str, tuple[str, Json]] = {}  # by record: the field a decision is now to write, and its value
    for row in log:
        if row["outcome"] == "quarantined":
            verdict = Verdict("quarantined")
        elif row["op"].startswith("county-"):  # nobody sends such again, and a life that is lost had its own
            there = records.setdefault(row["record"], Told(row["type"]))
            verdict = _by_the_county(there, row)
            verdict = _carried_out(row["record"], there, due) or verdict
        elif row["reason"] == "in_witness" or former.get(row["op"], 2**63) <= copies.get(row["record"], 0):
            verdict = Verdict("applied")  # a copy that was taken holds it already
        elif row["reason"] == "witness":
            copies[row["record"]] = max(copies.get(row["record"], 0), row["payload"]["r"])
            there = records.setdefault(row["record"], Told(row["type"]))
            verdict = _newer_gives_way(there, row, again) or _adopt(there, row)
        elif row["type"] == CASE:
            verdict = _decide(records, row, due)
        else:
            verdict = _apply(records, row)
        _sign(records.get(row["record"]), row)
        verdicts.append((row, verdict))
    if due:
        verdicts.append((log[-1], Verdict(f"decided and never carried out: {sorted(due)}")))
    return records, verdicts


def _decide(records: dict[str, Told], row: Mapping[str, Any], due: dict[str, tuple[str, Json]]) -> Verdict:
    """Somebody's word on a case: once, from the value that holds, and never over what is locked."""
    said = {name: pair[1] for name, pair in row["payload"]["f"].items()}
    case = records[row["record"]].body
    of, plain = records[case["of"]], case["kind"] == "field"
    sides = {"theirs": case.get("theirs"), "mine": case.get("mine"), "other": said.get("value")}
    value = sides[said["choice"]] if plain else None
    if case["state"] != "open":
        alike = case.get("choice") == said["choice"] and spelt(case.get("value")) == spelt(value)
        return Verdict("applied" if alike else "rejected-transition")
    larger = case["kind"] == "deleted" and said["choice"] == "other"  # the record was deleted meanwhile
    if larger or spelt(row["payload"]["f"]["theirs"][0]) != spelt(case.get("theirs")):
        return Verdict("rejected-transition")
    writes = said["choice"] != "theirs" and case["kind"] in ("field", "deleted")
    ended = of.type == "ticket" and of.body.get("state") in ENDED
    whole = case["kind"] == "deleted"
    if writes and (plain or not case.get("removes")) and (ended or (plain and of.deleted)):
        return Verdict("rejected-transition")
    told = {"state": "decided", "choice": said["choice"], "value": value, "decided_by": row["worker"]}
    told |= {name: said.get(name) for name in ("decided_who", "decided_at")}
    records[row["record"]].body = {k: v for k, v in {**case, **told}.items() if v not in (None, "", [], {})}
    if writes:
        due[case["of"]] = ("*", None) if whole else (case["field"], value)
    return Verdict("applied")


def _carried_out(record: str, there: Told, due: dict[str, tuple[str, Json]]) -> Verdict | None:
    """What a decision was to write stands there after the very next op of the county's on that record."""
    field, value = due.pop(record, ("*", None))
    if field == "*" or spelt(there.body.get(field)) == spelt(value):
        return None
    return Verdict(f"decided {field} and did not write it")


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


def _sign(there: Told | None, row: Mapping[str, Any]) -> None:
    """Keep for every field what stands there, spelt, and the row of the log that put it there."""
    for name in {*there.body, *there.signed} if there else ():
        now = spelt(there.body.get(name))
        if there.signed.get(name, ("null", row))[0] != now:
            there.signed[name] = (now, row)


def _newer_gives_way(there: Told, copy: Mapping[str, Any], again: Set[str]) -> Verdict | None:
    """Whether a copy took the place of something that was first written after the county was put back."""
    for name in copy["payload"]["f"]:
        _, row = there.signed.get(name, ("", {"seq": 0, "op": "", "reason": ""}))
        this_life = row["seq"] >> SECOND_BITS == copy["seq"] >> SECOND_BITS
        if this_life and row["reason"] != "witness" and row["op"] not in again:
            return Verdict(f"a copy replaced {name}, which is newer")
    return None


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
