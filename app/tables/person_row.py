"""How one row of a roster becomes a person, and what is reported on the way."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.domain.people import codes, identity
from app.domain.people.identity import BadIdentity, Identity, Sex
from app.domain.people.person import BankAccount, Benefit, Disability, Life, Parent, ParentState, Person
from app.tables.cells import RowReader
from app.tables.reading import RosterRow

MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・‧．∙⋅", "·"))
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
CERTIFICATE = re.compile(r"\d{17}[\dX][1-7][1-4](B\d{0,2})?")
LEVEL = re.compile(r"(?:(视力|听力|言语|肢体|智力|精神|多重)(?:残疾)?)?([一二三四壹贰叁肆1-4]级?)?")
OLDEST_YEARS = 125


def read_person(cells: RowReader, today: date) -> RosterRow:
    """The person of one row, with placeholder ids; everything wrong is reported through `cells`."""
    card = _card(cells, today)
    birth, kept_birth = _birth(cells, card, today)
    person = Person(
        id=f"row:{cells.row}",
        village="",
        household="",
        name=_name(cells),
        sex=_sex(cells, card),
        relation=_relation(cells),
        birth=birth,
        id_number=card.number if card else None,
        id_valid_until=cells.day("id_valid_until"),
        no_id_reason="" if card else cells.text("no_id_reason"),
        ethnic=cells.code("ethnic", codes.ETHNIC),
        marital=cells.code("marital", codes.MARITAL),
        education=cells.code("education", codes.EDUCATION),
        school_stage=cells.code("school_stage", codes.SCHOOL_STAGE),
        phone=read_phone(cells, "phone"),
        life=Life(cells.code("life", codes.LIFE) or Life.HERE),
        hukou=_hukou(cells),
        disabilities=_disabilities(cells, card),
        severe_illness=cells.yes("severe"),
        chronic_illness=cells.yes("chronic"),
        work_ability=cells.code("work", codes.WORK_ABILITY),
        self_care=cells.code("care", codes.SELF_CARE),
        parents=tuple(_parents(cells)),
        benefits=_benefits(cells),
        account=_account(cells),
        tags=cells.pieces("tags"),
        note=_note(cells, kept_birth),
    )
    return RosterRow(cells.row, person, guardian=cells.text("guardian"))


def read_phone(cells: RowReader, key: str) -> str:
    """A telephone number in digits; one that looks wrong is kept as written and reported."""
    words = cells.digits(key)
    number = re.sub(r"[\s()（）+]", "", unicodedata.normalize("NFKC", words))
    compact = number.replace("-", "")
    if MOBILE.fullmatch(compact):
        return compact
    if number and not LANDLINE.fullmatch(number):
        cells.warn(key, f"「{words}」不像电话号码，照原样记下了。")
        return words
    return number


def _name(cells: RowReader) -> str:
    name = cells.text("name").translate(MIDDLE_DOTS)
    if not name:
        cells.stop("name", "姓名空着。")
    if name.isascii():
        return name
    # Two-character names are often spread with a space to fill the column: 李 四.
    return re.sub(r"\s+", "", name)


def _relation(cells: RowReader) -> str:
    words = cells.text("relation")
    found = codes.RELATION.find(words)
    if not words:
        cells.stop("relation", "与户主关系空着。户主就写「户主」。")
    elif found is None:
        cells.stop("relation", f"不认识「{words}」。写成妻、长子、儿媳、孙女、其他亲属这样的。")
    return found or ""


def _card(cells: RowReader, today: date) -> Identity | None:
    words = cells.digits("id_number")
    if not words:
        if cells.raw("id_number") in (None, "") and not cells.text("no_id_reason"):
            cells.warn("id_number", "没有身份证号，也没写为什么没有。")
        return None
    try:
        card = identity.read(words, today=today)
    except BadIdentity as error:
        cells.stop("id_number", error.words)
        return None
    for warning in card.warnings:
        cells.warn("id_number", warning)
    return card


def _sex(cells: RowReader, card: Identity | None) -> Sex:
    written = cells.code("sex", codes.SEX)
    if card is None:
        if not written:
            cells.stop("sex", "性别空着，也没有身份证号可以看。")
        return Sex(written or Sex.UNKNOWN)
    if written in (Sex.MALE, Sex.FEMALE) and written != card.sex:
        cells.stop(
            "sex", f"写的是{codes.SEX.label(written)}，身份证号是{codes.SEX.label(card.sex)}。看看哪个错了。"
        )
    return card.sex


def _birth(cells: RowReader, card: Identity | None, today: date) -> tuple[date | None, str]:
    """The birth date that holds, and what to keep in the note when the sheet said another."""
    written = cells.day("birth")
    if written and written > today:
        cells.stop("birth", f"生日 {written} 比今天还晚。")
    elif written and today.year - written.year > OLDEST_YEARS:
        cells.stop("birth", f"生日 {written} 太早了，看看年份。")
    if card is None:
        if written is None and not cells.stopped:
            cells.warn("birth", "出生日期空着，也没有身份证号可以看，年龄算不出来。")
        return written, ""
    if written is None or written == card.birth:
        return card.birth, ""
    if abs(written.year - card.birth.year) > 1:
        cells.stop("birth", f"写的是 {written}，身份证号是 {card.birth}，差得太多。看看是不是别人的号。")
    else:
        # Village rosters often hold the lunar birthday; papers always follow the card.
        cells.warn("birth", f"写的是 {written}，身份证号是 {card.birth}。按身份证，写的记在备注里。")
    return card.birth, f"名册上写的生日：{written}"


def _hukou(cells: RowReader) -> str:
    words = unicodedata.normalize("NFKC", cells.digits("hukou"))
    if words and not (words.isdigit() and len(words) == 12):
        cells.warn("hukou", f"「{words}」不是 12 位代码，先记在备注里。")
        cells.keep("hukou", words)
        return ""
    return words


def _disabilities(cells: RowReader, card: Identity | None) -> tuple[Disability, ...]:
    kinds = [words for words in cells.text("kind").replace("、", "；").split("；") if words]
    count = max(len(kinds), len([words for words in cells.text("level").split("；") if words]))
    levels, numbers = cells.aligned("level", count), _numbers(cells, "certificate", count)
    days = _days(cells, "expires", count)
    found = []
    for kind_words, level_words, number, day in zip(
        [*kinds, *[""] * count][:count], levels, numbers, days, strict=True
    ):
        kind, level = _kind_and_level(kind_words, level_words)
        if kind is None or level is None:
            cells.stop("level", f"「{kind_words}{level_words}」要写清类别和等级，例：肢体 三级。")
            continue
        _look_at_certificate(cells, number, card, f"{kind}{level}")
        found.append(Disability(kind, level, number, day))
    return tuple(found)


def _kind_and_level(kind_words: str, level_words: str) -> tuple[int | None, int | None]:
    # Some rosters put both in one cell: 肢体三级.
    kind, level = codes.DISABILITY_KIND.find(kind_words), codes.DISABILITY_LEVEL.find(level_words)
    for words in (kind_words, level_words):
        match = LEVEL.fullmatch(unicodedata.normalize("NFKC", words).replace(" ", ""))
        if match:
            kind = kind or codes.DISABILITY_KIND.find(match[1] or "")
            level = level or codes.DISABILITY_LEVEL.find(match[2] or "")
    return int(kind) if kind else None, int(level) if level else None


def _look_at_certificate(cells: RowReader, number: str, card: Identity | None, ending: str) -> None:
    if not number:
        return
    if not CERTIFICATE.fullmatch(number):
        cells.warn("certificate", "残疾证号是 20 位：身份证号加类别、等级。照着证再看一眼。")
    elif card and number[:18] != card.number:
        cells.warn("certificate", "残疾证号前 18 位和身份证号不一样。")
    elif number[18:20] != ending:
        cells.warn("certificate", "残疾证号末两位和类别、等级对不上，可能换过证。")


def _numbers(cells: RowReader, key: str, count: int) -> list[str]:
    if isinstance(cells.raw(key), int | float):
        return [cells.digits(key), *[""] * count][:count]
    return [identity.tidy(piece) for piece in cells.aligned(key, count)]


def _days(cells: RowReader, key: str, count: int) -> list[date | None]:
    if isinstance(cells.raw(key), date):  # a real date cell can only hold one
        return [cells.day(key), *[None] * count][:count]
    return [cells.day(key, piece) for piece in cells.aligned(key, count)]


def _parents(cells: RowReader) -> list[Parent]:
    found = []
    for role in ("father", "mother"):
        name, state = cells.text(role), cells.code(f"{role}_state", codes.PARENT_STATE)
        since = cells.day(f"{role}_since")
        if name or state or since:
            found.append(Parent(role, ParentState(state or ParentState.ABLE), since, name))
    return found


def _benefits(cells: RowReader) -> tuple[Benefit, ...]:
    names = cells.pieces("benefits")
    days = _days(cells, "since", len(names))
    amounts = [cells.fen("monthly", piece) for piece in cells.aligned("monthly", len(names))]
    found = []
    for name, since, monthly in zip(names, days, amounts, strict=True):
        item = codes.BENEFIT.find(name)
        if item is None:
            cells.warn("benefits", f"不认识「{name}」，先记在备注里。")
            cells.keep("benefits", name)
        else:
            found.append(Benefit(item, since, monthly))
    return tuple(found)


def _account(cells: RowReader) -> BankAccount | None:
    bank, number, holder = cells.text("bank"), identity.tidy(cells.digits("account")), cells.text("holder")
    if not number:
        if bank or holder:
            cells.warn("account", "有开户行，没有账号。")
            cells.keep("bank", f"{bank}{holder}")
        return None
    if number.isdigit() and not _luhn(number):
        cells.warn("account", "账号末位对不上。存折号常这样，银行卡就再看一眼。")
    return BankAccount(bank, number, holder)


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _note(cells: RowReader, kept_birth: str) -> str:
    unread = f"名册原写 {'，'.join(cells.unread)}" if cells.unread else ""
    return "；".join(part for part in (cells.text("note"), kept_birth, unread) if part)
