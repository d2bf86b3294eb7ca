"""Five hundred different lists in one go, in a process of its own: the time of a page, the growth of memory.

`python -m bench.batch` prints one line of JSON; `bench.paper` starts it and reads it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from app import packs
from app.documents.checklists.checklist import render
from app.documents.preview import page_count
from app.domain.checklists import checklist_plan
from app.domain.checklists.checklist import Checklist
from app.domain.ids import new_code, new_id
from app.domain.packs.policy import Pack
from app.domain.packs.service_item import Item
from app.domain.people.person import Person
from demo.stage import PACK
from demo.village import story
from demo.village.village import Village, generate

LISTS = 500
GROWN_UP = 18


def main() -> None:
    """The first list loads the fonts and is not counted; what was made is thrown away at once."""
    batch = lists(LISTS + 1)
    render(next(batch), printed_on=story.ON)
    before = psutil.Process().memory_info().rss
    pages, taken, worked = 0, 0.0, 0.0
    for checklist in batch:
        started, at_work = time.perf_counter(), time.process_time()
        pdf = render(checklist, printed_on=story.ON)
        taken, worked = taken + time.perf_counter() - started, worked + time.process_time() - at_work
        pages += page_count(pdf)
    print(json.dumps({"pages": pages, "taken": taken, "worked": worked, "grown": peak() - before}))


def lists(count: int) -> Iterator[Checklist]:
    """Different people of the fictional village, each with the next item of the county's pack."""
    village = generate(1, story.ON)
    pack = packs.load(packs.reference(), PACK)
    items = pack.items()
    grown = [one for one in village.people if (one.age_on(story.ON) or 0) >= GROWN_UP]
    for number, person in enumerate(islice(grown, count)):
        yield _list(village, pack, items[number % len(items)], person)


def _list(village: Village, pack: Pack, item: Item, person: Person) -> Checklist:
    home, family = village.home_of(person), village.members(person.household)
    child = next((one for one in family if (one.age_on(story.ON) or 0) < GROWN_UP), None)
    return checklist_plan.begin(
        pack, item.code, person, home, child if item.for_child else None, story.WORKER.name,
        story.WORKER.phone, story.AT, new_id(story.AT), new_code(), members=family,
    )  # fmt: skip


def peak() -> int:
    """The most memory this process has held so far, in bytes, as the system counted it.

    Not `getrusage`: what that tells of begins with what the parent held.
    """
    now = psutil.Process().memory_info()
    if hasattr(now, "peak_wset"):
        return int(now.peak_wset)
    status = Path("/proc/self/status")
    told = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    held = next((int(line.split()[1]) * 1024 for line in told if line.startswith("VmHWM")), now.rss)
    return max(held, int(now.rss))


if __name__ == "__main__":
    main()
