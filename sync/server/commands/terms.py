"""The clerk's command for what the county asks of its computers: `terms`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from app.domain.county_terms import Terms
from app.domain.problem import UserError
from sync.server import running, terms
from sync.server.commands import Command, at_county, county_code
from sync.server.plain import plain
from sync.server.terms import Said

NEVER = ("no", "")
DAYS = {"lease_days": "lease-days", "unsent_days": "unsent-days", "decide_days": "decide-days"}


def add(commands: Any, command: Command) -> None:
    """Register it; without anything to change it shows what holds."""
    asked = command(commands, "terms", _terms, "县里对各村电脑的要求：最低版本、多久不联系先只能看、几天算久")
    asked.add_argument("--county", type=county_code, required=True, help="6 位代码")
    asked.add_argument("--show", action="store_true", help="看现在的，和以前改过的")
    asked.add_argument("--minimum-release", help="最低要哪一版，像 0.2；no 是不要求")
    asked.add_argument(
        "--pull-from", help="从哪天起旧版收不到新资料，像 2027-03-01；no 是只提醒。送上来的永远照收"
    )
    asked.add_argument("--lease-days", type=int, help="多少天没联系上县里，那台电脑先只能看；0 是不限")
    asked.add_argument("--unsent-days", type=int, help="等了多少天没传上来，要催她")
    asked.add_argument("--decide-days", type=int, help="写得不一样的放了多少天，算久")
    asked.add_argument("--ask", help="有事找谁，写在她屏幕上的一句话；no 是不写")
    asked.add_argument("--by", default="", help="谁定的；要改就要写")


def _terms(url: str, options: argparse.Namespace) -> int:
    changes = _changes(options)
    with at_county(url, options.county) as connection:
        if changes:
            after = terms.change(connection, options.county, options.by, running.now(), changes)
            print("记下了。各村的电脑下次同步就知道。")
            _print(after)
        if options.show or not changes:
            _show(terms.history(connection, options.county))
            _releases(terms.releases(connection, options.county))
    return 0


def _changes(options: argparse.Namespace) -> dict[str, str | int | date | None]:
    changes: dict[str, str | int | date | None] = {
        name: getattr(options, name) for name in DAYS if getattr(options, name) is not None
    }
    if options.minimum_release is not None:
        changes["minimum_release"] = _words(options.minimum_release)
        if not changes["minimum_release"]:
            changes["pull_from"] = None  # there is nothing left to withhold for
    if options.ask is not None:
        changes["ask"] = _words(options.ask)
    if options.pull_from is not None:
        changes["pull_from"] = _day(options.pull_from)
    return changes


def _words(said: str) -> str:
    return "" if said.strip() in NEVER else said.strip()


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if _words(said) else None
    except ValueError as error:
        raise UserError("--pull-from 写成 2027-03-01 这样的日子，或者 no。", field="pull-from") from error


def _show(said: tuple[Said, ...]) -> None:
    _print(said[0].terms if said else Terms())
    if not said:
        print("县里还没有定过，上面是程序自己的。")
    for one in said:
        kept = "、".join(f"{name} {value}" for name, value in one.terms.body().items()) or "都照程序自己的"
        print(f"{one.terms.number}  {one.at:%Y-%m-%d %H:%M}  {one.by}  {kept}")


def _releases(found: dict[str, int]) -> None:
    words = "、".join(f"{plain(release) or '没说过'} {count} 台" for release, count in found.items())
    print(f"各台电脑上次来时的版本：{words or '还没有电脑'}")


def _print(held: Terms) -> None:
    release = held.minimum_release or "不要求"
    if held.minimum_release:
        since = f"，{held.pull_from} 起更旧的收不到新资料" if held.pull_from else "，更旧的只提醒"
        release += since + "，送上来的照收"
    print(f"最低版本：{release}")
    lease = f"{held.lease_days} 天没联系上，先只能看" if held.lease_days else "不限"
    print(f"多久没联系：{lease}")
    print(f"没传上来：等了 {held.unsent_days} 天催她")
    print(f"写得不一样的：放了 {held.decide_days} 天算久")
    print(f"有事找：{held.ask or '没有写'}")
