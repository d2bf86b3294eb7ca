"""`backup` and `restore`: make a proven backup, and put one in place of what is here."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.actions.entry.gate import Gate
from app.actions.entry.opening import open_desk
from app.actions.safekeeping import backup_places, backups, replacing, restore_words, restoring
from app.commands.door import asked, now, on_store, paths_of, unlocked
from app.domain.manifest import Reason
from app.vault import device_secret

if TYPE_CHECKING:
    SubParsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: SubParsers) -> None:
    """Register both."""
    make = on_store(commands.add_parser("backup", help="备份一份，打开查过才算"), _backup)
    make.add_argument("--to", type=Path, help="放到哪个文件夹；不写就放这台电脑和设置里选的 U 盘")
    back = on_store(commands.add_parser("restore", help="用一份备份换掉这台电脑上的资料"), _restore)
    back.add_argument("file", type=Path, help="备份文件 .sftbak")
    back.add_argument("--yes", action="store_true", help="看过了，不用再问")


def _backup(options: argparse.Namespace) -> int:
    paths = paths_of(options)
    opened = unlocked(options, Gate(paths, now, device_secret=device_secret.get))
    to = (backup_places.place_in(options.to),) if options.to else ()
    desk = open_desk(opened, paths, now)
    with closing(desk.store):
        made = backups.make(desk, opened.key, paths, Reason.ASKED, to=to)
    for one in made.placed:
        if one.file is not None:
            print(f"备份好了，打开查过：{one.file}")
        else:
            print(one.words, file=sys.stderr)
    return 0 if not made.words else 1


def _restore(options: argparse.Namespace) -> int:
    paths = paths_of(options)
    chosen = restoring.choose(paths, options.file, now)
    try:
        worker, passphrase = asked(options, chosen.gate)
        candidate = restoring.look(chosen, lambda gate: gate.unlock(worker, passphrase), paths, now)
        for line in restore_words.inside(candidate.preview):
            print(line)
        for line in restore_words.replaced(candidate.preview):
            print(line)
        if not options.yes and input("用这份就打「用」：").strip() != "用":
            print("没有换，什么都没有动。")
            return 1
        done = restoring.use(candidate, now())
    finally:
        replacing.clear_stage(paths)
    for line in restore_words.outcome(done, candidate.preview):
        print(line)
    return 0
