"""The clerk's commands that only look: `holds`, `doctor`; and `alarm-close`, after looking."""

from __future__ import annotations

import argparse
import json
from typing import Any

from app.domain.problem import UserError
from sync.server import alarms, doctor, query, running
from sync.server.commands import Command, at_county, county_code
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register them."""
    holds = command(commands, "holds", _holds, "县里有什么")
    holds.add_argument("--json", action="store_true")
    command(commands, "doctor", _doctor, "全查一遍，哪里不对、怎么弄好；有要马上弄的，退出码是 1")
    close = command(commands, "alarm-close", _close, "doctor 报的警看过了、弄好了，把它消掉")
    close.add_argument("--county", type=county_code, required=True, help="6 位代码")
    close.add_argument("--kind", required=True, choices=sorted(doctor.ALARMS))
    close.add_argument("--subject", default="", help="说的是哪台电脑、哪条资料；同样的警有几个时要写")


def _holds(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        found = [query.holdings(connection, code) for code in query.counties(connection)]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    for held in [] if options.json else found:
        print(_in_words(held))
    return 0


def _doctor(url: str, options: argparse.Namespace) -> int:
    del options
    with connect(url) as connection:
        found = doctor.look(connection, running.now())
    for one in found:
        print(f"{'要弄好' if one.bad else '知道就行'}  {one.words}")
    if not found:
        print("都好。")
    return int(any(one.bad for one in found))


def _close(url: str, options: argparse.Namespace) -> int:
    place, kind, subject = options.county, options.kind, options.subject
    with at_county(url, options.county) as connection:
        about = {one.subject for one in alarms.still_open(connection, place) if one.kind == kind}
        if len(about) > 1 and not subject:
            words = f"这样的警有 {len(about)} 个，一个个看过再消，写 --subject：{'；'.join(sorted(about))}"
            raise UserError(words, field="subject")
        closed = alarms.close(connection, place, running.now(), kind=kind, subject=subject)
    print(f"消掉了 {closed} 个。")
    return 0


def _in_words(held: dict[str, Any]) -> str:
    kinds = "，".join(f"{kind} {count}" for kind, count in held["records"].items()) or "还没有资料"
    return (
        f"{held['county']} {held['name']}：{kinds}；"
        f"等着裁定 {held['conflicts']}，留待核查 {held['quarantined']}，电脑 {held['devices']} 台"
    )
