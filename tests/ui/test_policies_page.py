"""Policy is asked in the words of the village, and leads to a list or to the households it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.policy import policies, policy_packs
from app.domain.packs.proof import ASKED
from app.vault import pack_signature
from sync.server.packs import sign
from tests.desks import Clock
from tests.facts import NOW
from tests.policy import COUNTY, county
from tests.ui.village import asked, furnished_desk
from ui import theme
from ui.forms.policy.fact_row import FactRow
from ui.forms.policy.pack_card import Failed
from ui.forms.policy.policy_candidates import PolicyCandidates
from ui.forms.policy.proof_card import ProofCard, ProofList
from ui.pages.policies import PoliciesPage
from ui.tasks import Tasks
from ui.widgets.chip import Chip
from ui.widgets.empty import EmptyState


@pytest.fixture
def page(tasks: Tasks, tmp_path: Path) -> Iterator[PoliciesPage]:
    made = PoliciesPage(tasks, lambda file, done, failed: install(made, file, done, failed))
    made.resize(1190, 628)
    tasks.open(made, lambda: furnished_desk(tmp_path / "s.db", Clock(), COUNTY))
    assert tasks.wait_idle()
    made.show()
    made.open()
    assert tasks.wait_idle()
    yield made
    tasks.close(lambda desk: desk.store.close())
    shiboken6.delete(made)


def install(page: PoliciesPage, file: Path, done: Callable[[], None], failed: Failed) -> None:
    page.tasks.change(page, lambda desk: policy_packs.install_from(desk, file), lambda _: done(), failed)


def ask(page: PoliciesPage, question: str) -> None:
    page.side.search.setText(question)
    assert page.tasks.wait_idle()


def test_the_first_item_is_open_with_its_amounts(page: PoliciesPage) -> None:
    assert page.card is not None
    assert page.primary is page.card.list_button
    assert page.side.items.current_key() == page._item


def test_items_stand_by_what_they_are_about_and_an_answer_stands_alone(page: PoliciesPage) -> None:
    rows = page.side.items.rows()
    headings = [row.title for row in rows if row.heading]
    assert headings[:3] == ["过日子", "救急", "孩子"]
    assert len(headings) == len(set(headings))
    assert rows[0].heading
    codes = [item.code for item in county().items()]
    assert [row.key for row in rows if not row.heading] == [*codes, ASKED]
    ask(page, "吃低保")
    assert not any(row.heading for row in page.side.items.rows())


def test_what_happens_afterwards_is_told_with_its_time(page: PoliciesPage) -> None:
    page.open(item="TK")
    assert page.tasks.wait_idle()
    assert page.card is not None
    said = [one.text() for one in page.card.findChildren(QLabel)]
    assert "公示 7 天，未成年人不公示" in said
    assert "交上去以后" in said
    chips = [chip.text for chip in page.card.findChildren(Chip)]
    assert "15 个工作日" in chips
    assert said.count("身份证") == 1, "shown at two counters, it is still one paper"


def test_a_question_opens_its_answer(page: PoliciesPage) -> None:
    ask(page, "老人八十了有钱领吗")
    assert [row.key for row in page.side.items.rows()] == ["GL"]
    assert page._item == "GL"
    assert page.card is not None


def test_nothing_found_says_what_to_do_and_comes_back(page: PoliciesPage) -> None:
    ask(page, "火星")
    shown = page.area.widget()
    assert isinstance(shown, EmptyState)
    assert shown.text.text().startswith("没找到。换个说法")
    assert page.primary is None
    ask(page, "")
    assert page.card is not None


def test_a_list_is_begun_for_the_item_in_sight(page: PoliciesPage) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.navigate.connect(lambda name, params: went.append((name, params)))
    page.open(item="GE")
    assert page.tasks.wait_idle()
    assert page.card is not None
    page.card.list_button.click()
    assert went == [("checklists", {"new": True, "item": "GE"})]


def test_who_may_have_it_is_looked_for_in_sight_and_leads_home(page: PoliciesPage, qtbot: QtBot) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.navigate.connect(lambda name, params: went.append((name, params)))
    page.open(item="GL")
    assert page.tasks.wait_idle()
    assert page.card is not None
    page.card.who_button.click()
    assert isinstance(page.area.widget(), EmptyState), "while it looks it says so"
    assert page.tasks.wait_idle()
    view = page.area.widget()
    assert isinstance(view, PolicyCandidates)
    rows = view.rows.rows()
    assert rows
    assert all(row.chip in ("符合", "可能") and row.chip_icon for row in rows)
    view.rows.choose_first()
    qtbot.keyClick(view.rows, Qt.Key.Key_Return)
    assert went[-1][0] == "households"
    assert went[-1][1]["household"]
    view.back.click()
    assert page.tasks.wait_idle()
    assert page.card is not None


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(page: PoliciesPage) -> None:
    page.open(item="GE")
    assert page.tasks.wait_idle()
    assert page.card is not None
    page.card.who_button.click()
    page.side.items.choose("GL")
    assert page.tasks.wait_idle()
    assert page.card is not None
    assert page._item == "GL"


@pytest.mark.parametrize("size", [theme.Size.LARGE, theme.Size.EXTRA])
def test_large_letters_show_list_or_item_and_lead_back(
    page: PoliciesPage, look: QApplication, size: theme.Size
) -> None:
    theme.apply(look, theme.Theme(size))
    page.resize(1154, 610)
    look.processEvents()
    assert page.side.isVisible()
    assert not page.area.isVisible()
    page.side.items.opened.emit("GL")
    assert page.tasks.wait_idle()
    assert page.area.isVisible()
    assert not page.side.isVisible()
    assert page.minimumSizeHint().width() <= 1154
    page.all_button.click()
    assert page.side.isVisible()


def test_each_fact_shows_where_it_comes_from_at_one_click(page: PoliciesPage) -> None:
    page.open(item="DB")
    assert page.tasks.wait_idle()
    assert page.card is not None
    rows = page.card.findChildren(FactRow)
    item = asked(page.tasks, page, lambda desk: policies.answer(desk, "DB"))
    papers = {(paper.name, paper.obtain) for paper in item.item.materials}
    parts = (item.amounts, papers, item.places, item.item.stages, item.item.basis)
    assert len(rows) == sum(map(len, parts)) + 1
    row = next(one for one in rows if one.button.accessibleName().startswith("农村"))
    assert not row.origin.isVisible()
    row.button.click()
    assert row.origin.isVisible()
    assert row.origin.text().split("\n") == [
        "云岭区写的。和原文对过。",
        "出处：虚构县 2026 年标准（模拟数据）",
        "日子：2026-01-01 起",
        "管的地方：全县（区）（代码 439901）",
    ]
    row.button.click()
    assert not row.origin.isVisible()
    unchecked = [one for one in rows if "待核：还没有人和原文对过" in one.origin.text()]
    assert unchecked
    assert all("湖南参考写的" in one.origin.text() for one in unchecked)


def test_a_pack_from_a_stick_is_put_in_force_and_a_strange_one_is_refused_in_words(
    page: PoliciesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, stick = bytes(range(32)), tmp_path / "yunling.sftpack"
    assert page.pack.trust.text == "还没有县里的"

    def know(desk: Desk) -> Desk:
        public = pack_signature.public_of(key)
        desk.store.meta.set_device(replace(desk.store.meta.device(), pack_key=public))
        return replace(desk, packs=tmp_path / "packs")

    page.tasks.change(page, know)
    monkeypatch.setattr("ui.widgets.file_dialogs.ask_open", lambda *_: stick)
    stick.write_bytes(sign([COUNTY], bytes(32), NOW))
    page.pack.button.click()
    assert page.tasks.wait_idle()
    assert "不是本县签的" in page.note.lead.text() + page.note.text.text()
    stick.write_bytes(sign([COUNTY], key, NOW))
    page.pack.button.click()
    assert page.tasks.wait_idle()
    assert page.pack.trust.text == "县里签了名"
    assert page.pack.button.isEnabled()


def test_all_certificates_stand_behind_one_row_and_lead_to_whom_to_ring(page: PoliciesPage) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.navigate.connect(lambda name, params: went.append((name, params)))
    assert page.side.items.rows()[-1].key == ASKED
    page.side.items.choose(ASKED)
    assert page.tasks.wait_idle()
    every = page.area.widget()
    assert isinstance(every, ProofList)
    assert len(every.rows.rows()) == 20
    every.rows.opened.emit("Z11")
    assert page.tasks.wait_idle()
    card = page.area.widget()
    assert isinstance(card, ProofCard)
    said = "\n".join(label.text() for label in card.findChildren(QLabel))
    assert "打电话：枫香镇卫生院 154-0000 7721（甄医生）" in said
    assert page.primary is card.list_button
    card.list_button.click()
    assert went == [("checklists", {"new": True, "item": "Z11"})]


def test_a_certificate_asked_for_in_plain_words_stands_first(page: PoliciesPage) -> None:
    ask(page, "要开死亡证明")
    assert page.side.items.rows()[0].key == "Z11"
    assert isinstance(page.area.widget(), ProofCard)


def test_what_another_office_decides_says_so_and_whom_to_ring(page: PoliciesPage) -> None:
    page.open(item="FP")
    assert page.tasks.wait_idle()
    assert page.card is not None
    said = "\n".join(label.text() for label in page.card.findChildren(QLabel))
    assert "这事归枫香镇农业农村办定，村里转过去，跟到有回音。" in said
    assert "154-0000 7711" in said


def test_two_identity_cards_of_one_matter_say_whose_they_are(page: PoliciesPage) -> None:
    page.open(item="BZ")
    assert page.tasks.wait_idle()
    assert page.card is not None
    said = [label.text() for label in page.card.findChildren(QLabel)]
    assert {"逝者身份证", "经办人身份证"} <= set(said)
    assert "外地火化 · 民政" in said
