"""`python -m app salvage --out FOLDER`: what is left of a damaged store, as a data folder of its own.

Exit codes: 0 everything came back, 1 something did not (it is listed) or it could not be done.
"""

from __future__ import annotations

import argparse
import getpass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.actions.gate import Gate
from app.domain.problem import UserError
from app.domain.workdays import CHINA
from app.paths import HOME_VARIABLE, Paths, default_paths

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: Commands) -> None:
    """Put the command among `commands`."""
    command = commands.add_parser("salvage", help="资料坏了，把还读得出的救到一个新文件夹")
    command.add_argument("--out", type=Path, required=True, help="救到哪个文件夹，要空的或还没有的")
    command.add_argument("--home", type=Path, help="资料在哪个文件夹")
    command.add_argument("--worker", default="", help="谁")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from app.actions.salvage import salvage
    from app.actions.salvage_mend import By

    paths = Paths(options.home) if options.home else default_paths()
    gate = Gate(paths, lambda: datetime.now(CHINA))
    workers = gate.workers()
    named = [card for card in workers if options.worker in ("", card.name)]
    if not named:
        raise UserError("钥匙文件里没有这个人。看看 --home 和 --worker 写对没有。")
    card = named[0]
    found = gate.keys_of(card.worker, getpass.getpass(f"{card.name}的口令："))
    keys = [found[generation] for generation in sorted(found, reverse=True)]
    by = By(card.worker, card.name, gate.now(), owner=(workers[0].worker, workers[0].name))
    done = salvage(paths, keys, options.out, by, _say)
    for words in done.words():
        print(words)
    print(f"救到了：{options.out}。原来的没有动。要用救回来的，把 {HOME_VARIABLE} 设成这个文件夹。")
    return 0 if done.whole else 1


def _say(done: int, total: int) -> None:
    print(f"读了 {done} / {total} 页。{'正在写新的一份，请等一等。' if done == total else ''}", flush=True)
