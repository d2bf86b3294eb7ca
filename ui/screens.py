"""Pictures of the program at the size of an office screen, and every component on one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from app.domain.problem import Problem
from ui import theme
from ui.pages.page import Page, scrolled
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.deadline import DeadlinePill
from ui.widgets.field import Field
from ui.widgets.five_faces import FiveFaces
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.id_number import IdEdit
from ui.widgets.money import MoneyEdit
from ui.widgets.person_card import PersonCard
from ui.widgets.progress import Progress
from ui.widgets.rows import Row, RowList
from ui.widgets.signature import Signature
from ui.widgets.step_bar import StepBar
from ui.widgets.stepper import Stepper
from ui.widgets.three_items import Item, ThreeItems
from ui.widgets.timeline import Moment, Timeline
from ui.widgets.words import Button, words

OFFICE = QSize(1366, 696)
TODAY = date(2026, 11, 20)


def grab(widget: QWidget, target: Path, size: QSize = OFFICE) -> Path:
    """Draw `widget` at `size` into the PNG `target`."""
    widget.resize(size)
    widget.show()
    app = QApplication.instance()
    if app is not None:
        app.processEvents()
        app.processEvents()
    widget.grab().save(str(target), "PNG")
    return target


class Gallery(Page):
    """Every component on one page, with fictional people, to look at and to test at every letter size."""

    title = "部件"

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self.right.addWidget(Chip(self.tr("已存好 14:32"), "ok", "check"))
        self.steps = StepBar(["到门口", "家里人", "收入", "房子身体", "需要什么", "照片签字"])
        self.steps.show_step(2)
        self.grid = QGridLayout()
        self.grid.setSpacing(theme.soft(12))
        self.grid.setContentsMargins(0, 0, theme.soft(6), 0)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        holder.setLayout(self.grid)
        columns = 2 if theme.current().size is theme.Size.STANDARD else 1
        self.body.addWidget(self.steps)
        self.body.addWidget(scrolled(holder), 1)
        for row, cards in enumerate(
            (
                (self._buttons(), self._pills()),
                (self._faces(),),
                (self._three(),),
                (self._money(),),
                (self._fields(), self._timeline()),
                (self._rows(),),
                (self._person(), self._progress()),
                (self._signature(),),
            )
        ):
            for column, card in enumerate(cards):
                self.grid.addWidget(
                    card, row * 2 + column // columns, column % columns, 1, columns // len(cards) or 1
                )

    def _buttons(self) -> Card:
        card = Card(self.tr("按钮 · 状态"))
        holder, flow = _flow()
        self.primary = Button(self.tr("存好"), "main")
        locked = Button(self.tr("先有结果"), "", "lock")
        locked.setEnabled(False)
        for button in (
            self.primary,
            Button(self.tr("次要")),
            locked,
            Button(self.tr("作废这张单"), "danger"),
            Button(self.tr("文字"), "text"),
            Button(self.tr("上一步"), "", "left"),
            Button(self.tr("下一步"), "", "right", after=True),
        ):
            flow.addWidget(button)
        card.add(holder)
        card.body.addStretch(1)
        return card

    def _pills(self) -> Card:
        card = Card(self.tr("期限药丸 · 标签"))
        holder, flow = _flow()
        for pill in (
            DeadlinePill(9),
            DeadlinePill(2),
            DeadlinePill(0),
            DeadlinePill(-1),
            DeadlinePill(5, estimated=date(2027, 2, 14)),
            DeadlinePill(5, paused=self.tr("法院")),
            Chip(self.tr("已办结"), "ok", "check"),
            Chip(self.tr("低保 B 类"), "pri"),
        ):
            flow.addWidget(pill)
        card.add(holder)
        card.body.addStretch(1)
        return card

    def _faces(self) -> Card:
        card = Card(self.tr("办得满意不满意？请老人指一个"))
        self.faces = FiveFaces()
        self.faces.set_value(4)
        card.add(self.faces)
        return card

    def _money(self) -> Card:
        card = Card(self.tr("近 12 个月，家里进了多少钱"))
        sources = (("said", "自己说的"), ("seen", "看了流水"), ("proof", "有证明"), ("reckoned", "我推算"))
        self.wage, self.farm = MoneyEdit(months=12), MoneyEdit(last_fen=860_000)
        said, reckoned = ChoiceGroup(sources), ChoiceGroup(sources)
        said.set_value("said")
        for group in (said, reckoned):
            group.set_label(self.tr("怎么知道的"))
        self.wage.set_value(1_200_000)
        self.farm.set_value(86_000_000)
        card.add(Field("wage", self.tr("打工工资"), self.wage, beside=said))
        self.farm_field = Field("farm", self.tr("种地"), self.farm, beside=reckoned)
        self.farm.doubted.emit(self.farm.doubt())
        card.add(self.farm_field)
        card.body.addStretch(1)
        return card

    def _fields(self) -> Card:
        card = Card()
        self.number, self.day = IdEdit(TODAY), DateEdit(TODAY)
        self.number.set_value("439901195112033013")
        self.number_field = Field("number", self.tr("身份证号"), self.number)
        self.number_field.show_problem(
            Problem("number", self.tr("最后一位对不上，再看一眼第 7–14 位（生日）。"))
        )
        self.day.set_value(date(2026, 11, 17))
        self.copies = Stepper(2, name=self.tr("复印"))
        card.add(self.number_field)
        card.add(Field("day", self.tr("哪天去的"), self.day))
        card.add(Field("copies", self.tr("复印几份"), self.copies, beside=words("")))
        card.body.addStretch(1)
        return card

    def _three(self) -> Card:
        card = Card()
        self.three = ThreeItems()
        self.three.show_items(
            Item("done", self.tr("10月28日 已取号")),
            Item("open", self.tr("镇里正在办")),
            Item("locked", self.tr("先有结果")),
        )
        self.needs = ChoiceGroup(
            [("food", "吃饭"), ("ill", "看病"), ("house", "房子"), ("none", "不愿说")], multi=True
        )
        self.needs.set_values(["ill"])
        card.add(self.three)
        card.add(Field("needs", self.tr("需要什么"), self.needs, self.tr("可以选几样"), optional=True))
        card.body.addStretch(1)
        return card

    def _rows(self) -> Card:
        card = Card()
        self.rows = RowList(self.tr("今天的事"))
        self.rows.set_rows(
            [
                Row(
                    "1", "先做这件：给李桂英回话", "低保复核 · 镇里已有结果", "李",
                    chip="今天到期", tone="bad", chip_icon="warn", button="去回话", button_icon="phone",
                ),
                Row("2", "李桂英", "老屋组 12号 · 61岁", "李", marks=((0, 3),), chip="本月"),
            ]
        )  # fmt: skip
        self.rows.choose_first()
        card.add(self.rows)
        return card

    def _timeline(self) -> Card:
        card = Card(self.tr("办到哪了"))
        line = Timeline()
        line.show_moments(
            [
                Moment("转给镇里", "今天 9:10", "向海燕", "田志强已收。我还要跟到底。"),
                Moment("登记", "10月28日", "向海燕", "原话：「媳妇走了，伢儿读书钱冒得。」"),
            ]
        )
        card.add(line)
        return card

    def _person(self) -> PersonCard:
        chips = (("慢病", "neutral"),)
        return PersonCard("p1", "李桂英", "户主 · 女 75岁", "4399**********3013", chips)

    def _signature(self) -> Card:
        card = Card()
        self.signature = Signature(self.tr("李桂英"))
        card.add(self.signature)
        return card

    def _progress(self) -> Progress:
        progress = Progress(self.tr("可以接着干活"))
        progress.show_step(self.tr("正在传第 4 条，共 6 条"), 4, 6)
        return progress


def _flow() -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    holder.setProperty("surface", "clear")
    return holder, FlowLayout(holder, theme.soft(8))
