"""Support commands without a window: `python -m app pack check DIR`, `verify`, `backup`, `import` and more.

Exit codes: 0 done, 1 something to mend (said in words), 2 wrong use of the command.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from app import packs
from app.actions.checklists import checklists, papers
from app.actions.village import roster
from app.commands import backups, pictograms, salvage, verify
from app.commands.door import on_store, opened_desk
from app.domain.checklists.checklist import Checklist
from app.domain.problem import StorageFault, UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except UserError as error:
        for problem in error.problems:
            print(problem.words, file=sys.stderr)
    except StorageFault as error:
        print(error.words, file=sys.stderr)
    return 1


def _check_pack(options: argparse.Namespace) -> int:
    problems = packs.check(*options.folder)
    for problem in problems:
        print(f"{problem.field}：{problem.words}")
    print("政策包没有毛病。" if not problems else f"一共 {len(problems)} 处要改。")
    return 1 if problems else 0


def _import(options: argparse.Namespace) -> int:
    desk = opened_desk(options)
    with closing(desk.store):
        reading = roster.read_roster(desk, options.file)
        for problem in reading.problems:
            print(problem.sentence)
        done = roster.import_roster(desk, reading.only_good() if options.only_good else reading)
    print(f"导进来 {done.households} 户 {done.people} 人。")
    return 0


def _checklist(options: argparse.Namespace) -> int:
    desk = opened_desk(options)
    with closing(desk.store):
        found = desk.store.reading.where(Checklist, code=options.code.upper())
        if not found:
            raise UserError(f"没有编号 {options.code} 的清单。")
        lookover = checklists.look_over(desk, found[0].id)
        papers.export_checklist(desk, found[0].id, options.out, draft=not lookover.may_print)
    print(f"存好了：{options.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description="首访通：不开窗口的几样事")
    commands = parser.add_subparsers(required=True, metavar="命令")
    pack = commands.add_parser("pack", help="政策包").add_subparsers(required=True, metavar="做什么")
    check = pack.add_parser("check", help="看一个政策包有没有毛病")
    check.add_argument("folder", type=Path, nargs="+", help="县里的文件夹；后面可以跟各镇的")
    check.set_defaults(run=_check_pack)
    verify.add(commands)
    bring = on_store(commands.add_parser("import", help="导入名册 .xlsx"), _import)
    bring.add_argument("file", type=Path)
    bring.add_argument("--only-good", action="store_true", help="有毛病的户不导")
    paper = on_store(commands.add_parser("checklist", help="把一张办事清单存成 PDF"), _checklist)
    paper.add_argument("code", help="清单编号，6 位")
    paper.add_argument("--out", type=Path, required=True)
    backups.add(commands)
    salvage.add(commands)
    pictograms.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
