"""Reports as files for the county: one of them, or all sixteen in one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.actions.desk import Desk
from app.domain.problem import UserError
from app.domain.reports.table import Report
from app.domain.roles import Right
from app.files import write_whole
from app.tables import report_out


def file_name(reports: Sequence[Report]) -> str:
    """`青石垭村 二次跑腿率 2026年11月.xlsx`; of several `… 报表 …`."""
    first = reports[0]
    return f"{first.place} {first.title if len(reports) == 1 else '报表'} {first.period}.xlsx"


def save(desk: Desk, reports: Sequence[Report], path: Path) -> None:
    """Write the workbook to `path` whole or not at all. Raises UserError for who may not take things out,
    and StorageFault where the disk will not have it."""
    desk.require(Right.TAKE_OUT)
    if not reports:
        raise UserError("没有表可存。先选一张。")
    write_whole(path, report_out.write(reports, desk.today))
    with desk.unit("export reports") as unit:
        unit.audit("export reports", "", "、".join(report.key for report in reports))
