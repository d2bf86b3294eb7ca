"""What is wrong at the county, or soon will be, and what mends it: for the clerk and for a monitor.

It looks and changes nothing. Ids and counts only; no name and no value of a record.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.workdays import china_day
from sync.server import alarms, backups, beside, escrow, packs, tasks_out
from sync.server.beside import Kind, Neighbour
from sync.server.logs import place_of
from sync.server.postgres import Connection, is_away, lacking
from sync.server.typed import day

# 待核: no rule says how often; a county that loses a day has a day to ask its computers for.
BACKUP_DUE = timedelta(days=1)
SILENT = timedelta(days=30)
SKEWED_SECONDS = 86_400
CLUE_UNSEEN = timedelta(days=7)  # 待核: five working days to look into a clue, as a week
FOUND = day("body->>'found_on'")
ALARMS = {
    "cursor_ahead": "有电脑听过的比县里说过的还多：库多半恢复过，没说一声。现在只发不收。"
    "真恢复过，运行 restore-finish；没恢复过，查那台电脑，运行 alarm-close。",
    "fork": "这台电脑的资料有两份在用，或被系统退回到以前。两份传来的都收了，一条不丢。"
    "打电话问本人：文件夹是不是拷到别处用过。只留一份；不是本人拷的，运行 lost。问清了再 alarm-close。",
    "witness_elsewhere": "恢复以前转过村的一条资料，转到哪边对不上了。"
    "用 relocate 转到该去的村，再 alarm-close。",
}

NO_COUNTY = (
    "这个库里一个县也没有：还没有建县，或者连错了库。头一回用，运行 init；"
    "以前有过资料的，先别开服务，看看 --data、--database 写得对不对，再用 restore 恢复备份。"
)
LEFT = {
    Kind.PROOF: "做备份时断了留下的，里面是全县资料的明文。再运行一次 backup，它会删掉。",
    Kind.COMING: "恢复到一半断了留下的，里面是全县资料的明文；现在用的库没有动过。"
    "再运行一次 restore；不恢复了，运行 backup，它会删掉。",
    Kind.ASIDE: "恢复时换下来的库，里面是以前全县资料的明文。对过现在的没少什么，运行 restore-forget 删掉。",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """`bad`: to be mended now (exit code 1); else only to be known."""

    bad: bool
    words: str


def look(connection: Connection, at: datetime) -> tuple[Finding, ...]:
    """Everything there is to say, what is bad first."""
    found = list(_made("数据库", _database(connection)))
    found += _made("旁边的库", (_beside(one, at) for one in beside.left_over(connection)))
    counties = connection.execute("SELECT county, name FROM county ORDER BY county").fetchall()
    if not counties:
        found.append(Finding(True, NO_COUNTY))
    for row in counties:
        for one in _county(connection, row["county"], at):
            found.append(Finding(one.bad, f"{row['county']} {row['name']}：{one.words}"))
    return tuple(sorted(found, key=lambda one: not one.bad))


def _database(connection: Connection) -> Iterator[Finding]:
    if late := lacking(connection):
        yield Finding(True, f"数据库还没升级：差 {'、'.join(late)}。运行 migrate。")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if _one(connection, f"SELECT current_setting('{name}')") == "off":
            yield Finding(True, f"数据库的 {name} 关着：断电会丢已经收下的。改成 on，重启数据库。")
    rewritable = _one(
        connection,
        "SELECT has_table_privilege(current_user, 'op', 'UPDATE')"
        " OR has_table_privilege(current_user, 'op', 'DELETE')",
    )
    if rewritable:
        yield Finding(True, "程序的身份能改写操作日志。收回：REVOKE UPDATE, DELETE ON op FROM shoufangtong。")


def _beside(one: Neighbour, at: datetime) -> Finding:
    """A copy of the county that lies in the server beside it."""
    days = "" if one.since is None else f"{max((at.replace(tzinfo=None) - one.since).days, 0)} 天了，"
    size = "大小看不到" if one.bytes is None else f"{one.bytes / 1_000_000:.0f} 兆"
    return Finding(one.kind is not Kind.ASIDE, f"库 {one.name}（{days}{size}）：{LEFT[one.kind]}")


def _county(connection: Connection, place: str, at: datetime) -> Iterator[Finding]:
    yield from _made("报警", _alarms(connection, place))
    yield from _made("编号", _numbers(connection, place))
    yield from _made("备份", _backup(connection, place, at))
    yield from _made("人和电脑", _people(connection, place, at))
    yield from _made("放着的", _shelves(connection, place))
    yield from _made("发下去的", _handed_out(connection, place, at))


def _made(name: str, check: Iterator[Finding]) -> Iterator[Finding]:
    """What one check finds; one that cannot be made is said, and keeps none of the others from being made."""
    try:
        yield from check
    except Exception as error:
        if is_away(error):
            raise
        log.error("a check was not made: %s", place_of(error))
        yield Finding(True, f"「{name}」没查成，别的照查了。看看日志，报给技术支持。")


def _alarms(connection: Connection, place: str) -> Iterator[Finding]:
    for alarm in alarms.still_open(connection, place):
        words = ALARMS.get(alarm.kind, alarm.kind)
        yield Finding(True, f"{alarm.raised_at:%m-%d %H:%M} {alarm.subject}：{words}")


def _numbers(connection: Connection, place: str) -> Iterator[Finding]:
    given = _one(
        connection,
        "SELECT greatest((SELECT coalesce(max(seq), 0) FROM op WHERE county = %(c)s),"
        " (SELECT coalesce(max(rev), 0) FROM record WHERE county = %(c)s))"
        " > (SELECT last FROM sequence WHERE county = %(c)s)",
        c=place,
    )
    if given:
        yield Finding(True, "编号倒退了：有资料的号比发到的号还大。马上停服务，报给技术支持。")
    astray = _one(
        connection,
        "SELECT count(*) FROM record r WHERE county = %(c)s AND bucket LIKE 'v:%%'"
        " AND NOT EXISTS (SELECT FROM village v WHERE v.county = r.county AND 'v:' || v.village = r.bucket)",
        c=place,
    )
    if astray:
        yield Finding(True, f"{astray} 条资料的村没有登记过。用 village 把村加上。")


def _backup(connection: Connection, place: str, at: datetime) -> Iterator[Finding]:
    last = backups.newest(connection, place)
    if last is None:
        yield Finding(True, "还没有一份验过的备份。运行 backup，并让它每天自己做。")
    elif at - last[0] > BACKUP_DUE:
        yield Finding(True, f"上一份验过的备份是 {last[0]:%Y-%m-%d %H:%M} 的，超过一天了。运行 backup。")


def _people(connection: Connection, place: str, at: datetime) -> Iterator[Finding]:
    nobody = _one(
        connection,
        "SELECT count(*) FROM village v WHERE county = %(c)s AND NOT EXISTS"
        " (SELECT FROM scope s WHERE s.county = v.county AND s.bucket = 'v:' || v.village)",
        c=place,
    )
    if nobody:
        yield Finding(False, f"{nobody} 个村还没有人管。用 enrol 发登记码，或用 assign 分给谁。")
    silent = _one(
        connection,
        "SELECT count(*) FROM device WHERE county = %(c)s AND revoked_at IS NULL AND seen_at < %(t)s",
        c=place,
        t=at - SILENT,
    )
    if silent:
        yield Finding(False, f"{silent} 台电脑 {SILENT.days} 天没来过。打个电话问问；丢了就运行 lost。")
    skewed = _one(
        connection,
        "SELECT count(*) FROM device WHERE county = %(c)s AND revoked_at IS NULL"
        " AND abs(coalesce(skew_seconds, 0)) > %(s)s",
        c=place,
        s=SKEWED_SECONDS,
    )
    if skewed:
        yield Finding(False, f"{skewed} 台电脑的钟差了一天以上。资料照收，请本人把日期调对。")
    if not escrow.key_of(connection, place):
        yield Finding(False, "还没做县钥匙：口令和恢复码都丢了的人，谁也帮不了。运行 escrow-key。")
    if not packs.key_of(connection, place):
        yield Finding(False, "还没做签政策包的钥匙。运行 pack key。")


def _shelves(connection: Connection, place: str) -> Iterator[Finding]:
    unlike = _one(
        connection, "SELECT count(*) FROM conflict WHERE county = %(c)s AND status = 'open'", c=place
    )
    if unlike:
        yield Finding(False, f"{unlike} 处两个人写得不一样，等本人定。")
    aside = _one(
        connection, "SELECT count(*) FROM quarantine WHERE county = %(c)s AND status = 'open'", c=place
    )
    if aside:
        yield Finding(False, f"{aside} 条没法用上，等乡镇看。")


def _handed_out(connection: Connection, place: str, at: datetime) -> Iterator[Finding]:
    """What the county asked of its villages and nobody has gone to see."""
    unseen = _one(
        connection,
        "SELECT count(*) FROM record WHERE county = %(c)s"  # noqa: S608  # our own constant below
        " AND type = 'clue' AND NOT deleted AND coalesce(body->>'given_by', '') <> ''"
        " AND body->>'step' NOT IN ('verified', 'settled')"
        f" AND {FOUND} < %(d)s",
        c=place,
        d=china_day(at - CLUE_UNSEEN),
    )
    if unseen:
        yield Finding(False, f"{unseen} 条县里发的线索，{CLUE_UNSEEN.days} 天了还没上门看。问问村里。")
    late = sum(one.late for one in tasks_out.standings(connection, place, at))
    if late:
        yield Finding(False, f"{late} 户派了走访，过了日子还没去。用 tasks 看是哪些村。")


def _one(connection: Connection, query: str, **values: object) -> object:
    row = connection.execute(query.encode(), values or None).fetchone()
    assert row is not None, "each of these has one row"
    return next(iter(row.values()))
