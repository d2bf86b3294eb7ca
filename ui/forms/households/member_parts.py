"""Parts of a person's form that only some need: a child's parents, a disability card, what marks her out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people.codes import (
    DISABILITY_KIND,
    DISABILITY_LEVEL,
    PARENT_STATE,
    PERSON_TAGS,
)
from app.domain.people.person import Disability, Parent, ParentState
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice, Kind
from ui.widgets.text import LineBox

S = ParentState
PARENT_KINDS = {
    "在管孩子": (S.ABLE,),
    "不在了": (S.DEAD, S.DECLARED_DEAD, S.DECLARED_MISSING, S.UNKNOWN_PARENT),
    "联系不上": (S.LOST_CONTACT,),
    "管不了": (
        S.SEVERE_ILLNESS, S.SEVERE_DISABILITY, S.PRISON, S.DRUG_REHAB, S.RESTRICTED, S.CUSTODY_REVOKED,
        S.DEPORTED,
    ),
}  # fmt: skip
TAG_KINDS = {"老人": PERSON_TAGS[0:3] + PERSON_TAGS[12:16], "孩子": PERSON_TAGS[3:7]}
NO_CARD = "none"


class _Part(QWidget):
    """Fields one under another that belong together; `changed` whenever one of them does."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.soft(10))

    def _put(self, *fields: Field) -> None:
        for field in fields:
            self.column.addWidget(field)
            field.control.changed.connect(self.changed)


class ParentPart(_Part):
    """One parent of a child: how it is with him, since when, what he is called."""

    def __init__(self, role: str, called: str, today: date) -> None:
        super().__init__()
        self.role = role
        self.state = GroupedChoice()
        self.state.set_groups(
            [
                (said, [(one.value, PARENT_STATE.label(one.value)) for one in states])
                for said, states in _kinds()
            ]
        )
        self.since = DateEdit(today, quick=False)
        self.name = LineBox()
        self.since_field = Field(f"{role}_since", self.tr("从哪天起"), self.since, optional=True)
        self.name_field = Field(f"{role}_name", self.tr("叫什么"), self.name, optional=True)
        self._put(Field(f"{role}_state", called, self.state), self.name_field, self.since_field)
        # Father and mother stand one under the other: read aloud, each says whose day and name it is.
        self.since.set_label(self.tr("{who}，从哪天起").format(who=called))
        self.name.setAccessibleName(self.tr("{who}，叫什么").format(who=called))
        self.state.changed.connect(self._show)
        self._show()

    def value(self) -> Parent | None:
        """None while nobody was asked."""
        if not self.state.value():
            return None
        return Parent(self.role, ParentState(self.state.value()), self.since.value(), self.name.value())

    def set_value(self, parent: Parent | None) -> None:
        """Show what is known."""
        self.state.set_value(parent.state.value if parent else "")
        self.since.set_value(parent.since if parent else None)
        self.name.set_value(parent.name if parent else "")
        self._show()

    def _show(self) -> None:
        told = self.state.value()
        self.name_field.setVisible(bool(told))
        self.since_field.setVisible(told not in ("", ParentState.ABLE.value))


class CardPart(_Part):
    """The disability card (残疾人证): kind, level, and until when it holds. Further cards are left alone."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._known: tuple[Disability, ...] = ()
        kinds = tuple(DISABILITY_KIND.labels.items())
        self.kind = ChoiceGroup([(NO_CARD, self.tr("没有")), *kinds])
        self.level = ChoiceGroup(tuple(DISABILITY_LEVEL.labels.items()))
        self.expires = DateEdit(today, quick=False, future=True)
        self.level_field = Field("card_level", self.tr("几级"), self.level)
        self.expires_field = Field("card_expires", self.tr("证到哪天"), self.expires, optional=True)
        self._put(
            Field("card_kind", self.tr("残疾人证"), self.kind, optional=True),
            self.level_field,
            self.expires_field,
        )
        self.kind.changed.connect(self._show)
        self._show()

    def value(self) -> tuple[Disability, ...]:
        """The cards as they are now; one without its level is none yet."""
        if self.kind.value() == NO_CARD:
            return ()
        if not (self.kind.value() and self.level.value()):
            return self._known
        number = self._known[0].certificate if self._known else ""
        card = Disability(int(self.kind.value()), int(self.level.value()), number, self.expires.value())
        return (card, *self._known[1:])

    def lacks_level(self) -> bool:
        """A kind was pointed at, and no level."""
        return self.kind.value() not in ("", NO_CARD) and not self.level.value()

    def set_value(self, cards: Sequence[Disability]) -> None:
        """Show the first card."""
        self._known = tuple(cards)
        first = self._known[0] if self._known else None
        self.kind.set_value(str(first.kind) if first else "")
        self.level.set_value(str(first.level) if first else "")
        self.expires.set_value(first.expires if first else None)
        self._show()

    def _show(self) -> None:
        told = self.kind.value() not in ("", NO_CARD)
        self.level_field.setVisible(told)
        self.expires_field.setVisible(told)


class TagChoice(GroupedChoice):
    """What marks her out (独居, 留守儿童 …). Words of the county's own that are not offered here stay."""

    def __init__(self) -> None:
        super().__init__(multi=True)
        self._others: tuple[str, ...] = ()
        self.set_groups(_tags())

    def tags(self) -> tuple[str, ...]:
        """In the order of the register's words."""
        return (*self.values(), *self._others)

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show those that are offered, keep the others."""
        self.set_values([one for one in tags if one in PERSON_TAGS])
        self._others = tuple(one for one in tags if one not in PERSON_TAGS)


def _kinds() -> list[tuple[str, tuple[ParentState, ...]]]:
    return [(QCoreApplication.translate("member", said), states) for said, states in PARENT_KINDS.items()]


def _tags() -> list[Kind]:
    named = {one for words in TAG_KINDS.values() for one in words}
    rest = [one for one in PERSON_TAGS if one not in named]
    kinds = [*TAG_KINDS.items(), ("别的", rest)]
    return [
        (QCoreApplication.translate("member", said), [(one, one) for one in some]) for said, some in kinds
    ]
