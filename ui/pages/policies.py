"""政策: what there is, asked the way people ask it, and who in the village may have it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions import policies
from app.actions.policies import Answer, Candidate
from app.domain.eligibility import Kind
from app.domain.service_item import Item
from ui import theme
from ui.forms.policy_card import PolicyCard
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.words import words

LIST_WIDTH = 344
MOST_SHOWN = 100


class PoliciesPage(Page):
    """`open(item=…)` shows that item; without it the first one."""

    title = "政策"

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._item = ""
        across = QHBoxLayout()
        across.setSpacing(theme.soft(16))
        self.body.addLayout(across, 1)
        left = QWidget()
        left.setProperty("surface", "clear")
        left.setFixedWidth(theme.soft(LIST_WIDTH))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.search = SearchBox(self.tr("老人 80 了有钱领吗"), self.tr("问政策"))
        self.search.asked.connect(self._ask)
        column.addWidget(self.search)
        card = Card()
        card.body.setContentsMargins(0, theme.soft(4), 0, theme.soft(4))
        self.items = RowList(self.tr("政策"))
        self.items.opened.connect(self._open)
        self.items.chosen.connect(self._open)
        self.search.stepped_in.connect(self.items.setFocus)
        self.search.confirmed.connect(self.items.choose_first)
        card.add(self.items)
        column.addWidget(card, 1)
        across.addWidget(left)
        self.area = scrolled(QWidget())
        across.addWidget(self.area, 1)

    def open(self, **params: Any) -> None:
        """Show the items, and the one asked for."""
        self.clear_problems()
        self._item = str(params.get("item") or self._item)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the items again."""
        self._ask(self.search.query())

    def _ask(self, query: str) -> None:
        self.run(lambda desk: policies.items(desk, query), self._show_items)

    def _show_items(self, items: tuple[Item, ...]) -> None:
        rows = [Row(item.code, item.name, item.spoken, icon="policy") for item in items]
        self.items.set_rows(rows, keep=False)
        if not items:
            said = self.tr("没找到。换个说法，或打电话问县里。")
            self.area.setWidget(EmptyState("policy", said))
        elif not self.items.choose(self._item):
            self.items.choose_first()

    def _open(self, item: str) -> None:
        self._item = item
        self.run(lambda desk: policies.answer(desk, item), self._show)

    def _show(self, answer: Answer) -> None:
        card = PolicyCard(answer)
        card.begin.connect(lambda item: self.navigate.emit("checklists", {"new": True, "item": item}))
        card.candidates.connect(self._look)
        self.area.setWidget(card)
        self.primary = card.list_button

    def _look(self, item: str) -> None:
        self.run(lambda desk: policies.candidates(desk, item), self._show_candidates)

    def _show_candidates(self, found: tuple[Candidate, ...]) -> None:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        name = found[0].suggestion.item_name if found else ""
        said = self.tr("{name}：{n} 户可能符合").format(name=name, n=len(found))
        column.addWidget(words(said if found else self.tr("眼下没有看着符合的。"), "section"))
        column.addWidget(words(self.tr("只是提醒，以镇、县审核为准。"), "body", "quiet"))
        rows = RowList(self.tr("可能符合的户"))
        rows.set_rows([self._row(number, one) for number, one in enumerate(found[:MOST_SHOWN])])
        rows.opened.connect(
            lambda key: self.navigate.emit("households", {"household": found[int(key)].household})
        )
        card = Card()
        card.body.setContentsMargins(0, theme.soft(4), 0, theme.soft(4))
        card.add(rows)
        column.addWidget(card, 1)
        self.area.setWidget(holder)

    def _row(self, number: int, candidate: Candidate) -> Row:
        verdict = candidate.suggestion.verdict
        sure = verdict.kind is Kind.MATCH
        missing = "、".join(question.words for question in verdict.missing[:2])
        why = missing and self.tr("还差：{missing}").format(missing=missing)
        return Row(
            str(number),
            candidate.suggestion.person_name,
            " · ".join(part for part in (candidate.place, why) if part),
            avatar=candidate.suggestion.person_name[:1],
            chip=self.tr("符合") if sure else self.tr("可能"),
            tone="ok" if sure else "info",
            chip_icon="check" if sure else "",
        )
