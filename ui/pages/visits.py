"""走访: the plan and past visits, a door to begin at, the form being filled, and a signed visit to read."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.registers import clues
from app.actions.visits import visit_lists, visit_sitting
from app.actions.visits.visit_sitting import Sitting
from app.domain.visits.form_words import met_words
from ui import notices
from ui.forms.panes import scrolled
from ui.forms.visits.plan_view import PlanView
from ui.forms.visits.visit_list import VisitList
from ui.forms.visits.visit_read import VisitRead
from ui.forms.visits.visit_start import VisitStart
from ui.forms.writing import Writing
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.face_stack import FaceStack
from ui.widgets.words import Button


class VisitsPage(Page):
    """Opened with {"tab"?} (the plan), {"at": household} (one of it), {"household", "purpose"?, "ticket"?,
    "origin"?} (begin there, or go on with what is unfinished there), {"new": True} (pick a door first),
    {"draft"} (go on) or {"visit"} (read).
    """

    title = "走访"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.writing: Writing | None = None
        self.stack = FaceStack()
        self.list, self.start = VisitList(self.run), VisitStart()
        self.plan = PlanView(self.run, self.list)
        self.new = Button(self.tr("新走访"), "main", "visit")
        self.all = Button(self.tr("所有走访"), "", "left")
        self.diary = Button(self.tr("民情日记"), "", "print")
        self.left.addWidget(self.all)
        self.right.addWidget(self.new)
        self.right.addWidget(self.diary)
        self.stack.addWidget(self.plan)
        self.stack.addWidget(self.start)
        self.body.addWidget(self.stack, 1)
        self._connect()

    def open(self, **params: Any) -> None:
        """Go where `params` say; a form in sight is kept first."""
        if self._must_stay():
            return
        self.clear_problems()
        visit, draft = str(params.get("visit") or ""), str(params.get("draft") or "")
        household = str(params.get("household") or "")
        if visit:
            self.run(lambda desk: visit_sitting.look(desk, visit), self._read)
        elif draft:
            self.run(lambda desk: visit_sitting.resume(desk, draft), self._write, self._gone)
        elif household:
            purpose, ticket = str(params.get("purpose") or ""), params.get("ticket")
            origin = str(params.get("origin") or "")
            clue, campaign = str(params.get("clue") or ""), str(params.get("campaign") or "")

            def begin(desk: Desk) -> Sitting:
                if clue:  # its visit is begun by the clue, which will know it by that
                    clues.check(desk, clue)
                return visit_sitting.start(
                    desk, household, purpose=purpose, ticket=ticket, origin=origin, campaign=campaign
                )

            self.run(begin, self._write)
        elif params.get("new"):
            self._show(self.start, self.tr("去谁家"))
            self.start.box.clear()
            self.start.setFocus()
            self._look_for("")
        else:
            self._show(self.plan, self.tr("走访"))
            self.plan.turn_to(str(params.get("tab") or ""), str(params.get("at") or ""))
            self.refresh()

    def refresh(self) -> None:
        """Ask the list again; a form being filled is left alone."""
        if self.stack.currentWidget() is self.plan:
            self.plan.refresh()
            self.list.refresh()

    def unsaved(self) -> bool:
        """True when the visit in hand stands on the screen alone."""
        return self.writing is not None and self.writing.unsaved

    def _must_stay(self) -> bool:
        """The form in hand is kept first; one that the disk refused before is not let go."""
        refused = self.unsaved()
        self.leave()
        if refused:
            notices.bad(self.tr("有一格没存上，还在屏幕上。腾出地方，看到「已存好」再走。"))
        return refused

    def leave(self) -> None:
        """Nothing typed stays behind."""
        self.plan.flow.holding.hold()
        if self.writing is not None:
            self.writing.flush()

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self.open(new=True))
        self.all.clicked.connect(lambda: self.open())
        self.diary.clicked.connect(
            lambda: self.navigate.emit("paper", {"document": "diary", "back": ("visits", {})})
        )
        self.plan.begun.connect(self._begin)
        self.plan.else_asked.connect(lambda: self.open(new=True))
        self.plan.went.connect(self.navigate)
        self.plan.primary_changed.connect(self._show_primary)
        self.list.begun.connect(lambda: self.open(new=True))
        self.list.resumed.connect(lambda draft: self.open(draft=draft))
        self.list.opened.connect(lambda visit: self.open(visit=visit))
        self.start.asked.connect(self._look_for)
        self.start.chosen.connect(lambda household: self.open(new=True, household=household))

    def _begin(self, household: str, purpose: str) -> None:
        walk = self.plan.walk
        clue = walk.clue_for(household, purpose) if walk is not None else ""
        campaign = walk.campaign_for(household, purpose) if walk is not None else ""
        origin = "campaign" if campaign else "plan"
        self.open(household=household, purpose=purpose, origin=origin, campaign=campaign, clue=clue)

    def _look_for(self, query: str) -> None:
        self.run(
            lambda desk: visit_lists.doors(desk, query), lambda found: self.start.show_doors(query, *found)
        )

    def _show(self, face: QWidget, title: str, subtitle: str = "") -> None:
        """Bring one of the four faces forward; one that was made for a single visit is let go after."""
        old = self.stack.currentWidget()
        if self.stack.indexOf(face) < 0:
            self.stack.addWidget(face)
        self.stack.setCurrentWidget(face)
        if self.writing is not None and self.writing is not face:
            self.right.removeWidget(self.writing.head)
            self.writing.head.deleteLater()
        if old is not None and old not in (self.plan, self.start, face):
            self.stack.removeWidget(old)
            old.deleteLater()
        self.writing = face if isinstance(face, Writing) else None
        self.set_title(title, subtitle)
        self.where.tell()
        listed = face is self.plan
        self.new.setVisible(listed)
        self.diary.setVisible(listed)
        self.all.setVisible(not listed and self.writing is None)
        if self.writing is not None:
            self.primary = self.writing.form.next
        else:
            self._show_primary()

    def _show_primary(self) -> None:
        """New visit is the filled button, unless the plan knows something that comes before it."""
        if self.writing is not None:
            return
        listed = self.stack.currentWidget() is self.plan
        first = self.plan.primary if listed else None
        self.new.set_role("" if first is not None else "main")
        self.primary = first or (self.new if listed else None)

    def _write(self, sitting: Sitting) -> None:
        writing = Writing(self.tasks, sitting)

        def say() -> None:
            for title, subtitle in writing.titles():
                self.set_title(title, subtitle)
                if self.title_fits():
                    break

        self._show(writing, sitting.title)
        say()
        self.right.addWidget(writing.head)
        writing.subtitle_changed.connect(say)
        writing.left.connect(lambda said: (self.open(), notices.saved(said)))
        writing.signed.connect(self._signed)
        writing.form.survey_asked.connect(lambda: self.navigate.emit("surveys", _survey(sitting)))
        writing.printed.connect(lambda draft: self.navigate.emit("paper", _sheet(draft, {"draft": draft})))
        writing.form.go(writing.form.place)  # now that it is in sight, the focus can go there

    def _read(self, sitting: Sitting) -> None:
        face = VisitRead(sitting, self.run)
        face.corrected.connect(
            lambda visit: self.run(lambda desk: visit_sitting.correct(desk, visit), self._write)
        )
        face.visit.connect(lambda visit: self.open(visit=visit))
        face.printed.connect(lambda visit: self.navigate.emit("paper", _sheet(visit, {"visit": visit})))
        face.ticket.connect(lambda ticket: self.navigate.emit("tickets", {"ticket": ticket}))
        words = met_words(sitting.situation(sitting.visit), sitting.form, sitting.name_of)
        day = sitting.visit.started_at
        when = self.tr("{month}月{day}日").format(month=day.month, day=day.day)
        self._show(scrolled(face), self.tr("走访 · {title}").format(title=sitting.title), f"{when} · {words}")
        self.where.tell("visit", sitting.visit.id)
        face.button.setFocus()

    def _gone(self, error: Exception) -> None:
        self._show(self.plan, self.tr("走访"))
        self.refresh()
        self.show_error(error)

    def _signed(self, visit: str) -> None:
        self.open(visit=visit)
        notices.saved(self.tr("已存好。等着上传。"))


def _survey(sitting: Sitting) -> dict[str, Any]:
    """A questionnaire asked on the way, and the way back into the visit."""
    visit = sitting.visit
    home = {"household": visit.household, "visit": visit.id}
    return {"new": True, **home, "back": ("visits", {"draft": visit.id})}


def _sheet(visit: str, back: dict[str, Any]) -> dict[str, Any]:
    """Where the printed sheet of a visit stands, and the way back."""
    return {"document": "visit", "subject": visit, "back": ("visits", back)}
