"""The search of the top bar groups people, households and papers, seven of each at most."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from tests.facts import GRANNY, HOME, person
from tests.ui.village import NAMESAKE, asked, open_village
from ui.finding import Finding
from ui.tasks import Tasks
from ui.widgets.hits import Hits


def _search(finding: Finding, tasks: Tasks, query: str) -> dict[str, Hits]:
    shown: list[list[Hits]] = []
    finding(query, shown.append)
    assert tasks.wait_idle()
    return {group.heading: group for group in shown[0]}


def test_results_are_grouped_and_lead_to_their_page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    open_village(tasks, owner, tmp_path)
    finding = Finding(tasks, owner)
    groups = _search(finding, tasks, "jgy")
    assert {row.key for row in groups["人"].rows} == {f"households:{GRANNY}", f"households:{NAMESAKE}"}
    assert [row.key.partition(":")[0] for row in groups["单子"].rows] == ["tickets"]
    assert _search(finding, tasks, "茶园")["户"].rows[0].key == f"households:{HOME}"
    assert not any(group.rows for group in _search(finding, tasks, "zzqq").values())
    tasks.close(lambda desk: desk.store.close())


def test_no_more_than_seven_and_the_rest_is_counted(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    open_village(tasks, owner, tmp_path)

    def crowd(desk: Desk) -> None:
        with desk.unit("roster") as unit:
            for number in range(20):
                unit.save(person(id=f"01900000-0000-7000-8000-0000000001{number:02d}", id_number=None))

    asked(tasks, owner, crowd)
    people = _search(Finding(tasks, owner), tasks, "jgy")["人"]
    assert (len(people.rows), people.more) == (7, 15)
    tasks.close(lambda desk: desk.store.close())


def test_an_answer_to_an_older_question_is_dropped(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    open_village(tasks, owner, tmp_path)
    finding = Finding(tasks, owner)
    shown: list[str] = []
    finding("j", lambda _groups: shown.append("j"))
    finding("jgy", lambda _groups: shown.append("jgy"))
    assert tasks.wait_idle()
    assert shown == ["jgy"]
    tasks.close(lambda desk: desk.store.close())
