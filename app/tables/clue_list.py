"""Reading a list of clues (线索) that registers were compared for: spreadsheet or CSV, problems by row."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from app.domain.people import identity
from app.domain.problem import UserError
from app.domain.registers.clue import SIGNALS, SOURCES
from app.tables.cells import RowReader, plain
from app.tables.reading import RowProblem, Severity
from app.tables.workbook import MAX_FILE_BYTES, Cell, Row, sheets

HEADING_ROWS = 5
MAX_CLUES = 20_000  # one file is one transaction: no computer waits longer than that for the county
# What each column is called, and what else it goes by.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "village": ("村", "村名", "村代码", "所在村", "村（社区）", "行政村"),
    "name": ("姓名", "名字", "人员姓名", "当事人"),
    "id_number": ("身份证号", "公民身份号码", "证件号码", "身份证号码", "身份证", "证件号"),
    "signal": ("线索", "线索类型", "类型", "疑点", "看到什么"),
    "words": ("说明", "情况", "情况说明", "疑点说明", "备注", "具体情况"),
    "on": ("发现日期", "日期", "比对日期", "数据日期"),
    "people": ("人数", "涉及人数"),
    "source": ("来源", "线索来源"),
    "place": ("住址", "地址", "家庭住址", "组", "村民小组"),
    "phone": ("电话", "联系电话", "手机", "手机号码"),
}
KEYS = {title: key for key, titles in COLUMNS.items() for title in titles}
# What departments write in their lists for what is kept under one word here.
SAID = {
    **{words: code for code, words in SIGNALS.items()},
    "大病": "illness", "重大疾病": "illness", "重特大疾病": "illness", "慢病重症": "illness",
    "高额医疗费": "bill", "医疗费高": "bill", "自付高": "bill", "住院自付费用高": "bill",
    "残疾": "disability", "重残": "disability", "新办残疾证": "disability", "重度残疾": "disability",
    "防返贫监测": "monitored", "监测对象": "monitored", "低收入监测": "monitored",
    "事故": "accident", "受灾": "accident", "意外": "accident", "火灾": "accident",
    "失业": "jobless", "领失业金": "jobless", "停缴社保": "jobless", "失业登记": "jobless",
    "孤儿": "child", "困境儿童": "child", "留守儿童": "child",
    "独居老人": "elder", "失能老人": "elder",
}  # fmt: skip
FROM = {words: code for code, words in SOURCES.items()}
NO_HEADING = f"前 {HEADING_ROWS} 行里没找到表头。至少要有「村」「姓名」两列，或者「身份证号」「姓名」两列。"


@dataclass(frozen=True)
class ClueRow:
    """One line as read. `village` is a name or a code, or empty where only the number says whose it is;
    `on` is None where the list does not say the day."""

    row: int
    name: str
    signal: str
    words: str
    village: str = ""
    id_number: str = ""
    on: date | None = None
    people: int = 1
    source: str = "compare"
    place: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ClueReading:
    """A whole list as read; `problems` in the order of the sheet, `ignored` headings there is no use for."""

    rows: tuple[ClueRow, ...]
    problems: tuple[RowProblem, ...]
    ignored: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[RowProblem, ...]:
        """What has to be mended before anything of the list is taken in."""
        return tuple(one for one in self.problems if one.severity is Severity.STOP)


def read(source: Path, *, today: date, signal: str = "") -> ClueReading:
    """Read a list; `signal`, a key of SIGNALS, is meant where a row does not say what was seen.

    Raises UserError when the file is no .xlsx and no CSV, or too large. All else comes back as problems.
    """
    with _rows(source) as rows:
        head = list(islice(rows, HEADING_ROWS))
        at = next((place for place, (_, cells) in enumerate(head) if _is_heading(cells)), None)
        if at is None:
            return ClueReading((), (RowProblem(0, "", NO_HEADING),))
        keys, ignored, twice = _headings(head[at][1])
        problems = [RowProblem(head[at][0], title, "这一列有两个，留一个。") for title in twice]
        found = []
        for count, (number, cells) in enumerate([*head[at + 1 :], *rows], 1):
            if count > MAX_CLUES:
                raise UserError(f"超过 {MAX_CLUES // 10_000} 万行，一次导不了。分成几个文件再导。")
            told = {key: cells[place] for key, place in keys.items() if place < len(cells)}
            if any(plain(cell) for cell in told.values()):
                found.append(_read_row(RowReader(number, told, problems, lambda _day: None), today, signal))
    if not found and not problems:
        problems.append(RowProblem(0, "", "表头下面一行也没有。"))
    rows_read = tuple(one for one in found if one is not None)
    return ClueReading(rows_read, tuple(problems), ignored)


def _read_row(reader: RowReader, today: date, default: str) -> ClueRow | None:
    name, words = reader.text("name"), reader.text("words")
    if not name:
        reader.stop("姓名", "没写是谁。")
    number = _number(reader, today)
    village = reader.digits("village") if isinstance(reader.raw("village"), int) else reader.text("village")
    if not village and not plain(reader.raw("id_number")):
        reader.stop("村", "没写哪个村，也没有身份证号，不知道发给谁。")
    on = reader.day("on")
    if on is not None and on > today:
        reader.stop("发现日期", f"{on} 还没到。看看是不是写错了年月。")
    signal, people = _signal(reader, default), _people(reader)
    said = reader.text("source")
    if said and said not in FROM:
        reader.stop("来源", f"不认识「{said}」。写：{'、'.join(FROM)}。空着就是部门比对。")
    if reader.stopped:
        return None
    source = FROM.get(said, "compare")
    place, phone = reader.text("place"), reader.text("phone")
    shown = words or SIGNALS[signal]
    return ClueRow(reader.row, name, signal, shown, village, number, on, people, source, place, phone)


def _number(reader: RowReader, today: date) -> str:
    written = reader.digits("id_number")
    if not written:
        return ""
    try:
        return identity.read(written, today=today).number
    except identity.BadIdentity as error:
        reader.stop("id_number", error.words)
        return ""


def _signal(reader: RowReader, default: str) -> str:
    said = unicodedata.normalize("NFKC", reader.text("signal"))
    if not said and default:
        return default
    if said in SAID:
        return SAID[said]
    what = f"不认识「{said}」。" if said else "没写是什么线索。"
    reader.stop("线索", f"{what}写：{'、'.join(SIGNALS.values())}。整张表都一样，就用 --signal 说一次。")
    return ""


def _people(reader: RowReader) -> int:
    said = reader.text("people")
    if not said:
        return 1
    if not said.isdecimal() or not 1 <= int(said) <= 20:
        reader.stop("人数", f"「{said}」不对，写 1 到 20 的数。")
        return 1
    return int(said)


def _is_heading(cells: Iterable[Cell]) -> bool:
    keys = {KEYS.get(plain(cell).replace(" ", "")) for cell in cells}
    return "name" in keys and bool(keys & {"village", "id_number"})


def _headings(cells: Iterable[Cell]) -> tuple[dict[str, int], tuple[str, ...], list[str]]:
    keys: dict[str, int] = {}
    ignored, twice = [], []
    for place, title in enumerate(plain(cell).replace(" ", "") for cell in cells):
        key = KEYS.get(title)
        if key is None:
            ignored.extend([title] if title else [])
        elif key in keys:
            twice.append(title)
        else:
            keys[key] = place
    return keys, tuple(ignored), twice


@contextmanager
def _rows(source: Path) -> Iterator[Iterator[Row]]:
    """The filled rows of the sheet that has the headings, or of a CSV, with their numbers from 1."""
    if source.suffix.lower() in (".csv", ".txt"):
        yield _csv_rows(source)
        return
    with sheets(source) as found:
        for sheet in found:
            if any(_is_heading(cells) for _, cells in islice(sheet.rows(), HEADING_ROWS)):
                yield sheet.rows()
                return
        yield iter(())


def _csv_rows(source: Path) -> Iterator[Row]:
    try:
        with source.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        raise UserError(f"{source} 读不出来。看看在不在、是不是被别的程序开着。") from None
    if len(data) > MAX_FILE_BYTES:
        raise UserError(f"文件超过 {MAX_FILE_BYTES // 1_000_000} MB，分成几个再导。")
    text = _decoded(data)
    comma = "\t" if "\t" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, tuple(cells)
    except csv.Error:
        raise UserError(f"第 {reader.line_num} 行开始读不懂，多半是少了一个引号。") from None


def _decoded(data: bytes) -> str:
    """UTF-8, or what spreadsheet programs in China write; never a guess that loses a letter."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("文字的编码认不出来。用表格软件打开，另存成「.xlsx」再导。")
