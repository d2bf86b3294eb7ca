"""Every place where a worker types a while: how to be half through there, and what stands there later.

`python -m tests.ui.begun FOLDER` types in all of them, lets two seconds pass in each, says so, and waits
for the plug to be pulled.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.actions.checklists import checklist_views, checklists
from app.actions.desk import Desk
from app.actions.tickets import ticket_drafts, tickets
from app.actions.visits import visits
from app.domain.tickets.ticket import Disposition, Ticket
from app.paths import Paths
from tests.facts import GRANNY, HOME
from tests.ui.conftest import compose
from tests.ui.laptop import asked, go, running, unlock
from tests.ui.visiting import choose, editor
from ui.bootstrap import Program, application
from ui.forms.checklists.place_form import PlaceForm

SAID = {
    "visit": "隔着门说改天来",
    "new ticket": "媳妇走了，伢儿读书钱冒得",
    "course": "枫香镇卫生院",
    "result": "到账 1100 元，查给她看",
    "reply": "打电话讲给她听了一半",
    "place": "田会计",
    "new household": "彭水生",
    "call": "法院说下个月开",
    "register": "低保申请表，两页",
}


def page(program: Program) -> Any:
    """The page in sight."""
    assert program.window.workspace is not None
    return program.window.workspace.page()


def settle(program: Program) -> None:
    """Until nothing is asked for any more."""
    for _ in range(3):
        assert program.tasks.wait_idle()


def _visit(program: Program) -> Any:
    draft = asked(program, lambda desk: visits.drafts(desk)[0].visit.id)
    go(program, "visits", draft=draft)
    form = page(program).writing.form
    if form.session.visit.met is None:
        choose(form, "met", "refused")
    return editor(form, "door_words").box


def _new_ticket(program: Program) -> Any:
    begun = asked(program, ticket_drafts.unfinished)
    go(program, "tickets", **({"draft": begun[0].id} if begun else {"new": True, "person": GRANNY}))
    form = page(program).form
    form._show_step(1)
    return form.what.request


def _course(program: Program) -> Any:
    mine = asked(program, lambda desk: _ticket(desk, "问医药费", decided=False))
    if not mine:
        go(program, "tickets", new=True, person=GRANNY)
        form = page(program).form
        form.what.request.set_value("问医药费")
        form._register()
        settle(program)
        form.course.picker.cards[1].click()
        form.course.where.set_value("elsewhere")
        form.course._show()
        return form.course.typed
    go(program, "tickets", ticket=mine)
    page(program).view.open_panel("decide")
    return page(program).view.panel.course.typed


def _panel(program: Program, key: str, matter: str) -> Any:
    ticket = asked(program, lambda desk: _ticket(desk, matter, resolved=key == "reply"))
    go(program, "tickets", ticket=ticket)
    page(program).view.open_panel(key)
    return page(program).view.panel.words


def _ticket(desk: Desk, matter: str, *, decided: bool = True, resolved: bool = False) -> str:
    """The ticket about that matter, made when a decided one is wanted and there is none."""
    found = [one for one in desk.store.reading.where(Ticket) if one.request == matter]
    if not found and decided:
        made = tickets.register(desk, request=matter, household=HOME, visitor=GRANNY)
        tickets.decide(desk, made.id, Disposition.INSTANT)
        if resolved:
            tickets.resolve(desk, made.id, result="办成了")
        return made.id
    return found[0].id if found else ""


def _place(program: Program) -> Any:
    def one(desk: Desk) -> str:
        shown = checklist_views.listed(desk)[0]
        return shown[0].id if shown else checklists.begin(desk, "DB", applicant=GRANNY).id

    go(program, "checklists", checklist=asked(program, one))
    page(program).builder.parts.buttons[2].click()
    content = page(program).builder.content
    assert isinstance(content, PlaceForm)
    return content.boxes["person"]


def _household(program: Program) -> Any:
    go(program, "households", new=True)
    settle(program)
    return page(program).form.name


def _call(program: Program) -> Any:
    go(program, "today")
    entry = next(one for one in page(program).agenda.entries if one.followup)
    page(program)._open_entry(entry)
    settle(program)
    return page(program).call.outcome


def _register(program: Program) -> Any:
    go(program, "registers", new="seal_log")
    settle(program)
    return page(program).writing.form.paper


PLACES: dict[str, Callable[[Program], Any]] = {
    "visit": _visit,
    "new ticket": _new_ticket,
    "course": _course,
    "result": lambda program: _panel(program, "result", "问低保"),
    "reply": lambda program: _panel(program, "reply", "问残疾证"),
    "place": _place,
    "new household": _household,
    "call": _call,
    "register": _register,
}


def begin(program: Program, place: str) -> QWidget:
    """Go to `place` and type what is said there; the box is not left."""
    box = PLACES[place](program)
    settle(program)
    box.setFocus()
    if box.value():
        box.selectAll()
    compose(box, "", SAID[place])
    assert box.value() == SAID[place]
    return box  # type: ignore[no-any-return]  # a box of many kinds


def stands(program: Program, place: str) -> str:
    """What stands in the box of `place`, gone to anew."""
    box = PLACES[place](program)
    settle(program)
    return str(box.value())


def two_seconds_pass(program: Program) -> None:
    """Every pause that was begun since the last key is over."""
    for timer in page(program).findChildren(QTimer):
        if timer.isSingleShot() and timer.isActive() and timer.interval() == 2_000:
            timer.stop()
            timer.timeout.emit()
    settle(program)


def main(folder: Path) -> None:
    """Half through everywhere."""
    with running(application(["begun"]), Paths(folder)) as program:
        unlock(program)
        for place in PLACES:
            begin(program, place)
            two_seconds_pass(program)
            print(place, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
