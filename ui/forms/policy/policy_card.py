"""One service item explained on the screen: for whom, how much, what to bring, how long, and the source."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.policy.policies import Answer
from app.domain.packs.service_item import Item, Material, Obtain
from ui import theme
from ui.forms.policy.fact_row import FactRow, fact
from ui.forms.policy.proof_card import ring_words
from ui.pictogram import Pictogram
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.words import Button, rule, words

OBTAIN = {
    Obtain.SUBMIT: "要带",
    Obtain.DEFER: "可以后补",
    Obtain.COMMIT: "写承诺就行",
    Obtain.SHARE: "不用带，部门能查",
    Obtain.AGENT: "不用带，我们代办",
}
ROUTES = {
    "general": "一般程序",
    "small": "小额",
    "urgent": "急难",
    "cross": "跨省通办",
    "away": "外地火化",
}


class PolicyCard(QWidget):
    """`candidates` to see who may qualify, `begin` to make a list."""

    candidates = Signal(str)
    begin = Signal(str)

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(self._head(answer))
        column.addWidget(self._papers(answer))
        if answer.places:
            column.addWidget(self._places(answer))
        if answer.item.stages:
            column.addWidget(self._course(answer))
        column.addWidget(self._sources(answer))
        column.addStretch(1)

    def _head(self, answer: Answer) -> Card:
        item = answer.item
        card = Card(item.name)
        said = QHBoxLayout()
        said.addWidget(
            words(self.tr("老百姓说：「{spoken}」").format(spoken=item.spoken), "body", "quiet"), 1
        )
        if item.standing.unverified:
            said.addWidget(Chip(self.tr("待核"), "info", "info"))
        card.add(said)
        for amount in answer.amounts:
            card.add(fact(amount.words, amount.standing, "strong"))
        if told := self._told(item):
            column = QVBoxLayout()
            column.setSpacing(theme.soft(8))
            for one in told:
                column.addWidget(words(one, "body", wrap=True))
            card.add(FactRow(column, item.standing, item.name))
        if answer.refer is not None:
            lead = self.tr("这事归{office}定，村里转过去，跟到有回音。").format(office=answer.refer.name)
            card.add(Note("info", lead, ring_words(answer.refer, self)))
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.who_button = Button(self.tr("看村里谁可能符合"), "", "people")
        self.who_button.clicked.connect(lambda: self.candidates.emit(item.code))
        self.list_button = Button(self.tr("打办事清单"), "main", "list")
        self.list_button.clicked.connect(lambda: self.begin.emit(item.code))
        row.addWidget(self.who_button)
        row.addWidget(self.list_button)
        row.addStretch(1)
        card.add(row)
        return card

    def _told(self, item: Item) -> list[str]:
        told: list[str] = []
        if item.limit:
            told.append(self.tr("最迟 {limit}").format(limit=item.limit.words))
        if item.pays:
            told.append(item.pays)
        if item.stops:
            told.append(self.tr("什么时候停：{stops}").format(stops=item.stops))
        if item.publicity:
            told.append(item.publicity.words or self.tr("不公示"))
        return told

    def _papers(self, answer: Answer) -> Card:
        card = Card(self.tr("材料"))
        # A paper shown at two counters is one paper here.
        late = answer.item.for_late
        papers = {
            (paper.name, paper.obtain, paper.owner if late else ""): paper
            for paper in reversed(answer.item.materials)
        }
        for number, material in enumerate(reversed(papers.values())):
            if number:
                card.add(rule())
            card.add(self._paper(material, for_late=late))
        return card

    def _paper(self, material: Material, *, for_late: bool) -> FactRow:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(Pictogram(material.icon, 44))
        late = {"applicant": self.tr("经办人"), "beneficiary": self.tr("逝者")} if for_late else {}
        name = material.name.replace("{owner}", late.get(material.owner, ""))
        for owner, called in (("{child}", self.tr("孩子")), ("{elder}", "")):
            name = name.replace(owner, called)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words(name, "strong", wrap=True))
        said = [part for part in (material.issuer, material.note, material.keeper) if part]
        if said:
            column.addWidget(words(" · ".join(said), "body", "quiet", wrap=True))
        row.addLayout(column, 1)
        row.addWidget(Chip(self.tr(OBTAIN[material.obtain])))
        return FactRow(row, material.standing, name)

    def _places(self, answer: Answer) -> Card:
        card = Card(self.tr("去哪里办"))
        for number, place in enumerate(answer.places):
            if number:
                card.add(rule())
            card.add(fact(place.words, place.standing))
        return card

    def _course(self, answer: Answer) -> Card:
        card = Card(self.tr("交上去以后"))
        for number, stage in enumerate(answer.item.stages):
            if number:
                card.add(rule())
            row = QHBoxLayout()
            row.setSpacing(theme.soft(12))
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(words(stage.name, "strong", wrap=True))
            said = [part for part in (self.tr(ROUTES.get(stage.route, "")), stage.who) if part]
            column.addWidget(words(" · ".join(said), "body", "quiet", wrap=True))
            row.addLayout(column, 1)
            if stage.limit:
                row.addWidget(Chip(stage.limit.words, "neutral", "wait"))
            card.add(FactRow(row, stage.standing, stage.name))
        return card

    def _sources(self, answer: Answer) -> Card:
        card = Card(self.tr("依据"))
        for basis in answer.item.basis:
            title = " ".join(part for part in (basis.title, basis.number) if part)
            card.add(fact(title, basis.standing))
        card.add(words(self.tr("政策包：{label}").format(label=answer.label), "body", "quiet", wrap=True))
        card.add(words(self.tr("以镇、县审核为准。"), "body", "quiet"))
        return card
