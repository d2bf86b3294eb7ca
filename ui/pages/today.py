"""今日: what to do first, three doors to new work, and what was left unfinished."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import today
from app.actions.county_terms import standing
from app.actions.desk import Desk
from app.actions.pressing import Entry, Press
from app.actions.today import Agenda
from app.actions.whereabouts import overdue
from ui import theme
from ui.forms.syncing.overdue_note import OverdueNote
from ui.forms.syncing.terms_note import TermsNote
from ui.forms.syncing.terms_words import Said, pressing_words
from ui.forms.tickets.call_flow import CallFlow
from ui.forms.tickets.call_panel import CallPanel
from ui.forms.today.today_list import TodayList
from ui.forms.today.today_side import Cards, Doors
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.words import Button

SIDE, SIDE_OF_CALL = 322, 432
NO_LIMIT = 16_777_215  # what Qt takes for "as wide as you like"
RECORDS = {
    "tickets": "ticket", "households": "household", "checklists": "checklist", "registers": "task",
}  # fmt: skip  # what a page opens
WEEKDAYS = "一二三四五六日"


class TodayPage(Page):
    """No parameters. Goes on to `tickets`, `households`, `visits` and `checklists`."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.agenda: Agenda | None = None
        self._calling: Entry | None = None
        self.drafts = Button("", "small", "pen")
        self.right.addWidget(self.drafts)
        self.doors, self.list, self.cards, self.call = Doors(), TodayList(), Cards(), CallPanel()
        self.flow = CallFlow(self.call, self.run)
        self.primary = self.doors.visit
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.soft(16))
        self._grid.setVerticalSpacing(theme.soft(12))
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(1, 1)
        self.overdue = OverdueNote()
        self.go_send = Button(self.tr("去上传"))
        self.overdue.add_button(self.go_send)
        self.body.addWidget(self.overdue)
        self.pressing = TermsNote()
        self.look_there = Button(self.tr("去看看"))
        self.pressing.add_button(self.look_there)
        self.body.addWidget(self.pressing)
        self.body.addLayout(self._grid, 1)
        self._connect()
        self._arrange()

    def open(self, **params: Any) -> None:
        """Every coming here asks anew."""
        self._call_about(None)
        self.refresh()
        self.doors.visit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Work today's list out again; a call being noted stays open."""
        self.run(today.agenda, self._show, self._not_worked_out)
        self.run(overdue, self.overdue.show_late)
        self.run(_pressing, self.pressing.show_said)

    def leave(self) -> None:
        """Keep what was heard so far."""
        self.flow.holding.hold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may leave room for one column only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._arrange()

    def _connect(self) -> None:
        self.doors.visit.clicked.connect(lambda: self.navigate.emit("visits", {"new": True}))
        self.doors.ticket.clicked.connect(lambda: self.navigate.emit("tickets", {"new": True}))
        self.doors.checklist.clicked.connect(lambda: self.navigate.emit("checklists", {"new": True}))
        for button in (self.go_send, self.look_there):
            button.clicked.connect(lambda: self.navigate.emit("sync", {}))
        self.list.opened.connect(self._open_entry)
        self.list.pressed.connect(self._press_entry)
        self.list.empty_pressed.connect(self._press_empty)
        self.list.print_asked.connect(lambda: self.navigate.emit("visits", {"tab": "today"}))
        self.cards.unfinished.resumed.connect(self._resume)
        self.cards.unfinished.ticket_resumed.connect(
            lambda draft: self.navigate.emit("tickets", {"draft": draft})
        )
        self.cards.unfinished.survey_resumed.connect(
            lambda draft: self.navigate.emit("surveys", {"draft": draft})
        )
        self.drafts.clicked.connect(lambda: self._resume(None))
        self.flow.noted.connect(self.refresh)
        self.flow.opened.connect(lambda ticket: self.navigate.emit("tickets", {"ticket": ticket}))
        self.flow.refused.connect(self.show_error)
        self.call.record_asked.connect(lambda: self._open_entry(self._calling, noted=True))
        self.call.closed.connect(lambda: self._call_about(None))

    def _arrange(self) -> None:
        wide, calling = self.wide(), self._calling is not None
        for widget in (self.list, self.doors, self.cards, self.call):
            self._grid.removeWidget(widget)
        self.doors.lie(across=not wide)
        side = theme.em(SIDE_OF_CALL if calling else SIDE)
        for widget in (self.doors, self.cards, self.call):
            widget.setMinimumWidth(side if wide else 0)
            widget.setMaximumWidth(side if wide else NO_LIMIT)
        if wide:
            self._grid.addWidget(self.list, 0, 0, 2, 1)
            self._grid.addWidget(self.doors, 0, 1)
            self._grid.addWidget(self.cards, 1, 1)
            self._grid.addWidget(self.call, 0, 1, 2, 1)
        else:
            self._grid.addWidget(self.doors, 0, 0)
            self._grid.addWidget(self.list, 1, 0)
            self._grid.addWidget(self.call, 0, 0, 2, 1)
        _tab_through(self.list.list, self.doors, list_first=wide)
        self.doors.setVisible(not calling)
        self.cards.setVisible(wide and not calling)
        self.call.setVisible(calling)
        self.list.setVisible(wide or not calling)
        kinds = (self.agenda.unfinished, self.agenda.begun, self.agenda.surveys) if self.agenda else ()
        drafts = sum(map(len, kinds))
        self.drafts.setVisible(not wide and drafts > 0)
        self.drafts.setText(self.tr("没写完 {n} 份").format(n=drafts))
        self.subtitle_label.setVisible(theme.current().size is not theme.Size.EXTRA)

    def _show(self, agenda: Agenda) -> None:
        self.agenda = agenda
        many = len(agenda.entries)
        done = self.tr("今天的事都办完了") if agenda.peopled else self.tr("先把村里的人导进来")
        title = self.tr("今天有 {n} 件事").format(n=many) if many else done
        self.set_title(title, day_words(agenda.day, agenda.season))
        self.list.show_agenda(agenda)
        self.cards.show_agenda(agenda)
        first = _fill_first(self.doors.visit, self.list.empty.button, visit=agenda.peopled or many > 0)
        self.primary = first if self._calling is None else self.primary
        self._arrange()

    def _not_worked_out(self, error: Exception) -> None:
        self.agenda = None
        self.list.show_fault()
        self.show_error(error)

    def _press_empty(self) -> None:
        if self.agenda is None:
            self.refresh()
        elif not self.agenda.peopled:
            self.navigate.emit("import", {})
        else:
            self.navigate.emit(*(("visits", {}) if self.agenda.unseen else ("households", {})))

    def _open_entry(self, entry: Entry | None, *, noted: bool = False) -> None:
        if entry is None:
            return
        if entry.followup and not noted:
            self._call_about(entry)
        elif entry.page == "visits":  # the unfinished visit of that household is taken up again
            self.navigate.emit("visits", {"new": True, "household": entry.household})
        else:
            self.navigate.emit(entry.page, {RECORDS[entry.page]: entry.record})

    def _press_entry(self, entry: Entry) -> None:
        if entry.press in (Press.VISIT, Press.LOOK_IN):
            origin, purpose = "plan" if entry.purpose else "", entry.purpose
            self.navigate.emit(
                "visits",
                {"new": True, "household": entry.household, "purpose": purpose, "origin": origin},
            )
        else:
            self._open_entry(entry)

    def _resume(self, draft: str | None) -> None:
        """Go on with `draft`; "" shows all of them, None the only one or all."""
        if draft is None and self.agenda is not None:
            visits, tickets = self.agenda.unfinished, self.agenda.begun
            if not visits and not tickets and self.agenda.surveys:
                self.navigate.emit("surveys", {"draft": self.agenda.surveys[0].draft})
                return
            if not visits:
                self.navigate.emit("tickets", {"draft": tickets[0].id} if tickets else {})
                return
            draft = visits[0].visit.id if len(visits) == 1 else ""
        self.navigate.emit("visits", {"draft": draft} if draft else {})

    def _call_about(self, entry: Entry | None) -> None:
        """Open the panel for the call of `entry`, or close it with None."""
        was, self._calling = self._calling, entry
        if was is entry:
            return
        self.primary = self.doors.visit if entry is None else self.call.done
        self.clear_problems()
        self._arrange()
        if entry is None:
            self.flow.put_off()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.flow.take_up(entry, self.agenda.day if self.agenda else date.today())


def _pressing(desk: Desk) -> Said | None:
    return pressing_words(standing(desk), late=overdue(desk) is not None)


def _fill_first(visit_door: Button, import_button: Button, *, visit: bool) -> Button:
    """Fill the button of what comes first, a visit or in an empty village its register, and return it."""
    first = visit_door if visit else import_button
    visit_door.set_role("maindoor" if visit else "door")
    import_button.set_role("" if visit else "main")
    if not visit and visit_door.hasFocus():
        first.setFocus(Qt.FocusReason.OtherFocusReason)
    return first


def _tab_through(rows: QWidget, doors: Doors, *, list_first: bool) -> None:
    """Tab goes as the eye does: the doors stand beside the list, or above it."""
    chain: list[QWidget] = [doors.visit, doors.ticket, doors.checklist]
    chain = [rows, *chain] if list_first else [*chain, rows]
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def day_words(day: date, season: str) -> str:
    """`11月20日 星期五 · 冬季作息`."""
    words = f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"
    return f"{words} · {season}" if season else words
