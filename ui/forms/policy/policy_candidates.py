"""Who in the village may have an item: households that fit first, then those with something to ask."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.policy.policies import Candidate
from app.domain.rules.eligibility import Kind
from ui import theme
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words

MOST_SHOWN = 100


class PolicyCandidates(QWidget):
    """`opened(household id)` when a row is pointed at, `left` to go back to the policy."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, item_name: str, found: Sequence[Candidate]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        head = QHBoxLayout()
        head.setSpacing(theme.soft(12))
        self.back = Button(self.tr("回到政策"), "small", "left")
        self.back.clicked.connect(self.left)
        head.addWidget(self.back)
        head.addWidget(words(self._count(item_name, found), "section", wrap=True), 1)
        column.addLayout(head)
        self.rows = RowList(self.tr("可能符合的户"))
        if not found:
            said = self.tr("名册里眼下没有看着符合、又还没领的。情况变了再来看。")
            column.addWidget(EmptyState("people", said), 1)
            self.rows.hide()
            return
        column.addWidget(words(self._hint(found), "body", "quiet", wrap=True))
        self.rows.setProperty("plain", True)
        self.rows.set_rows([self._row(number, one) for number, one in enumerate(found[:MOST_SHOWN])])
        self.rows.opened.connect(lambda key: self.opened.emit(found[int(key)].household))
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        card.add(self.rows)
        column.addWidget(card, 1)

    def _count(self, item_name: str, found: Sequence[Candidate]) -> str:
        sure = sum(one.suggestion.verdict.kind is Kind.MATCH for one in found)
        if not found:
            return item_name
        said = self.tr("{name}：看着符合 {sure} 户，可能 {maybe} 户")
        return said.format(name=item_name, sure=sure, maybe=len(found) - sure)

    def _hint(self, found: Sequence[Candidate]) -> str:
        hint = self.tr("只是提醒，以镇、县审核为准。")
        if len(found) > MOST_SHOWN:
            hint += self.tr("先列前 {n} 户。").format(n=MOST_SHOWN)
        return hint

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
            chip_icon="check" if sure else "info",
        )
