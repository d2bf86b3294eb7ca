"""A worker who asks a questionnaire without end, until somebody pulls the plug: run by the kill test.

`python -m tests.ui.survey_filling FOLDER DRAFT` tells on its output, line by line, what the form has said to
be kept: the count of the last answer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.ui.plug import go_on
from ui.forms.surveys.survey_form import SurveyForm
from ui.pages.surveys import SurveysPage

KNOWS = ("well", "some", "no")


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
    go_on(SurveysPage, fill, Path(sys.argv[1]), sys.argv[2])
