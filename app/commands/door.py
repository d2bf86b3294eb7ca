"""How a command gets to the store of this computer: whose it is, and the passphrase typed unseen."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.actions.desk import Desk
from app.actions.entry.gate import Gate, Opened
from app.actions.entry.opening import open_desk
from app.domain.problem import UserError
from app.domain.workdays import CHINA
from app.paths import Paths, default_paths
from app.vault import device_secret


def on_store(
    command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """A command about one computer's store, and about one worker of it."""
    command.add_argument("--home", type=Path, help="资料在哪个文件夹")
    command.add_argument("--worker", default="", help="谁")
    command.set_defaults(run=run)
    return command


def now() -> datetime:
    """The time in China."""
    return datetime.now(CHINA)


def paths_of(options: argparse.Namespace) -> Paths:
    return Paths(options.home) if options.home else default_paths()


def asked(options: argparse.Namespace, gate: Gate) -> tuple[str, str]:
    """Id and passphrase of the worker named, or of the first. Raises UserError or StorageFault."""
    workers = gate.workers()
    if not workers:
        raise UserError("这台电脑上还没有资料。先打开首访通，跟县里登记。")
    named = [card for card in workers if options.worker in ("", card.name)]
    if not named:
        raise UserError(f"这台电脑上没有{options.worker}。有：{'、'.join(card.name for card in workers)}。")
    return named[0].worker, getpass.getpass(f"{named[0].name}的口令：")


def unlocked(options: argparse.Namespace, gate: Gate) -> Opened:
    """The key of this computer's store. Raises UserError or StorageFault."""
    return gate.unlock(*asked(options, gate))


def opened_desk(options: argparse.Namespace) -> Desk:
    """The desk of this computer; the caller closes its store."""
    paths = paths_of(options)
    return open_desk(unlocked(options, Gate(paths, now, device_secret=device_secret.get)), paths, now)
