"""What of questionnaires leaves the computer: blanks, totals, who was asked; each written into the log."""

from __future__ import annotations

from pathlib import Path

from app.actions.desk import Desk
from app.actions.surveys import counting, editions
from app.actions.surveys.counting import AskedLine
from app.documents.registers import list_sheet
from app.documents.surveys import blank, totals_sheet
from app.domain.papers.masking import mask_name
from app.domain.registers.sheets import Column, ListSheet
from app.domain.reports.period import Period
from app.domain.roles import Right
from app.files import write_whole
from app.tables import list_out, report_out
from app.tables.list_out import ListTable

COLUMNS = (
    Column("日期", 70, True), Column("问的谁", 84), Column("住哪里", 110), Column("怎么答的", 110, True),
)  # fmt: skip


def blank_sheet(desk: Desk, survey: str, *, large: bool = False) -> bytes:
    """The PDF of an empty one. Raises UserError when it is asked no more, or for who may not print."""
    desk.require(Right.TAKE_OUT)
    return blank.render(
        editions.asked_now(desk, survey),
        village=desk.village_name,
        on=desk.today,
        large=large,
        simulated=desk.pack.simulated,
        fonts_folder=desk.fonts,
    )


def totals_pdf(desk: Desk, survey: str, period: Period) -> bytes:
    """The PDF of its totals; free words are not in it."""
    desk.require(Right.TAKE_OUT)
    report = counting.report(desk, survey, period)
    return totals_sheet.render(report, desk.today, simulated=desk.pack.simulated, fonts_folder=desk.fonts)


def asked_pdf(desk: Desk, survey: str, period: Period) -> bytes:
    """The PDF of who was asked, whole names and all, for the village's own binder."""
    desk.require(Right.TAKE_OUT)
    lines = counting.who_was_asked(desk, survey, period)
    named = title(desk, survey)
    about = f"{period.words}，一共问了 {len(lines)} 回。不记名的只记问过，答了什么谁也对不上。"
    rows = tuple(
        (f"{one.on.month}月{one.on.day}日", one.who, one.place, one.said.partition("：")[2]) for one in lines
    )
    made = ListSheet(
        f"{desk.village_name}{named}问过谁", about, COLUMNS, rows, (), desk.village_name, desk.today,
        simulated=desk.pack.simulated,
    )  # fmt: skip
    return list_sheet.render(made, fonts_folder=desk.fonts)


def save_totals(desk: Desk, survey: str, period: Period, path: Path) -> None:
    """Write the totals as a workbook, whole or not at all; no names and no free words are in it.

    Raises UserError for who may not take things out, StorageFault where the disk refuses.
    """
    desk.require(Right.TAKE_OUT)
    write_whole(path, report_out.write((counting.report(desk, survey, period),), desk.today))
    _note(desk, f"totals {survey}")


def save_asked(desk: Desk, survey: str, period: Period, path: Path) -> None:
    """Write who was asked as a workbook, names masked as on the wall."""
    desk.require(Right.TAKE_OUT)
    lines = counting.who_was_asked(desk, survey, period)
    titles = ("日期", "问的谁", "怎么答的")
    rows = tuple((one.on, _masked(one), one.said.partition("：")[2]) for one in lines)
    said = f"{desk.village_name} · {period.words} · {len(rows)} 回 · 名字遮了一部分"
    table = ListTable(f"{title(desk, survey)}问过谁", said, titles, rows)
    write_whole(path, list_out.write(table))
    _note(desk, f"asked {survey} {len(rows)}")


def file_name(desk_place: str, title: str, what: str, period: Period) -> str:
    """`青石垭村 困难家庭情况问卷 汇总 2026年.xlsx`."""
    return f"{desk_place} {title} {what} {period.words}.xlsx"


def _masked(line: AskedLine) -> str:
    home = line.who.endswith("家")
    shown = mask_name(line.who.removesuffix("家")).shown
    return f"{shown}家" if home else shown


def title(desk: Desk, survey: str) -> str:
    return next((one.title for one in editions.every(desk) if one.id == survey), survey)


def _note(desk: Desk, what: str) -> None:
    with desk.unit("export survey") as unit:
        unit.audit("export survey", "", what)
