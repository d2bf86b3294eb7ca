"""What to apply for, who applies, and which papers to make: pointed at, never typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.paperwork.paperwork import Chooser, Wanted
from app.domain.packs.service_item import GROUPS
from app.domain.papers.paperwork import FormKind
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.words import words

NOBODY = "-"  # an answer that says "nobody of these"


class PaperworkChoice(QWidget):
    """`changed(Wanted)` whenever something else is chosen. `show_chooser` fills what can be chosen now."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._chooser: Chooser | None = None
        self._cards: dict[ChoiceGroup, Card] = {}
        self._told: dict[str, bool] = {}  # what she ticked or took back herself, by kind
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.items = GroupedChoice(multi=True)
        self.items.set_label(self.tr("办什么事"))
        card = Card(self.tr("办什么事"))
        card.add(self.items)
        column.addWidget(card)
        self.applicant = self._group(column, self.tr("谁来申请"))
        self.subject = self._group(column, self.tr("给哪个孩子办"))
        self.kinds = self._group(column, self.tr("打哪些材料"), multi=True)
        self.refusals = words("", "body", "quiet", wrap=True)
        self.hint = words("", "body", "quiet", wrap=True)
        for line in (self.hint, self.refusals):
            self._cards[self.kinds].add(line)
        self.agent = self._group(column, self.tr("委托谁去办"))
        self.unchecked = Note("info", "")
        column.addWidget(self.unchecked)
        column.addStretch(1)
        for group in (self.items, self.applicant, self.subject, self.agent):
            group.changed.connect(lambda: self.changed.emit(self.wanted()))
        self.kinds.changed.connect(self._kinds_chosen)

    def forget(self) -> None:
        """Another family: what was ticked for the one before is not carried over."""
        self._chooser, self._told = None, {}

    def show_chooser(self, chooser: Chooser) -> None:
        """Show what can be chosen and what is; a group under her hand is not built anew."""
        wanted = chooser.wanted
        if self._chooser is None:
            self._offer_matters(chooser)
        self._chooser = chooser
        self._offer(self.applicant, [(one.id, one.name) for one in chooser.grown_up])
        self.applicant.set_value(wanted.applicant)
        children = [(one.id, one.name) for one in chooser.children]
        if not chooser.for_child and children:
            children.append((NOBODY, self.tr("不是给孩子办")))
        self._offer(self.subject, children)
        self.subject.set_value(wanted.subject or ("" if chooser.for_child else NOBODY))
        others = [(one.id, one.name) for one in chooser.grown_up if one.id != wanted.applicant]
        self._offer(self.agent, [*others, (NOBODY, self.tr("别人，空着手写"))])
        self.agent.set_value(wanted.agent or NOBODY)
        self._offer(
            self.kinds, [(one.kind.value, one.kind.words) for one in chooser.offers if not one.refused]
        )
        usual = {one.kind.value: one.usual for one in chooser.offers if not one.refused}
        self.kinds.set_values([kind for kind, on in usual.items() if self._told.get(kind, on)])
        self._fit()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        assert self._chooser is not None, "shown before it is asked"
        agent, subject = self.agent.value(), self.subject.value()
        return replace(
            self._chooser.wanted,
            items=self.items.values(),
            applicant=self.applicant.value() or self._chooser.wanted.applicant,
            subject="" if subject == NOBODY else subject,
            agent="" if agent == NOBODY else agent,
            kinds=tuple(FormKind(one) for one in self.kinds.values()),
        )

    def _group(self, column: QVBoxLayout, title: str, *, multi: bool = False) -> ChoiceGroup:
        card = Card(title)
        group = ChoiceGroup([], multi=multi)
        group.set_label(title)
        card.add(group)
        column.addWidget(card)
        self._cards[group] = card
        return group

    def _offer(self, group: ChoiceGroup, options: Sequence[tuple[str, str]]) -> None:
        if [(button.option.key, button.option.words) for button in group.buttons] != list(options):
            group.set_options(options)
            group.set_label(group.accessibleName())

    def _offer_matters(self, chooser: Chooser) -> None:
        """Those of this family in front, then all the others by what they are about."""
        names = {one.code: one.name for one in chooser.items}
        here = self.tr("这家的事")
        groups = [(here, [(code, names[code]) for code in chooser.near])]
        for key, kind in GROUPS.items():
            found = [one for one in chooser.items if one.group == key and one.code not in chooser.near]
            groups.append((kind, [(one.code, one.name) for one in found]))
        self.items.set_groups([group for group in groups if group[1]])
        self.items.set_values(chooser.wanted.items or chooser.near[:1])
        if not chooser.wanted.items:
            self.items.choices.set_values(())

    def _kinds_chosen(self) -> None:
        """A notice hangs on a wall and is made alone: ticking it takes the others back, and the reverse."""
        before = {kind for kind, on in self._shown().items() if on}
        now = set(self.kinds.values())
        notice = FormKind.NOTICE.value
        if notice in now - before:
            now = {notice}
        elif now - before:
            now -= {notice}
        self.kinds.set_values(now)
        self._told = {button.option.key: button.option.key in now for button in self.kinds.buttons}
        self._fit()
        self.changed.emit(self.wanted())

    def _shown(self) -> dict[str, bool]:
        assert self._chooser is not None, "shown before it is changed"
        offers = self._chooser.offers
        return {
            one.kind.value: self._told.get(one.kind.value, one.usual) for one in offers if not one.refused
        }

    def _fit(self) -> None:
        assert self._chooser is not None, "shown before it is laid out"
        chooser, ticked = self._chooser, set(self.kinds.values())
        self._cards[self.applicant].setVisible(len(chooser.grown_up) > 1)
        self._cards[self.subject].setVisible(bool(chooser.children) and self._asks_for_whom(chooser))
        self._cards[self.kinds].setVisible(bool(chooser.offers))
        self._cards[self.agent].setVisible(FormKind.MANDATE.value in ticked)
        refused = [f"{one.kind.words}：{one.refused}" for one in chooser.offers if one.refused]
        self.refusals.setText("\n".join(refused))
        self.refusals.setVisible(bool(refused))
        said = self.tr("要贴出去的：只写姓和小组，不写名字、号码、病和孩子。单独打。")
        self.hint.setText(said)
        self.hint.setVisible(FormKind.NOTICE.value in ticked)
        unsure = any(one.unverified for one in chooser.offers if one.kind.value in ticked)
        self.unchecked.say("info", self.tr("表样待核：县里还没跟原件对过。先问镇里认不认。"))
        self.unchecked.setVisible(unsure)

    def _asks_for_whom(self, chooser: Chooser) -> bool:
        chosen = [one for one in chooser.items if one.code in chooser.wanted.items]
        return any(not one.for_household for one in chosen)
