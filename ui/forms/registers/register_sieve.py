"""筛一筛 of a register: what its lines can be narrowed to by pointing, and the days it is read for."""

from __future__ import annotations

from app.actions.registers.books import Book
from app.actions.registers.sorting import SORTS
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date_span import EVER as OPEN
from ui.widgets.date_span import DateSpan
from ui.widgets.field import Field
from ui.widgets.sieve_face import SieveFace

QUARTER, YEAR, EVER = "quarter", "year", "ever"


class RegisterSieve(SieveFace):
    """`offer(book)` shows what that register has; nothing is chosen there yet. The days stay."""

    def __init__(self) -> None:
        super().__init__(self.tr("看这 {n} 笔"), self.tr("一笔也没有，换一样"))
        self.time = DateSpan(
            {
                QUARTER: (self.tr("这一季"), lambda _today: OPEN),
                YEAR: (self.tr("今年"), lambda _today: OPEN),
                EVER: (self.tr("全部"), lambda _today: OPEN),
            },
            always=YEAR,
        )
        self.put(Field("sort_time", self.tr("看哪一段"), self.time))
        self.time.changed.connect(self.changed)
        self.fields: list[Field] = []
        self.groups: list[ChoiceGroup] = []

    def offer(self, book: Book) -> None:
        """The choices of `book`; what was chosen in another register is forgotten."""
        for old in self.fields:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.groups = [ChoiceGroup(choices) for _, choices in SORTS[book]]
        asked = zip(SORTS[book], self.groups, strict=True)
        self.fields = [Field(f"sort_{place}", said, group) for place, ((said, _), group) in enumerate(asked)]
        self.put(*self.fields)
        for group in self.groups:
            group.changed.connect(self.changed)

    def chosen(self) -> tuple[str, ...]:
        """The sorts that are wanted."""
        return tuple(filter(None, (group.value() for group in self.groups)))

    def clear(self) -> None:
        """Nothing is chosen any more; silent."""
        self.time.clear()
        for group in self.groups:
            group.set_value("")

    def words(self) -> str:
        """What is chosen, to read above the list."""
        marks = [one.option.words for group in self.groups for one in group.buttons if one.isChecked()]
        return " · ".join(filter(None, (self.time.words(), *marks)))
