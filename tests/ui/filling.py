"""A worker who fills the real form without end, until somebody pulls the plug: run by the kill test.

`python -m tests.ui.filling FOLDER DRAFT` tells on its output, line by line, what the form has said to
be kept: the count of the last answer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tests.facts import GRANNY
from tests.ui.plug import go_on
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage

TYPES = ("earth", "wood", "brick", "frame", "rent", "lodge")


def control(form: VisitForm, name: str) -> Any:
    """What asks the field on the step in sight."""
    return form.page.rows[name].control


def fill(form: VisitForm) -> None:
    """One field after the other by the form's own controls, each as soon as the last was kept."""
    session = form.session
    count = int(session.value("house_area") or 0)
    if session.visit.met is None:
        control(form, "met").group.buttons[0].click()
    form.go_to_field("house_area")
    area, kind = control(form, "house_area"), control(form, "house_type")
    health = control(form, "health").lines[GRANNY].choices
    if not health.value():
        health.group.buttons[0].click()

    def kept(_at: object) -> None:
        nonlocal count
        print(session.value("house_area") or 0, flush=True)
        count += 1
        area.box.setText(str(count))
        area.box.editingFinished.emit()
        kind.group.buttons[count % len(TYPES)].click()

    session.saver.saved.connect(kept)
    session.mark("at_step", f"again from {count}")


if __name__ == "__main__":
    go_on(VisitsPage, fill, Path(sys.argv[1]), sys.argv[2])
