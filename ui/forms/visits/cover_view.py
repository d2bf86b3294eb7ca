"""去了多少: the coverage of this month or quarter, who was not seen and why, and the five key groups."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits import stop_words
from app.actions.visits.families import Family
from app.actions.visits.plan_views import Covered
from app.domain.rules.spans import add_months
from app.domain.visits.coverage import Row as Line
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.rows import Row, RowList
from ui.widgets.words import words

MONTH, BEFORE, QUARTER, LAST_QUARTER = "month", "before", "quarter", "last quarter"


class CoverView(QWidget):
    """`asked(first, last)` when another time is chosen, `planned(group)` to put a key group into the plan,
    `opened(household)` for somebody who was not seen."""

    asked = Signal(object, object)
    planned = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._covered: Covered | None = None
        self._open = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        times = [
            (MONTH, self.tr("这个月")),
            (BEFORE, self.tr("上个月")),
            (QUARTER, self.tr("这个季度")),
            (LAST_QUARTER, self.tr("上个季度")),
        ]
        self.times = ChoiceGroup(times)
        self.times.set_label(self.tr("看多久的"))
        self.times.set_value(MONTH)
        self.times.changed.connect(self._ask)
        self.lead = words("", "label", wrap=True)
        self.list = RowList(self.tr("去了多少"))
        self.list.opened.connect(self._turn)
        self.list.pressed.connect(lambda key: self.planned.emit(key.partition(":")[2]))
        column.addWidget(self.times)
        column.addWidget(self.lead)
        column.addWidget(self.list, 1)

    def span(self, today: date) -> tuple[date, date]:
        """The first and last day of what is chosen."""
        chosen = self.times.value() or MONTH
        month = today.replace(day=1)
        if chosen in (QUARTER, LAST_QUARTER):
            month = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
            first = month if chosen == QUARTER else add_months(month, -3)
            return first, add_months(first, 3) - timedelta(days=1)
        first = month if chosen == MONTH else add_months(month, -1)
        return first, add_months(first, 1) - timedelta(days=1)

    def show_covered(self, covered: Covered) -> None:
        """Fill in; the purpose that was opened stays open."""
        self._covered = covered
        made = covered.coverage
        said = self.tr("该去 {owed} 户，样样去到的 {visited} 户。点一行，看还有谁没去。")
        self.lead.setText(said.format(owed=made.owed, visited=made.visited))
        self.lead.setVisible(theme.current().size is not theme.Size.EXTRA)
        rows: list[Row] = [Row("heading:cover", self.tr("该去的去了没有"), heading=True)]
        for line in made.rows:
            rows.append(self._line(line))
            if self._open == line.cadence.id:
                rows += [self._missing(covered, line, place) for place in range(len(line.unvisited))]
        if covered.groups:
            rows.append(Row("heading:groups", self.tr("没纳入低保的五类人"), heading=True))
        for one in covered.groups:
            note = self.tr("{people} 人，{homes} 户").format(people=one.people, homes=len(one.households))
            if one.planned:
                note += self.tr(" · {n} 户排着").format(n=one.planned)
            button = self.tr("排进走访") if len(one.households) > one.planned else ""
            rows.append(Row(f"group:{one.group.id}", one.group.name, note, icon="people", button=button))
        self.list.set_rows(rows)

    def _line(self, line: Line) -> Row:
        missing = line.owed - line.visited
        note = self.tr("{who} · 应访 {owed} 户，已访 {visited} 户").format(
            who=line.cadence.who, owed=line.owed, visited=line.visited
        )
        if line.times_owed != line.owed:
            note += self.tr(" · 该 {owed} 次，去了 {kept} 次").format(
                owed=line.times_owed, kept=line.times_kept
            )
        chip = self.tr("{n} 户没去").format(n=missing) if missing else self.tr("都去过")
        tone, icon = ("warn", "wait") if missing else ("ok", "check")
        return Row(
            f"line:{line.cadence.id}", line.name, note, icon="visit", chip=chip, tone=tone, chip_icon=icon
        )

    def _missing(self, covered: Covered, line: Line, place: int) -> Row:
        one = line.unvisited[place]
        family: Family = covered.families[one.household]
        who = family.called(one.persons)
        last = stop_words.seen(one.last, covered.today)
        pairing = covered.paired.get(one.household)
        helper = self.tr("帮扶人 {who}").format(who=pairing.words) if pairing is not None else ""
        told = (family.place, who, one.reason or self.tr("没说原因"), last, helper)
        note = " · ".join(part for part in told if part)
        return Row(f"home:{one.household}", family.title, note, avatar=family.title[:1])

    def _turn(self, key: str) -> None:
        kind, _, what = key.partition(":")
        if kind == "home":
            self.opened.emit(what)
        elif kind == "line" and self._covered is not None:
            self._open = "" if self._open == what else what
            self.show_covered(self._covered)

    def _ask(self) -> None:
        if not self.times.value():
            self.times.set_value(MONTH)
        if self._covered is not None:
            self.asked.emit(*self.span(self._covered.today))
