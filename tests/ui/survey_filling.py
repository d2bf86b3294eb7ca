"""A worker who asks a questionnaire without end, until somebody pulls the plug: run by the kill test.

`python -m tests.ui.survey_filling FOLDER DRAFT` tells on its output, line by line, what the form has said to
be kept: the count of the last answer.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.store import Store
from tests.desks import Clock, desk_on
from tests.ui.village import KEY
from ui import theme
from ui.forms.surveys.survey_form import SurveyForm
from ui.pages.surveys import SurveysPage
from ui.tasks import Tasks

KNOWS = ("well", "some", "no")


def main(folder: Path, draft: str) -> None:
    """Open the draft and go on asking from where it was left."""
    app = QApplication(["survey_filling", *theme.STYLE_ARGUMENTS])
    theme.apply(app, theme.Theme())
    tasks = Tasks()
    page = SurveysPage(tasks)

    def opener() -> Desk:
        return desk_on(Store(folder / "store.db", KEY), Clock())

    tasks.open(page, opener)
    page.show()
    page.open(draft=draft)
    tasks.wait_idle()
    assert page.writing is not None
    fill(page.writing.form)
    app.exec()


def fill(form: SurveyForm) -> None:
    """One answer after the other by the form's own controls, each as soon as the last was kept."""
    session = form.session
    yuan, knows = form.cards["spent_yuan"].editor, form.cards["knows"].editor
    count = int(session.value("spent_yuan") or 0)

    def kept(_at: object) -> None:
        nonlocal count
        print(session.value("spent_yuan") or 0, flush=True)
        count += 1
        yuan.box.setText(str(count))
        yuan.box.editingFinished.emit()
        knows.group.buttons[count % len(KNOWS)].click()

    session.saver.saved.connect(kept)
    session.mark(at=f"again from {count}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
