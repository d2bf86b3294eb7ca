"""A disk that fills up at every page of a transaction in turn: refused whole, in words, and going on after.

`python -m tests.faults.full_disk FOLDER UNIT …` does it under a limit on the size of this process's files.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.actions.checklists import checklists
from app.actions.desk import Desk
from app.actions.visits import visits
from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.problem import StorageFault
from app.domain.record import to_body
from app.domain.visits.visit import Met
from app.store import Store
from app.store.drafts import Draft
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household, person
from tests.faults.content import content
from tests.store.agreement import assert_agrees

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))
PAGE, FRAME, LOG_HEADER = 4096, 4096 + 24, 32  # bytes; see sqlite.org/fileformat2.html, "The WAL"
Squeeze = Callable[[int], None]


def sweep(desk: Desk, unit: Callable[[], object], squeeze: Squeeze, release: Callable[[], None]) -> list[str]:
    """Do `unit` with room for no page, one page, two …, until there is enough; what was said meanwhile.

    Raises AssertionError when a refusal left anything behind, or the store did not work on after it.
    """
    store, said = desk.store, list[str]()
    while True:
        store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        before = content(store._db)
        squeeze(len(said))
        try:
            unit()
        except StorageFault as fault:
            said.append(fault.words)
        else:
            break
        finally:
            release()
        assert content(store._db) == before
        with desk.unit("there is room again") as work:
            work.save(replace(store.reading.get(Household, HOME), note=f"第 {len(said)} 次"))
        assert_agrees(store)
    assert content(store._db) != before
    assert_agrees(store)
    return said


def a_visit(desk: Desk) -> Callable[[], object]:
    """Signed, with a finding that becomes a ticket: the largest thing one click writes."""
    visit = visits.begin(desk, HOME, purpose="VP01")
    found = [{"words": "屋漏" * 40, "disposition": "instant"}]
    visit = replace(visit, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英",))
    visit = visit.answered("findings", found).answered("note", "写" * 3_000)
    visits.keep(desk, visit)
    return lambda: visits.finish(desk, visit)


def a_field(desk: Desk) -> Callable[[], object]:
    """One field of a form, with a long note in it."""
    draft = Draft("d", "visit", HOME, {"note": "写" * 9_000}, NOW)
    return lambda: desk.store.drafts.save(draft)


def a_checklist(desk: Desk) -> Callable[[], object]:
    """A list made for somebody."""
    item = checklists.choices(desk)[0].item
    return lambda: checklists.begin(desk, item, applicant=GRANNY)


def an_answer(desk: Desk) -> Callable[[], object]:
    """The county's answer: receipts and rows."""
    body = to_body(household(door="9号", note="县" * 3_000))

    def settle() -> None:
        receipts = [Receipt(one.id, Outcome.APPLIED, 7) for one in desk.store.ledger.outgoing(10**7)]
        desk.store.ledger.settle(
            receipts, [Incoming(HOME, "household", VILLAGE, 8, False, body)], {VILLAGE: 8}, "e-1", NOW
        )

    return settle


def an_index(desk: Desk) -> Callable[[], object]:
    """The search index made anew."""
    return desk.store.finder.rebuild


def many_families(desk: Desk) -> Callable[[], object]:
    """A roster of two hundred families: some hundred pages."""

    def enter() -> None:
        with desk.unit("roster import") as unit:
            for number in range(200):
                unit.save(household(id=f"h{number}", head=f"p{number}"))
                unit.save(person(id=f"p{number}", household=f"h{number}", id_number=None))

    return enter


UNITS = {each.__name__: each for each in (a_visit, a_field, a_checklist, an_answer, an_index, many_families)}
QUICK = tuple(name for name in UNITS if name != "many_families")


def village(path: Path) -> Desk:
    """A small store at `path`, open."""
    store = Store(path, KEY, create=True)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        unit.save(person())
    return desk_on(store, Clock())


def limit(size: int | None) -> None:
    """No file of this process may be written beyond so many bytes (None: no limit)."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size or resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def limited(desk: Desk, name: str) -> list[str]:
    """One sweep under a limit on the size of files, which falls in the middle of every second page."""

    def squeeze(pages: int) -> None:
        limit(LOG_HEADER + pages * FRAME + pages % 2 * PAGE // 2)

    return sweep(desk, UNITS[name](desk), squeeze, lambda: limit(None))


def folded_by_halves(path: Path) -> int:
    """Close a store whose log can be folded in up to the first page beyond its file, the second …

    Raises AssertionError unless all of it is there when it is opened again; how often it was refused.
    """
    refused = 0
    while True:
        store = Store(path, KEY)
        size = path.stat().st_size
        for _ in range(3):
            with store.unit(actor="w", at=NOW) as unit:
                unit.save(household(note=f"{refused}" + "写" * 6_000))
        before = content(store._db)
        limit(size + refused * PAGE + refused % 2 * PAGE // 2)
        store.close()
        limit(None)
        left = path.with_name(path.name + "-wal").exists()
        again = Store(path, KEY)
        assert content(again._db) == before
        assert_agrees(again)
        again.close()
        if not left:
            return refused
        refused += 1


def swept(folder: Path, *units: str) -> dict[str, Any]:
    """What `main` says of a store made in `folder`, run in a process that a limit may be put on."""
    words = [sys.executable, "-m", "tests.faults.full_disk", str(folder), *units]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """One line of JSON a unit: its name and what was said at each of its pages."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead, as on a disk
    desk = village(Path(sys.argv[1]) / "s.db")
    told: dict[str, Any] = {}
    for name in sys.argv[2:]:
        told[name] = limited(desk, name)
    desk.store.close()
    told["folded"] = folded_by_halves(Path(sys.argv[1]) / "s.db")
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
