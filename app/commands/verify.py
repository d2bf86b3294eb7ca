"""`python -m app verify`: looks everything over, says how far it is, what is wrong and what to do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

from app.actions.entry.gate import Gate
from app.actions.entry.opening import open_desk
from app.actions.safekeeping.checking import check
from app.commands.door import now, on_store, paths_of, unlocked
from app.domain.checkup import Checked, Step
from app.vault import device_secret


def add(commands: Any) -> None:
    """Put the command into the parser's `commands`."""
    on_store(commands.add_parser("verify", help="查资料好不好：每一页、每一条、操作记录、钥匙"), _verify)


def _verify(options: argparse.Namespace) -> int:
    paths = paths_of(options)
    opened = unlocked(options, Gate(paths, now, device_secret=device_secret.get))
    desk = open_desk(opened, paths, now)
    with closing(desk.store):
        try:
            checked = check(desk, paths.keys, opened, _teller())
        except KeyboardInterrupt:
            print("\n没有查完。资料没有动。", file=sys.stderr)
            return 1
    if sys.stderr.isatty():
        print(file=sys.stderr)
    _report(checked)
    return 0 if checked.sound else 1


def _teller() -> Callable[[Step], None]:
    """One line that is written over where somebody is looking; a line for each part in a file."""
    said = 0

    def say(step: Step) -> None:
        nonlocal said
        if sys.stderr.isatty():
            print(f"\r\033[K{step.spoken}", end="", file=sys.stderr, flush=True)
        elif step.number > said:
            said = step.number
            print(step.spoken, file=sys.stderr)

    return say


def _report(checked: Checked) -> None:
    print(f"查了 {checked.records} 条记录，{checked.pages} 页，{checked.lines} 行操作记录。")
    if checked.head:
        print(f"操作记录最后一行的校验码：{checked.head}。报给县里记下，以后可以对。")
    for one in checked.findings:
        print(f"· {one.words}{one.todo}")
    print("资料完好，操作记录连得上。" if checked.sound else "资料有坏处，照上面说的办。")
