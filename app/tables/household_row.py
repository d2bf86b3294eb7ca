"""How the rows of one household become one household record with its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.people import codes
from app.domain.people.household import Household, HouseholdFacts
from app.domain.people.person import Life, Person, age
from app.tables.cells import RowReader, plain
from app.tables.columns import OF_HOUSEHOLD
from app.tables.person_row import read_phone
from app.tables.reading import RosterHousehold, RosterRow
from app.tables.workbook import Cell

YOUNGEST_PARENT_YEARS = 12  # GB/T 4761 rosters: a smaller gap between parent and child is asked about
CHILDREN = frozenset(str(code) for code in range(20, 40)) - {"28", "38"}


@dataclass(frozen=True)
class Member:
    """One row of a household while it is being put together."""

    cells: RowReader
    row: RosterRow


def read_household(key: str, members: Sequence[Member]) -> RosterHousehold:
    """The household of `members`; contradictions between its rows are reported at the later row."""
    cells = _merged(members)
    head = _head(members)
    classes = [codes.HOUSEHOLD_CLASS.find(words) or "" for words in cells.pieces("classes")]
    for words, code in zip(cells.pieces("classes"), classes, strict=True):
        if not code and words not in ("一般户", "无", "普通户"):
            cells.warn("classes", f"不认识「{words}」，先记在户备注里。")
            cells.keep("classes", words)
    category = cells.text("category").upper().removesuffix("类")
    if category not in ("", "A", "B", "C"):
        cells.warn("category", f"「{category}」不是 A、B、C，先空着。")
        category = ""
    household = Household(
        id=f"household:{key}",
        village="",
        group=cells.text("group"),
        door=_door(cells.text("door")),
        head=head,
        hukou_type=cells.code("hukou_type", codes.HUKOU_TYPE) or "rural",
        classes=tuple(code for code in classes if code),
        category=category,
        tags=cells.pieces("household_tags"),
        phone=read_phone(cells, "household_phone"),
        facts=_facts(cells),
        kin_of_staff=cells.yes("kin") or False,
        review_on=cells.day("review_on"),
        moved_out=cells.yes("moved_out") or False,
        note=_note(cells),
    )
    _look_at_relations(members)
    return RosterHousehold(key, household, tuple(member.row for member in members))


def _merged(members: Sequence[Member]) -> RowReader:
    """The household's own cells: a merged cell or a first row speaks for all; later ones must agree."""
    first = members[0].cells
    cells: dict[str, Cell] = {}
    said_by: dict[str, int] = {}
    for member in members:
        for key in OF_HOUSEHOLD:
            value = member.cells.raw(key)
            if plain(value) == "":
                continue
            if key not in cells:
                cells[key], said_by[key] = value, member.cells.row
            elif plain(value) != plain(cells[key]):
                _disagree(member.cells, key, plain(value), plain(cells[key]), said_by[key])
    return first.gathered(cells, said_by)


def _disagree(cells: RowReader, key: str, here: str, there: str, row: int) -> None:
    if key == "group":
        cells.stop(key, f"写的是「{here}」，同一户第 {row} 行是「{there}」。是不是户编号写错了？")
    else:
        cells.warn(key, f"写的是「{here}」，同一户第 {row} 行是「{there}」。按第 {row} 行的。")


def _head(members: Sequence[Member]) -> str:
    """The head's placeholder id, or nothing while the head on the register has died."""
    heads = [member for member in members if member.row.person.relation == codes.HEAD]
    if not heads:
        # Some rosters write 本人 for the head; it can only mean that when nobody else is head.
        heads = [member for member in members if member.row.person.relation == "01"]
    if not heads:
        members[0].cells.stop("relation", "这一户没有户主。哪一位是户主，与户主关系写「户主」。")
        return ""
    for other in heads[1:]:
        first = heads[0].cells.row
        other.cells.stop("relation", f"这一户有两个户主，第 {first} 行也是。如果是另一户，把户编号分开。")
    person = heads[0].row.person
    if person.life is Life.DEAD:
        heads[0].cells.warn("life", "户主已去世，还没换户主。导进来先空着户主。")
        return ""
    return person.id


def _facts(cells: RowReader) -> HouseholdFacts:
    return HouseholdFacts(
        income_fen=cells.fen("income"),
        exempt_fen=cells.fen("exempt"),
        rigid_fen=cells.fen("rigid"),
        assets_ok=cells.yes("assets_ok"),
        as_of=cells.day("as_of"),
    )


def _door(words: str) -> str:
    return f"{words}号" if words.isdigit() else words


def _note(cells: RowReader) -> str:
    unread = f"名册原写 {'，'.join(cells.unread)}" if cells.unread else ""
    return "；".join(part for part in (cells.text("household_note"), unread) if part)


def _look_at_relations(members: Sequence[Member]) -> None:
    head = next((each.row.person for each in members if each.row.person.relation == codes.HEAD), None)
    for member in members:
        person = member.row.person
        expected = codes.relation_sex(person.relation)
        if expected and person.sex.value in "12" and person.sex is not expected:
            label, sex = codes.RELATION.label(person.relation), codes.SEX.label(person.sex)
            member.cells.warn("relation", f"写的是「{label}」，性别是{sex}。看看哪个错了。")
        if head and person.relation in CHILDREN and _too_young(head, person):
            member.cells.warn("relation", "孩子和户主差不到 12 岁。看看关系或生日。")


def _too_young(parent: Person, child: Person) -> bool:
    if parent.birth is None or child.birth is None:
        return False
    return parent.birth >= child.birth or age(parent.birth, child.birth) < YOUNGEST_PARENT_YEARS


def look_for_repeats(members: Sequence[Member]) -> None:
    """Report a card number that stands on two rows, at the later row."""
    first: dict[str, int] = {}
    for member in members:
        number = member.row.person.id_number
        if number and (row := first.setdefault(number, member.cells.row)) != member.cells.row:
            member.cells.stop("id_number", f"和第 {row} 行是同一个身份证号。留一行，或照证改过来。")
