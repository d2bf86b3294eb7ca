"""A real worker in a process of her own, to be killed: `python -m tests.store.worker MODE FILE`.

Every line it prints names something that was committed before the line was written.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.actions import tickets, visits
from app.actions.desk import Desk
from app.domain.household import Household
from app.domain.ids import new_id
from app.domain.visit import Met
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, id_number

KEY = bytes(range(32))
ROSTER_HOUSEHOLDS = 60
ROSTER_GROUP = "名册组"
BORN = date(1950, 1, 1)


def say(*words: object) -> None:
    """Tell the test, at once, what has been committed."""
    print(*words, flush=True)


def bring_rosters(desk: Desk) -> None:
    """Sixty households as they come in a county's table: one big transaction after another."""
    # Spreadsheets are slow to load, and only this worker needs them.
    from app.actions import roster
    from tests.unit.tables.sheets import reading

    rows = [
        (f"{n:03d}", ROSTER_GROUP, f"{n}号", f"向先{n % 10}", "户主", "男", id_number(BORN, 2 * n + 1))
        for n in range(ROSTER_HOUSEHOLDS)
    ]
    table = reading(*rows)
    while True:
        roster.import_roster(desk, table)
        say("roster")


def go_visiting(desk: Desk) -> None:
    """A visit field by field, with a finding that becomes a ticket, signed at its end."""
    for number in itertools.count():
        visit = visits.begin(desk, HOME, purpose="VP01")
        say("draft", visit.id)
        for step in range(3):
            visit = visit.answered("note", f"看了 {step} 处")
            visits.keep(desk, visit)
        finding = {"words": f"屋漏 {number}", "disposition": "instant"}
        visit = replace(visit, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英",))
        signed = visits.finish(desk, visit.answered("findings", [finding]))
        say("visit", signed.id, signed.answers["findings"][0]["ticket"])


def keep_saving(desk: Desk) -> None:
    """Small edits and new tickets, as fast as they go."""
    for number in itertools.count():
        home = desk.store.reading.get(Household, HOME)
        note = f"{number} {new_id(desk.now)}"
        with desk.unit("edit") as unit:
            unit.save(replace(home, note=note))
        say("note", note)
        say("ticket", tickets.register(desk, request="屋漏", household=HOME, visitor=GRANNY).id)


MODES = {"roster": bring_rosters, "visits": go_visiting, "saves": keep_saving}


def main() -> None:
    """Work until killed."""
    mode, path = sys.argv[1], Path(sys.argv[2])
    store = Store(path, KEY)
    desk = desk_on(store, Clock())
    say("ready")
    MODES[mode](desk)


if __name__ == "__main__":
    main()
