"""`python -m app salvage --out FOLDER`: what is left of a damaged store, as a data folder of its own.

Exit codes: 0 everything came back, 1 something did not (it is listed) or it could not be done.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from app.actions.entry.gate import Gate
from app.commands.door import asked, now, on_store, paths_of
from app.paths import HOME_VARIABLE
from app.vault import device_secret


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Put the command among `commands`."""
    command = on_store(commands.add_parser("salvage", help="资料坏了，把还读得出的救到一个新文件夹"), _run)
    command.add_argument("--out", type=Path, required=True, help="救到哪个文件夹，要空的或还没有的")


def _run(options: argparse.Namespace) -> int:
    from app.actions.safekeeping.rescuing import rescue

    paths = paths_of(options)
    gate = Gate(paths, now, device_secret=device_secret.get)
    worker, passphrase = asked(options, gate)
    done = rescue(gate, worker, passphrase, options.out, _say)
    for words in done.words():
        print(words)
    print(f"救到了：{options.out}。原来的没有动。要用救回来的，把 {HOME_VARIABLE} 设成这个文件夹。")
    return 0 if done.whole else 1


def _say(done: int, total: int) -> None:
    print(f"读了 {done} / {total} 页。{'正在写新的一份，请等一等。' if done == total else ''}", flush=True)
