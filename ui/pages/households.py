"""住户: find a household as you type, and see on one page everything that is known of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.form_drafts import HOUSEHOLD, Begun
from app.actions.village import finding, households
from app.actions.village.finding import Group
from app.actions.village.households import Duplicate, Family, Newcomer
from app.domain.people.household import Household
from ui import notices, theme
from ui.forms.holding import Holding
from ui.forms.households.family_panels import FamilyPanels
from ui.forms.households.family_view import FamilyView
from ui.forms.households.household_list import HouseholdList
from ui.forms.households.household_search import HouseholdSearch
from ui.forms.households.new_household import NewHousehold
from ui.forms.panel import Panel
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.empty import EmptyState

LIST_WIDTH = 344
NO_LIMIT = 16_777_215  # what Qt takes for "as wide as you like"


class HouseholdsPage(Page):
    """Parameters: `household`, `person` or `key` (either's id) opens it; `query` searches; `new=True`."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.set_title("")
        self.setAccessibleName(self.tr("住户"))
        self._today = date.min
        self._shown = ""  # the household or person asked for last
        self.list = HouseholdList()
        self.search = HouseholdSearch(self.run, self.list, self)
        self.side = QStackedWidget()
        self.empty = EmptyState("home", self.tr("在左边找一户，或者点一个组。"))
        self.view = FamilyView()
        self.form: NewHousehold | None = None
        self.holding: Holding | None = None
        self.panels = FamilyPanels(self.run, self.show_error, self)
        self.side.addWidget(self.empty)
        self.side.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(14))
        row.addWidget(self.list)
        row.addWidget(self.side, 1)
        self.body.addLayout(row, 1)
        self.primary = self.view.visit
        self._connect()
        self._arrange()

    def open(self, **params: Any) -> None:
        """Open one family, search, begin a new one, or show the village by groups."""
        record = str(params.get("household") or params.get("person") or params.get("key") or "")
        if record:
            self._open_family(record)
        if params.get("query"):
            self.list.box.setText(str(params["query"]))
        self.run(_village, lambda found: self._village_known(*found, new=bool(params.get("new"))))
        if not record and not params.get("new"):
            self.list.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Records changed behind the page: ask again for what is in sight."""
        if self._shown and self.side.currentWidget() is self.view:
            self._open_family(self._shown)
        self.run(_village, lambda found: self._village_known(*found, new=False))

    def leave(self) -> None:
        """No full number stays in sight, nothing typed stays behind."""
        if self.holding is not None:
            self.holding.hold()
        self.panels.hold()
        self.view.cover_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two panes, or one at a time."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may leave room for one pane only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "view"):
            self._arrange()
            if self._today is not date.min:  # something is shown already; its rows depend on the size
                self.view.family = None
                QTimer.singleShot(0, self, self.refresh)

    def _connect(self) -> None:
        self.search.only_one.connect(lambda record: self._open_family(record) if self.wide() else None)
        self.list.chosen.connect(self._open_family)
        self.list.new_asked.connect(self._begin_new)
        self.list.import_asked.connect(lambda: self.navigate.emit("import", {}))
        self.empty.pressed.connect(lambda: self.navigate.emit("import", {}))
        self.view.went.connect(self.navigate)
        self.view.back.connect(lambda: self._show_side(self.empty))
        self.view.number_asked.connect(self._reveal)
        self.panels.attach(self.view)
        self.panels.opened.connect(self._show_side)
        self.panels.went.connect(self._open_family)
        self.panels.lacking.connect(self.show_problems)

    def _arrange(self) -> None:
        wide = self.wide()
        resting = self.side.currentWidget() is self.empty
        self.list.setVisible(wide or resting)
        self.side.setVisible(wide or not resting)
        width = theme.em(LIST_WIDTH)
        self.list.setMinimumWidth(width if wide else 0)
        self.list.setMaximumWidth(width if wide else NO_LIMIT)
        self.view.stand_alone(not wide)

    def _show_side(self, widget: QWidget) -> None:
        if self.side.indexOf(widget) < 0:
            self.side.addWidget(widget)
        self.side.setCurrentWidget(widget)
        if widget is not self.view:
            self.where.tell()
        new = self.form.done if self.form is not None and widget is self.form else self.view.visit
        self.primary = widget.main if isinstance(widget, Panel) else new
        self.clear_problems()
        self._arrange()

    def _village_known(self, groups: tuple[Group, ...], today: date, *, new: bool) -> None:
        self._today = today
        self.search.know(groups)
        if groups:
            self.empty.say(self.tr("在左边找一户，或者点一个组。"))
        else:
            self.empty.say(self.tr("还没有住户。先把花名册导进来。"), self.tr("从表格导入"))
        if new:
            self._begin_new("")

    def _open_family(self, record: str) -> None:
        self._shown = record

        def done(family: Family) -> None:
            if record == self._shown:
                self.view.show_family(family, alone=not self.wide())
                self._show_side(self.view)
                self.where.tell("household", family.household.id)

        self.run(lambda desk: households.family(desk, record), done)

    def _reveal(self, person: str) -> None:
        family = self.view.family
        name = next((one.name for one in family.members if one.id == person), "") if family else ""

        def done(number: str) -> None:
            self.view.reveal(person, number)
            notices.saved(self.tr("已记下：您看了{name}的身份证号。30 秒后遮上。").format(name=name))

        self.run(lambda desk: households.reveal_number(desk, person), done)

    def _begin_new(self, name: str) -> None:
        if self.form is not None and self.holding is not None:
            self.holding.hold()
            self.holding.end()
            self.side.removeWidget(self.form)
            self.form.deleteLater()
        form = self.form = NewHousehold(self.search.groups, self._today)
        holding = self.holding = Holding(form, self.run, HOUSEHOLD, form.answers)
        form.touched.connect(holding.touch)
        form.made.connect(self._create)
        form.known.connect(self._drop_form)
        form.known.connect(self._open_family)
        form.closed.connect(self._drop_form)
        form.closed.connect(lambda: self._show_side(self.view if self._shown else self.empty))
        self.side.addWidget(form)
        self._show_side(form)
        form.begin(name)

        def go_on(begun: Begun) -> None:
            if self.form is form:
                form.restore(begun.answers)
                holding.begin(begun.subject, begun.answers)

        wanted = form.name.value()
        self.run(lambda desk: form_drafts.take_up(desk, HOUSEHOLD, wanted), go_on)

    def _drop_form(self) -> None:
        """Nothing of it is wanted any more."""
        if self.holding is not None and (subject := self.holding.end()):
            self.run(lambda desk: form_drafts.release(desk, HOUSEHOLD, subject))

    def _create(self, newcomer: Newcomer, another: bool) -> None:
        holding = self.holding
        subject = holding.end() if holding is not None else ""

        def write(desk: Desk) -> Household:
            made = households.create(desk, newcomer, another=another)
            form_drafts.release(desk, HOUSEHOLD, subject)
            return made

        def failed(error: Exception) -> None:
            if holding is not None and holding is self.holding:
                holding.begin(subject)
            if isinstance(error, Duplicate) and self.form is not None:
                self.form.ask(error)
            else:
                self.show_error(error)

        def done(made: Household) -> None:
            notices.saved(self.tr("建好了，等着上传。"))
            self._open_family(made.id)
            self.run(_village, lambda found: self._village_known(*found, new=False))

        self.run(write, done, failed)


def _village(desk: Desk) -> tuple[tuple[Group, ...], date]:
    return finding.groups(desk), desk.today
