"""Hands that fill a real form at random: every box, button, pad and picture a page shows them."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.actions.registers.books import Book
from app.domain.record import to_body
from tests.facts import GRANNY
from tests.ui.conftest import compose
from ui.forms.visits.photos import PhotosEditor
from ui.pages.households import HouseholdsPage
from ui.pages.page import Page
from ui.pages.registers import RegistersPage
from ui.pages.tickets import TicketsPage
from ui.pages.visits import VisitsPage
from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButton
from ui.widgets.signature import Pad
from ui.widgets.text import LineBox, NumberBox, ParagraphBox

State = dict[str, Any]
WORDS = ("媳妇走了", "伢儿读书钱冒得", "屋漏", "㛃奶奶", "隔着门讲的", "", "镇里晓得了，下周来看", "彭水生")


class Hands:
    """One page and what stands on it. `state()` is what the screen says, as the draft would hold it."""

    kind = ""

    def __init__(self, tasks: Tasks, chance: random.Random) -> None:
        self.tasks, self.chance = tasks, chance
        self.page: Any = self.make()

    def make(self) -> Page:
        """The page, not yet opened."""
        raise NotImplementedError

    def begin(self, draft: str) -> None:
        """Go on with what was begun; `draft` is the visit's."""
        raise NotImplementedError

    def state(self) -> State:
        raise NotImplementedError

    def root(self) -> QWidget:
        """What the next thing is done in."""
        raise NotImplementedError

    def pick(self) -> tuple[str, Callable[[], None]]:
        """What she turns to next, by the name of its field, and what she does there: type, point, sign, or
        take a picture."""
        root = self.root()
        if isinstance(root, PhotosEditor):
            data = _picture(self.chance)
            return "photos", lambda: root.take([lambda: data])
        found = [one for one in root.findChildren(QWidget) if _usable(one)]
        one = self.chance.choice(found) if found else root
        return self.field_of(one), lambda: self.use(one)

    def field_of(self, one: QWidget) -> str:
        """The name of the field a control stands in; "" where it has none of its own."""
        at: QWidget | None = one
        while at is not None and not at.objectName().startswith("field:"):
            at = at.parentWidget()
        return at.objectName().removeprefix("field:") if at is not None else ""

    def pending(self) -> list[str]:
        """The fields in which something stands that is kept at the next pause."""
        return []

    def use(self, one: QWidget) -> None:
        """As with a keyboard, a mouse or a pen."""
        if isinstance(one, ChoiceButton):
            one.click()
        elif isinstance(one, Pad):
            at = [QPoint(self.chance.randrange(5, 200), self.chance.randrange(5, 80)) for _ in range(4)]
            QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=at[0])
            for point in at:
                QTest.mouseMove(one, point)
            QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=at[-1])
        elif isinstance(one, LineBox | ParagraphBox):
            self._type(one)

    def _type(self, box: LineBox | ParagraphBox) -> None:
        box.setFocus()
        box.selectAll()
        text = (
            str(self.chance.randrange(1, 3_000)) if isinstance(box, NumberBox) else self.chance.choice(WORDS)
        )
        compose(box, "", text or "呀")
        if isinstance(box, NumberBox):
            QTest.keyClick(box, Qt.Key.Key_Return)
        else:
            self.page.setFocus()  # she goes on to the next

    def settle(self) -> None:
        """Until nothing is asked for any more."""
        for _ in range(3):
            assert self.tasks.wait_idle(60_000)
            QApplication.processEvents()

    def keep(self) -> None:
        """She rests two seconds, or leaves the form."""


class VisitHands(Hands):
    """The form of a home visit: it says itself when all of it is kept."""

    kind = "visit"

    def make(self) -> Page:
        return VisitsPage(self.tasks)

    def begin(self, draft: str) -> None:
        self.page.open(draft=draft)
        self.settle()
        self.form = self.page.writing.form

    def state(self) -> State:
        body: State = json.loads(json.dumps(to_body(self.form.session.visit)))
        answers = body.pop("answers", {})
        return {**body, **{f"answers.{name}": value for name, value in answers.items() if name != "at_step"}}

    def when_kept(self, told: Callable[[], None]) -> None:
        """`told` is called at each 已存好."""
        self.form.session.saver.saved.connect(lambda _at: told())

    def root(self) -> QWidget:
        session = self.form.session
        asked = list(session.situation.active(session.sitting.form))
        self.name = self.chance.choice(asked).id
        self.form.go_to_field(self.name)
        row = self.form.page.rows.get(self.name)
        return row.control if row is not None else QWidget()

    def field_of(self, one: QWidget) -> str:
        return self.name

    def pending(self) -> list[str]:
        return list(self.form.session._typing)

    def keep(self) -> None:
        self.form.session.take_typed()


class TicketHands(Hands):
    """What a citizen came for, while she talks."""

    kind = "ticket"

    def make(self) -> Page:
        return TicketsPage(self.tasks)

    def begin(self, draft: str) -> None:
        self.page.open(**({"draft": draft} if draft else {"new": True, "person": GRANNY}))
        self.settle()
        self.form = self.page.form

    def state(self) -> State:
        form = self.form
        told = form.what.filled(form.who.filled(form._new))
        return dict(json.loads(json.dumps(asdict(told)))) if told.begun else {}

    def root(self) -> QWidget:
        self.form._show_step(1)
        return self.form.what  # type: ignore[no-any-return]  # a page of many parts

    def keep(self) -> None:
        self.form.keep()


class HouseholdHands(Hands):
    """A family entered at the door."""

    kind = "household"

    def make(self) -> Page:
        return HouseholdsPage(self.tasks)

    def begin(self, draft: str) -> None:
        self.page.open(new=True)
        self.settle()
        self.form = self.page.form

    def state(self) -> State:
        told = {name: str(value) for name, value in self.form.answers().items()}
        return told if any(told.values()) else {}

    def root(self) -> QWidget:
        return self.form  # type: ignore[no-any-return]  # a page of many parts

    def keep(self) -> None:
        self.page.holding.hold()


class RegisterHands(Hands):
    """A line of a register."""

    kind = "register"

    def make(self) -> Page:
        return RegistersPage(self.tasks)

    def begin(self, draft: str) -> None:
        self.page.open(new=Book.SEAL.value)
        self.settle()
        self.form = self.page.writing.form

    def state(self) -> State:
        told = {name: str(value) for name, value in self.form.answers().items()}
        return told if any(told.values()) else {}

    def root(self) -> QWidget:
        return self.form  # type: ignore[no-any-return]  # a page of many parts

    def keep(self) -> None:
        self.form.holding.hold()


FORMS: Sequence[type[Hands]] = (
    VisitHands,
    TicketHands,
    VisitHands,
    RegisterHands,
    VisitHands,
    HouseholdHands,
)


def _usable(one: QWidget) -> bool:
    return (
        isinstance(one, ChoiceButton | LineBox | ParagraphBox | Pad) and one.isVisible() and one.isEnabled()
    )


def _picture(chance: random.Random) -> bytes:
    made = Image.new("RGB", (64, 48), tuple(chance.randrange(256) for _ in range(3)))
    file = io.BytesIO()
    made.save(file, "JPEG")
    return file.getvalue()
