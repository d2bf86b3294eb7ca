"""A certificate the village does not issue: what proves it already, where to turn, and whom to ring."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.policy.policies import Instead
from app.domain.packs.office import Office
from app.domain.packs.proof import Proof
from app.domain.people.phone import spoken
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words


def proof_row(proof: Proof) -> Row:
    """The certificate as a row: what it is, and where to turn instead."""
    return Row(proof.code, proof.title, proof.instead, icon="x")


class ProofCard(QWidget):
    """`begin(code)` to print the one page that tells the citizen whom to ring."""

    begin = Signal(str)

    def __init__(self, found: Instead) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(Note("info", self.tr("这个证明村里不该开。不用群众跑，我们去问。")))
        column.addWidget(self._instead(found))
        column.addWidget(self._source(found))
        column.addStretch(1)

    def _instead(self, found: Instead) -> Card:
        proof = found.proof
        card = Card(proof.title)
        card.add(words(proof.instead, "strong", wrap=True))
        if proof.papers:
            said = self.tr("有这些就不用开：{papers}").format(papers="、".join(proof.papers))
            card.add(words(said, "body", wrap=True))
        if proof.bring:
            said = self.tr("去的时候带：{papers}").format(papers="、".join(proof.bring))
            card.add(words(said, "body", wrap=True))
        if found.office is not None:
            card.add(words(ring_words(found.office, self), "body", wrap=True))
        row = QHBoxLayout()
        self.list_button = Button(self.tr("打办事清单"), "main", "list")
        self.list_button.clicked.connect(lambda: self.begin.emit(proof.code))
        row.addWidget(self.list_button)
        row.addStretch(1)
        card.add(row)
        return card

    def _source(self, found: Instead) -> Card:
        card = Card(self.tr("依据"))
        row = QHBoxLayout()
        row.addWidget(words(found.proof.standing.source, "body", wrap=True), 1)
        if found.proof.standing.unverified:
            row.addWidget(Chip(self.tr("待核"), "info", "info"))
        card.add(row)
        card.add(words(self.tr("政策包：{label}").format(label=found.label), "body", "quiet", wrap=True))
        return card


def ring_words(office: Office, speaker: QWidget) -> str:
    """`打电话：枫香派出所 154-0000-3301（谷警官）`; what the county has not said is said to be missing."""
    if not office.contacts:
        return speaker.tr("找{office}。电话县里还没写，问镇里。").format(office=office.name)
    first = office.contacts[0]
    said = speaker.tr("打电话：{office} {phone}（{name}）")
    return said.format(office=office.name, phone=spoken(first.phone), name=first.name)


class ProofList(QWidget):
    """All the certificates there are; `opened(code)` when one is pointed at."""

    opened = Signal(str)

    def __init__(self, proofs: Sequence[Proof]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        said = self.tr("这些证明不该由村里开。点一样，看该找谁。")
        column.addWidget(words(said, "body", wrap=True))
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.rows = RowList(self.tr("不该由村里开的证明"))
        self.rows.setProperty("plain", True)
        self.rows.set_rows([proof_row(one) for one in proofs])
        self.rows.opened.connect(self.opened)
        card.add(self.rows)
        column.addWidget(card, 1)
