"""What every command on the data needs: whose they are, her passphrase, and her desk."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.actions.desk import Desk
from app.actions.gate import Gate, Opened
from app.actions.opening import open_desk
from app.domain.problem import UserError
from app.domain.workdays import CHINA
from app.paths import Paths, default_paths


@dataclass(frozen=True)
class Entered:
    """An open desk with what opened it; whoever entered closes the store."""

    desk: Desk
    opened: Opened
    paths: Paths


def enter(options: argparse.Namespace) -> Entered:
    """Ask for the passphrase and open the desk. Raises UserError or StorageFault, worded for her."""
    paths = Paths(options.home) if options.home else default_paths()
    gate = Gate(paths, lambda: datetime.now(CHINA))
    workers = gate.workers()
    if not workers:
        raise UserError("这台电脑上还没有资料。先打开首访通，跟县里登记。")
    named = [card for card in workers if options.worker in ("", card.name)]
    if not named:
        raise UserError(f"这台电脑上没有{options.worker}。有：{'、'.join(card.name for card in workers)}。")
    wanted = named[0]
    passphrase = getpass.getpass(f"{wanted.name}的口令：")
    opened = gate.unlock(wanted.worker, passphrase)
    return Entered(open_desk(opened, paths, gate.now), opened, paths)


def on_store(
    command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """`command` with the options that say whose data, and what it runs."""
    command.add_argument("--home", type=Path, help="资料在哪个文件夹")
    command.add_argument("--worker", default="", help="谁")
    command.set_defaults(run=run)
    return command
