"""Reports as files for the county: one of them, or all sixteen in one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.actions.desk import Desk
from app.actions.reports import reports
from app.documents.reports import report_sheet
from app.domain.problem import UserError
from app.domain.reports.period import Period
from app.domain.reports.table import Report
from app.domain.roles import Right
from app.files import write_whole
from app.tables import report_out


def file_name(made: Sequence[Report]) -> str:
    """`青石垭村 二次跑腿率 2026年11月.xlsx`; of several `… 报表 …`."""
    first = made[0]
    return f"{first.place} {first.title if len(made) == 1 else '报表'} {first.period}.xlsx"


def sheet(desk: Desk, key: str, period: Period, *, cut: str = "") -> bytes:
    """The PDF of one report, to be looked at and printed. Raises UserError for who may not print."""
    desk.require(Right.TAKE_OUT)
    return report_sheet.render(reports.make(desk, key, period, cut=cut), desk.today, fonts_folder=desk.fonts)


def save(desk: Desk, made: Sequence[Report], path: Path) -> None:
    """Write the workbook to `path` whole or not at all. Raises UserError for who may not take things out,
    and StorageFault where the disk will not have it."""
    desk.require(Right.TAKE_OUT)
    if not made:
        raise UserError("没有表可存。先选一张。")
    write_whole(path, report_out.write(made, desk.today))
    with desk.unit("export reports") as unit:
        unit.audit("export reports", "", "、".join(report.key for report in made))
