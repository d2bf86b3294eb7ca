"""`python -m app pictograms`: every pictogram by theme on paper, to choose from and to ask elders about."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.commands.door import now
from app.documents import specimen
from app.domain.icons import ICONS
from app.files import write_whole


def add(commands: Any) -> None:
    """Put the command into the parser's `commands`."""
    sheet = commands.add_parser("pictograms", help="把全部图示按 2 厘米大小存成 PDF，一类一类排好")
    sheet.add_argument("--out", type=Path, required=True)
    sheet.set_defaults(run=_save)


def _save(options: argparse.Namespace) -> int:
    """Raises StorageFault when the disk refuses."""
    write_whole(options.out, specimen.render(now().date()))
    print(f"{len(ICONS)} 个图示存好了：{options.out}")
    return 0
