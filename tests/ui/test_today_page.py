"""The first page of the day opens what presses, notes a call beside its number, and leads to new work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.pressing import Press
from app.actions.tickets import followups, ticket_drafts, tickets
from app.actions.tickets.ticket_drafts import NewTicket
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Disposition, Ticket
from tests.facts import GRANNY, HOME
from tests.ui.conftest import shown
from tests.ui.village import LONE_HOME, OTHER_HOME, asked, open_village
from ui import notices, theme
from ui.pages.today import TodayPage
from ui.tasks import Tasks
from ui.widgets.words import Button

Went = list[tuple[str, dict[str, object]]]


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[TodayPage]:
    made = TodayPage(tasks)
    qtbot.addWidget(made)
    made.resize(1190, 628)
    open_village(tasks, made, tmp_path)
    made.open()
    made.show()
    assert tasks.wait_idle()
    yield made
    tasks.close(lambda desk: desk.store.close())


@pytest.fixture
def went(page: TodayPage) -> Went:
    heard: Went = []
    page.navigate.connect(lambda name, params: heard.append((name, params)))
    return heard


def _entry(page: TodayPage, press: Press) -> object:
    assert page.agenda is not None
    return next(one for one in page.agenda.entries if one.press is press)


def test_the_title_counts_and_tells_the_day(page: TodayPage) -> None:
    assert page.agenda is not None
    assert page.title_label.text() == f"今天有 {len(page.agenda.entries)} 件事"
    assert page.subtitle_label.text().startswith("11月20日 星期五")


def test_the_first_row_says_do_this_first_and_alone_has_a_button(page: TodayPage) -> None:
    rows = page.list.list.rows()
    assert rows[0].title.startswith("先做这件：")
    assert [bool(row.button) for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(row.chip_icon for row in rows), "a state is never told by colour alone"


def test_the_doors_lead_to_new_work(page: TodayPage, went: Went) -> None:
    for button in (page.doors.visit, page.doors.ticket, page.doors.checklist):
        button.click()
    assert went == [("visits", {"new": True}), ("tickets", {"new": True}), ("checklists", {"new": True})]


def test_an_unfinished_visit_is_gone_on_with(page: TodayPage, went: Went) -> None:
    card = page.cards.unfinished
    assert card.title.text() == "没写完的 1 份"
    assert card.about.text() == "蒋桂英家走访，写到 14:32"
    card.go_on.click()
    assert went[0][0] == "visits"
    assert went[0][1]["draft"]


def test_an_unfinished_ticket_is_gone_on_with_too(page: TodayPage, went: Went, tasks: Tasks) -> None:
    kept = NewTicket(id="draft-1", name="李桂英", request="低保怎么停了")
    page.run(lambda desk: ticket_drafts.keep(desk, kept))
    page.refresh()
    assert tasks.wait_idle()
    card = page.cards.unfinished
    assert card.title.text() == "没写完的 2 份"
    assert card.about_ticket.text() == "李桂英的首访单"
    card.go_on_ticket.click()
    assert went == [("tickets", {"draft": "draft-1"})]


def test_rows_open_their_record(page: TodayPage, went: Went) -> None:
    page.list.opened.emit(_entry(page, Press.LOOK_IN))
    page.list.pressed.emit(_entry(page, Press.LOOK_IN))
    page.list.opened.emit(_entry(page, Press.VISIT))
    assert went == [
        ("households", {"household": LONE_HOME}),
        ("visits", {"new": True, "household": LONE_HOME, "purpose": "VP07", "origin": "plan"}),
        ("households", {"household": OTHER_HOME}),
    ]


def test_a_call_shows_the_number_large_and_is_noted(page: TodayPage, tasks: Tasks) -> None:
    call = _entry(page, Press.CALL)
    page.list.opened.emit(call)
    assert page.call.phone.text() == "154-0000 3013"
    assert page.call.phone.font().pointSize() == theme.current().points("figure")
    assert page.primary is page.call.done
    assert not page.doors.visit.isVisible(), "one filled button a page"
    page.call.outcome.set_value("法院立案了")
    page.call.again.set_value("week")
    with notices.recorded() as heard:
        page.primary.click()
        assert tasks.wait_idle()
    assert [notice.words for notice in heard] == ["记好了。"]
    assert not page.call.isVisible()
    waiting = asked(tasks, page, lambda desk: tuple(desk.store.reading.each(FollowUp)))
    assert [(one.outcome, one.done_at is not None) for one in waiting] == [("法院立案了", True), ("", False)]


def test_a_call_without_words_is_refused_beside_the_words(page: TodayPage, tasks: Tasks) -> None:
    page.list.opened.emit(_entry(page, Press.CALL))
    page.call.done.click()
    assert tasks.wait_idle()
    field = page.call.outcome.parentWidget()
    assert "写一句" in getattr(field, "error", "")
    assert page.call.isVisible()


def test_nobody_answered_moves_the_call_to_tomorrow(page: TodayPage, tasks: Tasks) -> None:
    page.list.opened.emit(_entry(page, Press.CALL))
    page.call.missed.click()
    assert tasks.wait_idle()
    assert page.agenda is not None
    assert not [one for one in page.agenda.entries if one.press is Press.CALL]
    assert asked(tasks, page, lambda desk: len(followups.due(desk, by=desk.today.replace(day=21)))) == 1


def test_esc_puts_the_call_off_and_keeps_the_words(page: TodayPage, qtbot: QtBot) -> None:
    taken: list[str] = []
    shortcut = QShortcut(QKeySequence("Esc"), page)  # as the window has
    shortcut.activated.connect(lambda: taken.append("Esc"))
    call = _entry(page, Press.CALL)
    page.list.opened.emit(call)
    page.call.outcome.set_value("法院说")
    qtbot.keyClick(page.call.outcome, Qt.Key.Key_Escape)
    assert taken == []
    assert not page.call.isVisible()
    assert page.primary is page.doors.visit
    page.list.opened.emit(call)
    assert page.call.outcome.value() == "法院说"


def test_tab_goes_as_the_eye_does(page: TodayPage) -> None:
    assert _next_focus(page) is page.doors.visit


def _next_focus(page: TodayPage) -> QWidget:
    widget: QWidget = page.list.list.nextInFocusChain()
    while not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        widget = widget.nextInFocusChain()
    return widget


def test_urgent_help_is_pinned_on_top(page: TodayPage, tasks: Tasks) -> None:
    def burnt(desk: Desk) -> None:
        made = tickets.register(desk, request="火烧了屋", household=HOME, visitor=GRANNY, urgent=True)
        tickets.decide(desk, made.id, Disposition.INSTANT)

    tasks.run(page, burnt)
    page.refresh()
    assert tasks.wait_idle()
    assert page.list.list.rows()[0].chip.startswith("急难")


def test_an_empty_village_says_what_to_do(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    page = TodayPage(tasks)
    shown(qtbot, page)
    open_village(tasks, page, tmp_path, furnished=False)
    page.open()
    assert tasks.wait_idle()
    register = page.list.empty.button
    assert page.title_label.text() == "先把村里的人导进来"
    assert register.text() == "从表格导入"
    assert page.primary is register
    assert register.hasFocus()
    filled = [one for one in page.findChildren(Button) if str(one.property("role")).startswith("main")]
    assert [one for one in filled if one.isVisible()] == [register]
    gone: Went = []
    page.navigate.connect(lambda where, params: gone.append((where, params)))
    register.click()
    assert gone == [("import", {})]
    tasks.close(lambda desk: desk.store.close())


def test_the_largest_letters_leave_one_column(page: TodayPage, look: QApplication) -> None:
    theme.apply(look, theme.Theme(theme.Size.EXTRA))
    page.resize(1154, 610)
    look.processEvents()
    assert not page.cards.isVisible()
    assert page.drafts.isVisible()
    assert (
        page.doors.visit.y() == page.doors.ticket.y()
        or abs(page.doors.visit.y() - page.doors.ticket.y()) < 20
    )
    assert page.minimumSizeHint().width() <= 1154


def test_everything_that_takes_the_focus_has_a_name(page: TodayPage) -> None:
    page.list.opened.emit(_entry(page, Press.CALL))
    for button in page.findChildren(Button):
        assert button.text() or button.accessibleName()
    assert page.list.list.accessibleName()
    assert page.call.outcome.accessibleName()


def test_five_questions_are_answered_by_pointing_and_a_hardship_gets_its_own_ticket(
    page: TodayPage, tasks: Tasks, went: Went
) -> None:
    page.list.opened.emit(_entry(page, Press.CALL))
    assert tasks.wait_idle()
    asked_of = page.call.questions
    asked_of.groups["stage"].set_value("working")
    for button in asked_of.groups["hardship"].buttons:
        if button.option.key == "yes":
            button.click()
    asked_of.more["hardship"].set_value("没米了")
    assert page.call.done.text() == "记一笔，开急难单"
    page.call.done.click()
    assert tasks.wait_idle()
    QApplication.processEvents()
    (ticket,) = [params["ticket"] for name, params in went if name == "tickets"]
    opened = asked(tasks, page, lambda desk: desk.store.reading.get(Ticket, str(ticket)))
    assert opened.urgent
    assert "没米了" in opened.request
    done = asked(tasks, page, lambda desk: tuple(desk.store.reading.each(FollowUp)))
    assert [one.outcome for one in done if one.done_at] == [
        "到哪一步了：他们在办。家里有没有急难：有，急着要帮（没米了）。"
    ]


def test_an_answer_pointed_at_survives_a_call_put_off(page: TodayPage, tasks: Tasks) -> None:
    call = _entry(page, Press.CALL)
    page.list.opened.emit(call)
    assert tasks.wait_idle()
    for button in page.call.questions.groups["stuck"].buttons:
        if button.option.key == "papers":
            button.click()
    page.call.later.click()
    assert tasks.wait_idle()
    page.call.forget()
    page.list.opened.emit(call)
    assert tasks.wait_idle()
    QApplication.processEvents()
    assert page.call.questions.groups["stuck"].value() == "papers"


def test_on_a_low_page_the_month_gives_way_to_what_is_to_be_done(
    page: TodayPage, look: QApplication, tasks: Tasks
) -> None:
    assert tasks.wait_idle()
    page.resize(1190, 700)
    look.processEvents()
    assert page.cards.month.isVisible()
    page.setMinimumSize(900, 400)  # as the window sets it: lower than what stands on the page asks for
    page.resize(1190, 430)
    look.processEvents()
    assert not page.cards.month.isVisible()
    assert page.cards.unfinished.height() >= page.cards.unfinished.sizeHint().height()
