"""One row of a roster, asked cell by cell: every question answered or reported with words to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from app.domain.people.codes import YES_NO, CodeTable
from app.tables.columns import TITLES
from app.tables.reading import RowProblem, Severity
from app.tables.workbook import Cell

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SEPARATOR = re.compile(r"[；;、，,\n]")
ALIGNED_SEPARATOR = re.compile(r"[；;\n]")
WHOLE_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
EXACT_DIGITS = 15  # spreadsheet programs keep no more digits of a number than this
SERIALS = range(60, 110_000)  # bare day numbers from 1900-03 to 2201; smaller ones are years or noise
# A rounded number cannot be mended here: the last digits are gone from the file itself.
ROUNDED = "{}被表格改成了科学计数，末几位已经没了。请把这一列设成文本，照原件重填再导。"


class RowReader:
    """The cells of one row by column key. Reports into `problems`; never raises."""

    def __init__(
        self,
        row: int,
        cells: Mapping[str, Cell],
        problems: list[RowProblem],
        day_of: Callable[[int], date | None],
        rows: Mapping[str, int] | None = None,
    ) -> None:
        """`rows` says, for cells gathered from several rows, on which row each of them stands."""
        self.row = row
        self._rows = rows or {}
        self._cells = cells
        self._problems = problems
        self._day_of = day_of
        self.stopped = False
        self.unread: list[str] = []  # what was written but is no code of ours: kept in the note

    def stop(self, key: str, words: str) -> None:
        self.stopped = True
        self._problems.append(RowProblem(self._rows.get(key, self.row), TITLES.get(key, key), words))

    def warn(self, key: str, words: str) -> None:
        row = self._rows.get(key, self.row)
        self._problems.append(RowProblem(row, TITLES.get(key, key), words, Severity.WARN))

    def gathered(self, cells: Mapping[str, Cell], rows: Mapping[str, int]) -> RowReader:
        """A reader of cells gathered from several rows; each problem is reported where its cell stands."""
        return RowReader(self.row, cells, self._problems, self._day_of, rows)

    def raw(self, key: str) -> Cell:
        return self._cells.get(key)

    def text(self, key: str) -> str:
        """The cell as trimmed text; a whole number has no decimals, a spreadsheet error is reported."""
        words = plain(self._cells.get(key))
        if words.startswith("#") and words.rstrip("!?").upper() in (
            "#N/A",
            "#REF",
            "#VALUE",
            "#NAME",
            "#DIV/0",
        ):
            self.stop(key, f"这一格是表格算出来的错（{words}），不是内容。改成文字再导。")
            return ""
        return words

    def digits(self, key: str) -> str:
        """A long number as written. Reports a number that the spreadsheet has already rounded away."""
        value = self._cells.get(key)
        if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
            whole = f"{value:.0f}"
            if len(whole) <= EXACT_DIGITS:
                return whole
            self.stop(key, ROUNDED.format(TITLES[key]))
            return ""
        words = self.text(key)
        if EXPONENT.fullmatch(unicodedata.normalize("NFKC", words)):
            self.stop(key, ROUNDED.format(TITLES[key]))
            return ""
        return words

    def code(self, key: str, table: CodeTable) -> str:
        """The code a word means; an unknown word is reported and kept for the note, not thrown away."""
        words = self.text(key)
        if not words:
            return ""
        found = table.find(words) or table.find(words.removesuffix("族"))
        if found is None:
            self.keep(key, words)
            self.warn(key, f"不认识「{words}」，先记在备注里。")
        return found or ""

    def keep(self, key: str, words: str) -> None:
        self.unread.append(f"{TITLES[key]}：{words}")

    def yes(self, key: str) -> bool | None:
        words = self.code(key, YES_NO)
        return words == "yes" if words else None

    def pieces(self, key: str) -> tuple[str, ...]:
        """A list written in one cell, by 、 or ； or a new line, without empty pieces."""
        return tuple(piece.strip() for piece in SEPARATOR.split(self.text(key)) if piece.strip())

    def aligned(self, key: str, count: int) -> list[str]:
        """A list that runs beside another of `count` pieces: blanks count, too many are reported."""
        words = self.text(key)
        pieces = [piece.strip() for piece in ALIGNED_SEPARATOR.split(words)] if words else []
        if len(pieces) > count:
            self.stop(key, f"写了 {len(pieces)} 个，旁边那一列只有 {count} 个，对不上。")
        return [*pieces, *[""] * count][:count]

    def day(self, key: str, words: str | None = None) -> date | None:
        """A whole day: a date cell, or text (the cell's, or one piece of it) such as `1955-12-03`,
        `1955年12月3日`, `19551203` or a bare day number."""
        value = self._cells.get(key)
        if words is None and isinstance(value, datetime):
            return value.date()
        if words is None and isinstance(value, date):
            return value
        if words is None:
            words = self.text(key)
        words = unicodedata.normalize("NFKC", words).strip()
        if not words:
            return None
        match = WHOLE_DAY.fullmatch(words) or PACKED_DAY.fullmatch(words)
        if match:
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                self.stop(key, f"没有「{words}」这一天，照着证再看一眼。")
                return None
        if (
            words.isdigit()
            and len(words) == 5
            and int(words) in SERIALS
            and (day := self._day_of(int(words)))
        ):
            return day
        self.stop(key, f"「{words}」看不出是哪一天。写成 1955-12-03 这样，年月日要写全。")
        return None

    def fen(self, key: str, words: str | None = None) -> int | None:
        """An amount in yuan as integer fen: the cell, or one piece of it: `12000`, `12,000.50元`, `1.2万`.

        Reports what is no amount, below 0 or finer than a fen.
        """
        if words is None:
            words = self.text(key)
        plain_words = unicodedata.normalize("NFKC", words).replace(",", "").replace(" ", "")
        if not plain_words:
            return None
        number = plain_words.removesuffix("元")
        times = 10_000 if number.endswith("万") else 1
        try:
            fen = Decimal(number.removesuffix("万")) * times * 100
        except InvalidOperation:
            self.stop(key, f"「{words}」不是钱数。只写数字，单位是元。")
            return None
        if not fen.is_finite() or fen < 0 or fen != fen.to_integral_value() or fen >= 10**13:
            self.stop(key, f"「{words}」不像钱数。不能是负的，最多两位小数。")
            return None
        return int(fen)


def plain(value: Cell) -> str:
    """A cell's content as text: NFC, trimmed, without invisible characters or a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, timedelta):
        return str(value)
    words = unicodedata.normalize("NFC", str(value)).translate(INVISIBLE).strip()
    return words.removeprefix("'").removeprefix("‘").strip()
