"""政策: what there is, asked the way people ask it, and who in the village may have it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.policy import policies
from app.actions.policy.policies import Answer, Candidate, Instead
from app.domain.packs.proof import ASKED, Proof
from app.domain.packs.service_item import Item
from ui import theme
from ui.forms.policy.pack_card import Install, PackCard
from ui.forms.policy.policy_candidates import PolicyCandidates
from ui.forms.policy.policy_card import PolicyCard
from ui.forms.policy.policy_list import PolicyList
from ui.forms.policy.proof_card import ProofCard, ProofList
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.empty import EmptyState
from ui.widgets.words import Button

LIST_WIDTH = 372


class PoliciesPage(Page):
    """`open(item=…)` shows that item; without it the first one. In a narrow window list or item, not both."""

    title = "政策"

    def __init__(self, tasks: Tasks, install: Install, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._item = ""
        self._proofs: dict[str, Proof] = {}
        self._reading = False  # in one pane: the item, not the list, is in sight
        self._none = False  # nothing was found: the words about it stand under the question
        self.card: PolicyCard | None = None
        self.found: PolicyCandidates | None = None
        self.all_button = Button(self.tr("所有政策"), "", "left")
        self.all_button.clicked.connect(self._back_to_list)
        self.left.addWidget(self.all_button)
        across = QHBoxLayout()
        across.setSpacing(theme.soft(16))
        self.body.addLayout(across, 1)
        self.side = PolicyList()
        self.side.asked.connect(self._ask)
        self.side.opened.connect(self._point)
        self.side.chosen.connect(self._open)
        self.pack = PackCard(self.run, install, self.refresh, self.show_error)
        self.side.add(self.pack)
        self.area = scrolled(QWidget())
        across.addWidget(self.side, 1)
        across.addWidget(self.area, 2)
        self._fit()

    def open(self, **params: Any) -> None:
        """Show the items, and the one asked for."""
        self.clear_problems()
        wanted = str(params.get("item") or "")
        self._item = wanted or self._item
        self._reading = bool(wanted)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the items again."""
        self._ask(self.side.search.query())
        self.pack.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One pane or two."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.wide()
        self.side.setVisible(wide or not self._reading)
        self.side.setMaximumWidth(theme.soft(LIST_WIDTH) if wide else theme.soft(LIST_WIDTH) * 9)
        self.side.items.setVisible(wide or not self._none)
        self.area.setVisible(wide or self._reading or self._none)
        self.all_button.setVisible(not wide and self._reading)
        self.title_label.setVisible(wide or not self._reading)

    def _ask(self, query: str) -> None:
        self.run(
            lambda desk: (policies.items(desk, query), policies.proofs(desk, query)),
            lambda found: self._show_found_words(query, *found),
        )

    def _show_found_words(self, query: str, items: tuple[Item, ...], proofs: tuple[Proof, ...]) -> None:
        self._proofs = {one.code: one for one in proofs}
        self.side.show_found(items, proofs, self._item, all_=not query.strip())
        if not items and not proofs:
            self.primary = None
            self._stand(EmptyState("policy", self.tr("没找到。换个说法，或打电话问县里。")))
        self._none = not items and not proofs
        self._fit()

    def _point(self, item: str) -> None:
        if item:
            self._reading = True
            self._fit()
            self._open(item)

    def _back_to_list(self) -> None:
        self._reading = False
        self._fit()
        self.side.search.setFocus()

    def _open(self, item: str) -> None:
        self._item = item
        if item == ASKED:
            self.primary = None
            every = ProofList(tuple(self._proofs.values()))
            every.opened.connect(self._point)
            self._stand(every)
        elif item in self._proofs:
            self.run(lambda desk: policies.proof(desk, item), self._show_proof)
        else:
            self.run(lambda desk: policies.answer(desk, item), self._show)

    def _show_proof(self, found: Instead) -> None:
        if found.proof.code != self._item:
            return
        card = ProofCard(found)
        card.begin.connect(lambda code: self.navigate.emit("checklists", {"new": True, "item": code}))
        self._stand(card)
        self.primary = card.list_button

    def _show(self, answer: Answer) -> None:
        if answer.item.code != self._item:
            return  # the worker has pointed at another one meanwhile
        self.card = card = PolicyCard(answer)
        card.begin.connect(lambda item: self.navigate.emit("checklists", {"new": True, "item": item}))
        card.candidates.connect(lambda _item: self._look(answer.item))
        self._stand(card)
        self.primary = card.list_button

    def _look(self, item: Item) -> None:
        self.primary = None
        self._stand(EmptyState("people", self.tr("正在一户一户看，请等一下…")))
        self.run(
            lambda desk: policies.candidates(desk, item.code), lambda found: self._show_found(item, found)
        )

    def _show_found(self, item: Item, found: tuple[Candidate, ...]) -> None:
        if item.code != self._item:
            return
        self.found = view = PolicyCandidates(item.name, found)
        view.left.connect(lambda: self._open(item.code))
        view.opened.connect(lambda household: self.navigate.emit("households", {"household": household}))
        self._stand(view)
        (view.rows if found else view.back).setFocus()

    def _stand(self, widget: QWidget) -> None:
        self.card = widget if isinstance(widget, PolicyCard) else None
        self.area.setWidget(widget)
