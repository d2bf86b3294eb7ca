"""What the office does to a county, noted where the promises need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.sync.model.history import Backup, History, Scope


def rescope(story: History, worker: str, villages: Sequence[str]) -> None:
    """A worker has exactly these villages from now on."""
    story.shire.rescope(worker, *villages)
    story.scopes.append(Scope(story.shire.last(), worker, frozenset(villages)))


def relocate(story: History, record: str, village: str) -> None:
    """A record belongs to another village from now on."""
    story.shire.relocate(record, village)
    story.moved[record] = village


def put_county_back(story: History, backup: Backup) -> None:
    """An older county takes the place of this one, and the administrator says so."""
    shire = story.shire
    before = {row["op"]: row["seq"] for row in shire.log()}
    workers = {laptop.worker: shire.scope(laptop.worker) for laptop in story.laptops}
    shire.load(backup.dump)
    story.seen["county restored"] += 1
    kept = shire.known(*before)
    gone = {change: number for change, number in before.items() if change not in kept}
    story.give_up(set(gone))
    story.again |= gone.keys()
    _remember(story, gone, kept)
    story.restored = True
    for worker, villages in workers.items():
        rescope(story, worker, sorted(villages))
    shire.announce()


def _remember(story: History, gone: Mapping[str, int], kept: set[str]) -> None:
    """`former`: numbers that the county gave and lost, of changes applied, where every laptop that holds the
    change had heard so."""
    outboxes = [laptop.numbers() for laptop in story.laptops]
    told = {
        change: number
        for change, number in gone.items()
        if all(outbox.get(change, number) == number for outbox in outboxes)
    }
    still = {change: number for change, number in story.former.items() if change not in {*gone, *kept}}
    story.former = {**still, **told}
