"""A worker who fills the real form without end, until somebody pulls the plug: run by the kill test.

`python -m tests.ui.filling FOLDER DRAFT` tells on its output, line by line, what the form has said to
be kept: the count of the last answer.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY
from tests.ui.village import KEY
from ui import theme
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks

TYPES = ("earth", "wood", "brick", "frame", "rent", "lodge")


def main(folder: Path, draft: str) -> None:
    """Open the draft and go on filling from where it was left."""
    app = QApplication(["filling", *theme.STYLE_ARGUMENTS])
    theme.apply(app, theme.Theme())
    tasks = Tasks()
    page = VisitsPage(tasks)

    def opener() -> Desk:
        return desk_on(Store(folder / "store.db", KEY), Clock())

    tasks.open(page, opener)
    page.show()
    page.open(draft=draft)
    tasks.wait_idle()
    assert page.writing is not None
    fill(page.writing.form)
    app.exec()


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
    main(Path(sys.argv[1]), sys.argv[2])
