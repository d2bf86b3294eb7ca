"""A worker who fills one form at random until somebody pulls the plug: `python -m tests.faults.form_day`.

Lines of JSON on the output: `opened` with what the form showed; `hand` before each thing done, with the field
it is done in; `now` with what the screen says after it; `kept` with what the form, or the store, has said to
be kept.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.actions.desk import Desk
from app.store import Store
from tests.desks import Clock, desk_on
from tests.faults.form_hands import FORMS, Hands, VisitHands
from tests.ui.village import KEY
from ui.bootstrap import application
from ui.tasks import Tasks


def desk_in(folder: Path) -> Desk:
    """The worker over the store in `folder`."""
    desk = desk_on(Store(folder / "store.db", KEY), Clock())
    return replace(desk, files=folder / "attachments")


def main(folder: Path, form: int, seed: int, draft: str) -> None:
    """Fill the form with that number without end."""
    app = application(["form_day"])
    tasks = Tasks()
    hands = FORMS[form](tasks, random.Random(seed))
    tasks.open(hands.page, lambda: desk_in(folder))
    hands.page.resize(1190, 628)
    hands.page.show()
    hands.begin(draft)
    _say(opened=hands.state())
    if isinstance(hands, VisitHands):
        hands.when_kept(lambda: _say(kept=hands.state()))
    while True:
        _one(hands)
        app.processEvents()


def _one(hands: Hands) -> None:
    name, do = hands.pick()
    _say(hand=[name])
    do()
    _say(now=hands.state(), hand=hands.pending())
    if hands.chance.random() < 0.5:
        hands.keep()
        if isinstance(hands, VisitHands):
            hands.settle()  # what it has kept it says itself
            return
        told = hands.state()
        hands.settle()
        _say(kept=told)


def _say(**line: object) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
