"""Writing a roster, or an empty one with explanations, that the same program reads back whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.domain.people import codes
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.tables.columns import COLUMNS, MONEY, Column
from app.tables.in_memory import new_sheet, packed
from app.tables.sheet_parts import EDGE, TEXT, head_cell, text_cell

SHEET = "名册"
HELP_SHEET = "填写说明"
TEMPLATE_ROWS = 2_000
Values = Mapping[str, str | int | float]
HELP = (
    ("怎么填", "一个人一行，一户的人挨着写。一户一个户主。"),
    ("不知道的", "空着，不要写「无」「不详」。空着就是还没问。"),
    ("几样写一格", "用「；」隔开。残疾、待遇的几列要一样多、次序一样。"),
    ("身份证号、账号", "这两列已设成文本。从别处贴过来，用「只贴数值」。"),
    ("列可以少", "「姓名」「与户主关系」一定要有，别的列可以删，次序可以换。"),
)


def write(households: Sequence[Household], people: Iterable[Person], *, simulated: bool = False) -> bytes:
    """The roster as the bytes of an .xlsx, one person a row, in the order of `households`.

    `simulated` writes 模拟数据 into the sheet's name and properties. Whatever the cells hold, no
    program that opens the file will take one for a formula.
    """
    members: dict[str, list[Person]] = defaultdict(list)
    everyone: dict[str, Person] = {}
    for person in people:
        members[person.household].append(person)
        everyone[person.id] = person
    book = Workbook(write_only=True)
    sheet = _sheet(book, f"{SHEET}（模拟数据）" if simulated else SHEET, len(everyone))
    for number, household in enumerate(households, 1):
        key = f"{number:03d}"
        for place, person in enumerate(members[household.id]):
            values: dict[str, str | int | float] = {"household": key, "group": household.group}
            values |= {"door": household.door, **_person_values(person, members[household.id], everyone)}
            if place == 0:
                values |= _household_values(household)
            sheet.append([_cell(sheet, values.get(column.key, "")) for column in COLUMNS])
    _help(book)
    return _bytes(book, simulated)


def template() -> bytes:
    """An empty roster with drop-downs, text columns and a sheet that says what to write where."""
    book = Workbook(write_only=True)
    _sheet(book, SHEET, TEMPLATE_ROWS)
    _help(book)
    return _bytes(book, simulated=False)


def _sheet(book: Workbook, title: str, rows: int) -> Any:
    sheet = new_sheet(book, title)
    sheet.freeze_panes = "E2"  # household, group, door and name stay in sight
    sheet.sheet_view.zoomScale = 110
    for place, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width * 1.3 + 2
        if column.key not in MONEY:
            sheet.column_dimensions[letter].number_format = TEXT
        if column.choices:
            choice = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            choice.errorTitle, choice.error = "看一下", f"这一列写：{'、'.join(column.choices)}"
            choice.errorStyle = "warning"
            choice.add(f"{letter}2:{letter}{max(rows, TEMPLATE_ROWS) + 1}")
            sheet.data_validations.append(choice)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{rows + 1}"
    sheet.append([head_cell(sheet, column.title) for column in COLUMNS])
    return sheet


def _help(book: Workbook) -> None:
    sheet = new_sheet(book, HELP_SHEET)
    for letter, width in (("A", 20), ("B", 52), ("C", 46)):
        sheet.column_dimensions[letter].width = width
    sheet.append([head_cell(sheet, words) for words in ("要点", "怎么做", "")])
    for what, how in HELP:
        sheet.append([_wrapped(sheet, what), _wrapped(sheet, how)])
    sheet.append([])
    sheet.append([head_cell(sheet, words) for words in ("列", "写什么", "只能写")])
    for column in COLUMNS:
        cells = (column.title, _hint(column), "、".join(_choices(column)))
        sheet.append([_wrapped(sheet, words) for words in cells])


def _hint(column: Column) -> str:
    # Any word may stand there; these are the ones the rules of the policy packs look for.
    known = {"tags": codes.PERSON_TAGS, "household_tags": codes.HOUSEHOLD_TAGS}.get(column.key, ())
    return f"{column.hint}。常用的：{'、'.join(known)}" if known else column.hint


def _choices(column: Column) -> Sequence[str]:
    tables = {
        "kind": codes.DISABILITY_KIND,
        "level": codes.DISABILITY_LEVEL,
        "education": codes.EDUCATION,
        "school_stage": codes.SCHOOL_STAGE,
        "father_state": codes.PARENT_STATE,
        "mother_state": codes.PARENT_STATE,
        "benefits": codes.BENEFIT,
        "classes": codes.HOUSEHOLD_CLASS,
    }
    return tuple(tables[column.key].labels.values()) if column.key in tables else column.choices


def _person_values(person: Person, home: Sequence[Person], everyone: Mapping[str, Person]) -> Values:
    account = person.account
    return {
        "name": person.name,
        "relation": codes.RELATION.label(person.relation),
        "sex": codes.SEX.label(person.sex),
        "birth": _day(person.birth),
        "id_number": person.id_number or "",
        "id_valid_until": _day(person.id_valid_until),
        "no_id_reason": person.no_id_reason,
        "ethnic": codes.ETHNIC.label(person.ethnic),
        "marital": codes.MARITAL.label(person.marital),
        "education": codes.EDUCATION.label(person.education),
        "school_stage": codes.SCHOOL_STAGE.label(person.school_stage),
        "phone": person.phone,
        "life": codes.LIFE.label(person.life),
        "hukou": person.hukou,
        "severe": _yes(person.severe_illness),
        "chronic": _yes(person.chronic_illness),
        "work": codes.WORK_ABILITY.label(person.work_ability),
        "care": codes.SELF_CARE.label(person.self_care),
        "guardian": _guardian(person, home, everyone),
        "bank": account.bank if account else "",
        "account": account.number if account else "",
        "holder": account.holder if account else "",
        "tags": "；".join(person.tags),
        "note": person.note,
        **_lists(person),
        **_parents(person),
    }


def _lists(person: Person) -> Values:
    ill, paid = person.disabilities, person.benefits
    return {
        "kind": "；".join(codes.DISABILITY_KIND.label(str(each.kind)) for each in ill),
        "level": "；".join(codes.DISABILITY_LEVEL.label(str(each.level)) for each in ill),
        "certificate": _aligned(each.certificate for each in ill),
        "expires": _aligned(_day(each.expires) for each in ill),
        "benefits": "；".join(codes.BENEFIT.label(each.item) for each in paid),
        "since": _aligned(_day(each.since) for each in paid),
        "monthly": _aligned(_yuan(each.monthly_fen) for each in paid),
    }


def _parents(person: Person) -> Values:
    values: dict[str, str] = {}
    for parent in person.parents:
        values[parent.role] = parent.name
        values[f"{parent.role}_state"] = codes.PARENT_STATE.label(parent.state)
        values[f"{parent.role}_since"] = _day(parent.since)
    return values


def _household_values(household: Household) -> Values:
    facts = household.facts
    return {
        "hukou_type": codes.HUKOU_TYPE.label(household.hukou_type),
        "classes": "；".join(codes.HOUSEHOLD_CLASS.label(code) for code in household.classes),
        "category": household.category,
        "household_tags": "；".join(household.tags),
        "household_phone": household.phone,
        "income": _amount(facts.income_fen),
        "exempt": _amount(facts.exempt_fen),
        "rigid": _amount(facts.rigid_fen),
        "assets_ok": _yes(facts.assets_ok),
        "as_of": _day(facts.as_of),
        "kin": "是" if household.kin_of_staff else "",
        "review_on": _day(household.review_on),
        "moved_out": "是" if household.moved_out else "",
        "household_note": household.note,
    }


def _guardian(person: Person, home: Sequence[Person], everyone: Mapping[str, Person]) -> str:
    guardian = everyone.get(person.guardian or "")
    if guardian is None:
        return ""
    alone = sum(each.name == guardian.name for each in home) == 1 and guardian in home
    return guardian.name if alone or not guardian.id_number else guardian.id_number


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes(value: bool | None) -> str:
    return {True: "是", False: "否", None: ""}[value]


def _yuan(fen: int | None) -> str:
    if fen is None:
        return ""
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)


def _amount(fen: int | None) -> int | float | str:
    if fen is None:
        return ""
    return fen / 100 if fen % 100 else fen // 100


def _aligned(pieces: Iterable[str]) -> str:
    words = list(pieces)
    return "；".join(words) if any(words) else ""


def _cell(sheet: Any, value: str | int | float) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = text_cell(sheet, value)
    return cell if cell.value else None


def _wrapped(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), EDGE
    return cell


def _bytes(book: Workbook, simulated: bool) -> bytes:
    book.properties.creator = "首访通"
    book.properties.title = "花名册（模拟数据）" if simulated else "花名册"
    return packed(book)
