"""The invariants, asked of the real county and the real laptops when a history has come to rest.

I5 and I11 are asked while it runs (`Laptop.assert_own_work_is_seen`, `Road.carry`), I12 at its end by
`History.repeat`. Each failure is of one of three kinds, which the campaign counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from sync.client.syncer import SyncReport
from tests.sync.model import oracle
from tests.sync.model.laptop import Laptop, Made
from tests.sync.model.shire import Shire

if TYPE_CHECKING:
    from tests.sync.model.history import Scope

Log = list[dict[str, Any]]


class Broken(AssertionError):
    """`kind`: lost, overwritten or diverged."""

    kind = "diverged"


class Lost(Broken):
    """Something a worker saved is not at the county, or not in one piece."""

    kind = "lost"


class Overwritten(Broken):
    """Something was written over that its writer had not seen."""

    kind = "overwritten"


class Diverged(Broken):
    """Two see different things."""

    kind = "diverged"


def every_change_is_in_the_log_once(
    log: Log, made: Mapping[str, Made], laptops: list[Laptop], given_up: set[str]
) -> None:
    """I1, and I8 after a restore: with a verdict, letter by letter, and nothing that nobody made."""
    seen: dict[str, dict[str, Any]] = {}
    for row in log:
        if row["op"] in seen:
            raise Overwritten(f"I1: {row['op']} stands twice in the log")
        seen[row["op"]] = row
        if row["op"] not in made and not _by_the_county(row):
            raise Diverged(f"I1: the county has {row['op']}, which nobody made")
    for change, one in made.items():
        if change not in seen:
            if change in given_up:
                continue
            raise Lost(f"I1: {one.change.verb} of {one.change.record} ({change}) never reached the county")
        said = seen[change]["payload"]["f"]
        if said != {name: list(pair) for name, pair in one.change.fields.items()}:
            raise Lost(f"I1: {change} reached the county altered")
    _all_heard_what_the_log_says(seen, laptops)


def _by_the_county(row: Mapping[str, Any]) -> bool:
    """An op the county made: a case it opened, a change it let in, a copy it took."""
    return row["reason"] == "witness" or row["op"].startswith(("county-", "release-"))


def _all_heard_what_the_log_says(seen: Mapping[str, dict[str, Any]], laptops: list[Laptop]) -> None:
    for laptop in laptops:
        for change, (_, outcome) in laptop.outbox().items():
            first = seen[change]["outcome"]
            if outcome != first and first != "quarantined":  # what was let in later has a later verdict
                raise Diverged(f"I1: {laptop.name} heard {outcome} of {change}, the log says otherwise")


def the_log_tells_the_records(shire: Shire, log: Log, former: Mapping[str, int], again: Set[str]) -> None:
    """I3, I4, I10: replaying the log by the rules gives the records, the verdicts and what lies beside.

    `former` are the numbers that changes were known to have in a life the county has lost, `again` all that
    ever were in such a life.
    """
    records, verdicts = oracle.replay(log, former, again)
    beside = {(r["seq"], r["field"]): r for r in shire.rows("SELECT * FROM conflict ORDER BY seq, field")}
    aside = {row["seq"]: row for row in shire.rows("SELECT * FROM quarantine")}
    for row, verdict in verdicts:
        if row["outcome"] != verdict.outcome:
            raise Overwritten(f"I3: {row['op']} was {row['outcome']}, by the rules it is {verdict.outcome}")
        _everything_is_kept(row, verdict, beside, aside)
    held = shire.held()
    for record in {*held, *records}:
        there, told = held.get(record), records.get(record)
        if told is None or there is None:
            raise Lost(f"I3: {record} is in the log or in the records and not in both")
        if (told.body, told.deleted) != (there["body"], there["deleted"]):
            raise Overwritten(f"I3: {record} is {there['body']}, its log tells {told.body}")
        if there["type"] == "ticket" and not there["deleted"] and not there["body"].get("owner"):
            raise Overwritten(f"I10: ticket {record} has no owner")


def _everything_is_kept(
    row: dict[str, Any],
    verdict: oracle.Verdict,
    beside: Mapping[tuple[int, str], dict[str, Any]],
    aside: Mapping[int, dict[str, Any]],
) -> None:
    """I4: a value that was not written lies whole beside the record."""
    fields = row["payload"]["f"]
    whole = aside.get(row["seq"], {}).get("payload") == row["payload"]
    if verdict.outcome == "quarantined" and not whole:
        raise Lost(f"I4: {row['op']} was quarantined and is not kept whole")
    for name, kind in verdict.beside.items():
        kept = beside.get((row["seq"], name))
        mine = {one: new for one, (_, new) in fields.items()} if name == "*" else fields[name][1]
        base = {one: old for one, (old, _) in fields.items()} if name == "*" else fields[name][0]
        if kept is None or (kept["kind"], kept["client"], kept["base"]) != (kind, mine, base):
            raise Lost(f"I4: {name} of {row['op']} was not written and does not lie beside the record")


def quarantine_had_a_reason(log: Log) -> None:
    """Nothing is set aside whole that could have been applied: an unknown record was unknown."""
    existing: set[str] = set()
    for row in log:
        if row["outcome"] != "quarantined":
            existing.add(row["record"])
        elif row["reason"] == "unknown_record" and row["record"] in existing:
            raise Overwritten(f"I4: {row['op']} was set aside as unknown, and its record is there")
        elif row["reason"] not in ("unknown_record", "out_of_scope", "witness_elsewhere"):
            raise Overwritten(f"I4: {row['op']} was set aside for {row['reason']}")


def what_came_early_was_let_in(shire: Shire, moved: Set[str]) -> None:
    """I4: a change that was set aside because its record was unknown does not stay so once it is there."""
    held = shire.held()
    for row in shire.rows("SELECT * FROM quarantine WHERE status = 'open' AND reason = 'unknown_record'"):
        there = held.get(row["record"])
        if there is not None and there["bucket"] == row["bucket"] and row["record"] not in moved:
            raise Lost(f"I4: {row['op']} came before {row['record']}, and was not let in with it")


def nobody_was_taken_for_two(shire: Shire) -> None:
    """I15: where no folder was copied and no disk put back in silence, no computer goes apart."""
    if told := shire.rows("SELECT subject FROM alarm WHERE kind = 'fork'"):
        raise Diverged(f"I15: {[row['subject'] for row in told]} went apart, and there is only one of each")


def nobody_wrote_where_she_may_not(log: Log, scopes: Sequence[Scope]) -> None:
    """I9: what is applied belongs to a village its writer had at that time."""
    for row in log:
        if row["op"].startswith(("county-", "release-")):
            continue
        hers = [one for one in scopes if one.worker == row["worker"] and one.after < row["seq"]][-1]
        inside = row["bucket"].removeprefix("v:") in hers.villages
        if not inside and row["outcome"] != "quarantined":
            raise Overwritten(f"I9: {row['op']} was taken in {row['bucket']}, which is not its writer's")


def a_disk_keeps_what_was_saved(laptop: Laptop, had: set[str]) -> None:
    """I13: a change that was saved stays on its disk after the county has it: a county can be lost."""
    if gone := had - laptop.ids():
        raise Lost(f"I13: {laptop.name} no longer has {sorted(gone)}")


def nothing_is_read_twice(laptop: Laptop, report: SyncReport) -> None:
    """I14: what adds up to something else than at the county is read again; here nothing ever should."""
    if report.reread:
        raise Diverged(f"I14: {laptop.name} held something else than the county in {report.reread}")


def nobody_waits_and_all_see_alike(shire: Shire, laptops: list[Laptop]) -> None:
    """I2, I7, I9: each laptop sees what the county has in her villages, and nothing else."""
    held = shire.held()
    for laptop in laptops:
        if laptop.store.ledger.waiting():
            raise Lost(f"I1: {laptop.name} still waits at the end")
        villages = shire.scope(laptop.worker)
        wanted = {
            record: (row["bucket"].removeprefix("v:"), row["body"])
            for record, row in held.items()
            if not row["deleted"] and row["bucket"].removeprefix("v:") in villages
        }
        # What the county has set aside whole stays with whoever wrote it: hers is the one whole copy.
        view = {record: one for record, one in laptop.view().items() if record in held}
        for record in {*wanted, *view}:
            if wanted.get(record) != view.get(record):
                raise Diverged(
                    f"I2: {laptop.name} sees {record} as {view.get(record)}, it is {wanted.get(record)}"
                )
        if set(laptop.store.ledger.cursors()) != villages:
            raise Diverged(f"I9: {laptop.name} goes on asking for a village that is not hers")


def cursors_skip_nothing(shire: Shire, laptop: Laptop) -> None:
    """I7, after every round that ended well: up to its cursor a village has been heard whole."""
    mine = dict(laptop.sql("SELECT id, revision FROM record"))
    cursors = laptop.store.ledger.cursors()
    for record, row in shire.held().items():
        cursor = cursors.get(row["bucket"].removeprefix("v:"), 0)
        if row["rev"] <= cursor and not row["deleted"] and (mine.get(record) or 0) < row["rev"]:
            raise Diverged(f"I7: {laptop.name} stands at {cursor} and has not heard {record} at {row['rev']}")


def who_was_alone_met_no_conflict(log: Log, made: Mapping[str, Made]) -> None:
    """I6: a change conflicts only with what another wrote after its maker last heard the record.

    A word on a disagreement may come too late by what she did herself: that it had to is asked in I3.
    """
    seqs = {row["op"]: row for row in log}
    for row in log:
        if row["outcome"] not in ("conflict", "rejected-transition") or _by_the_county(row):
            continue
        if row["type"] == oracle.CASE:
            continue
        mine = made[row["op"]]
        others = (
            _by_the_county(other) or made[other["op"]].line != mine.line
            for other in log
            if other["record"] == row["record"] and mine.seen < other["seq"] < row["seq"]
        )
        chained = any(seqs[own]["outcome"] != "applied" for own in mine.before if own in seqs)
        if not any(others) and not chained:
            raise Overwritten(f"I6: {row['op']} met a conflict, and nobody else had touched {row['record']}")
