"""查一查资料好不好: every page, table, record, waiting change, search term and key, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.entry.gate import Opened
from app.actions.safekeeping import page_proof, proving
from app.actions.safekeeping.proving import NAMED
from app.domain.checkup import Checked, Finding, Step
from app.domain.problem import StorageFault
from app.vault import keyfile

HEAD = 12  # characters of the last line's hash: enough to compare, short enough to write down
RESCUE = "先别再用这份。锁上，点「资料打不开？」：用备份恢复，或把好的救出来。传过的县里都有。"

SILENCE_SECONDS = 0.3

Told = Callable[[int, int], None]
Progress = Callable[[Step], None]


@dataclass
class _Case:
    """What the parts look at, and what they leave behind for one another."""

    desk: Desk
    keys: Path
    opened: Opened
    damaged: bool = False  # the file itself: nothing may be written to it any more
    index_holds: bool = True
    counted_holds: bool = True
    pages: int = 0
    lines: int = 0
    head: str = ""


Part = Callable[[_Case, Told], Iterator[Finding]]


def check(desk: Desk, keys: Path, opened: Opened, progress: Progress = lambda step: None) -> Checked:
    """Look everything over, telling `progress` how far it is; the key file is the one at `keys`.

    Changes nothing, but for a search index, or what is counted, that does not hold: it is made anew. What
    cannot be looked at any more because the file is damaged is a finding too, never an error. What `progress`
    raises ends it: it is called several times a second, also where nothing can be said of how far a part is.
    """
    case, found = _Case(desk, keys, opened), list[Finding]()
    for number, (words, part) in enumerate(PARTS, 1):
        told = _teller(Step(number, len(PARTS), words), progress)
        try:
            found.extend(part(case, told))
        except StorageFault as fault:
            case.damaged = True
            found.append(Finding(f"「{words}」没查完：{fault.words}", RESCUE))
    return Checked(tuple(found), _records(desk), case.pages, case.lines, case.head)


def _pages(case: _Case, told: Told) -> Iterator[Finding]:
    proof = case.desk.store.proof
    case.pages, salt = proof.folded()
    pages = page_proof.prove(proof.file, case.pages, salt, case.opened.key, told)
    if pages.bad:
        case.damaged = True
        numbers = "、".join(map(str, pages.bad[:NAMED])) + ("等" if len(pages.bad) > NAMED else "")
        words = f"资料文件有 {len(pages.bad)} 页坏了（第 {numbers} 页），一共 {pages.count} 页。"
        yield Finding(words, RESCUE)
    if pages.otherwise:
        case.damaged = True
        yield Finding(f"资料文件不完整：{'；'.join(pages.otherwise[:NAMED])}。", RESCUE)


def _tables(case: _Case, told: Told) -> Iterator[Finding]:
    tables = case.desk.store.proof.tables(lambda: told(0, 1))
    case.index_holds, case.counted_holds = tables.index_holds, not tables.amiss
    if tables.wrong:
        case.damaged = True
        yield Finding(f"资料里的表有 {len(tables.wrong)} 处对不上：{tables.wrong[0]}。", RESCUE)


def _audit(case: _Case, told: Told) -> Iterator[Finding]:
    audit = case.desk.store.audit
    total, broken, number = audit.count(), 0, 0
    for number, chain, holds in audit.follow():
        told(case.lines, total)
        case.lines, case.head = case.lines + 1, chain[:HEAD]
        if not holds and not broken:
            broken = number
    if broken:
        yield Finding(
            f"操作记录第 {broken} 行对不上，前面的没有问题。",
            "有人绕过首访通改过或去掉了。资料照常能用，把这一行的号告诉县里。",
        )
    if (cut := audit.written() - number) > 0:
        yield Finding(
            f"操作记录末尾少了 {cut} 行。",
            "有人绕过首访通去掉了。资料照常能用，告诉县里少了几行。",
        )


def _kept(case: _Case, told: Told) -> Iterator[Finding]:
    return proving.records(case.desk, told)


def _unsent(case: _Case, told: Told) -> Iterator[Finding]:
    total = case.desk.store.ledger.waiting()
    unreadable, orphans = list[int](), list[int]()
    for done, one in enumerate(case.desk.store.proof.unsent()):
        told(done, total)
        if one.change is None:
            unreadable.append(one.number)
        if not one.has_record:
            orphans.append(one.number)
    if unreadable:
        yield Finding(
            f"没上传的里头有 {len(unreadable)} 件读不出来，第一件排第 {unreadable[0]}。",
            "上传会停在这里。资料没有动，先别重装，找县里来看。",
        )
    if orphans:
        yield Finding(
            f"没上传的里头有 {len(orphans)} 件找不到它的记录，第一件排第 {orphans[0]}。",
            "有人绕过首访通删过。用备份恢复，或找县里来看。",
        )


def _index(case: _Case, told: Told) -> Iterator[Finding]:
    if case.damaged:
        return  # said above; and nothing is written to a damaged file
    if not case.counted_holds:
        case.desk.store.recount()
        yield Finding("数报表用的底数和资料对不上，已经重数好了。", "资料没有动，接着用。", mended=True)
    if case.index_holds and case.desk.store.proof.index_holds(told):
        return
    case.desk.store.finder.rebuild()
    yield Finding("查找用的目录和资料对不上，已经重做好了。", "资料没有动，接着用。", mended=True)


def _keys(case: _Case, told: Told) -> Iterator[Finding]:
    first, copy = keyfile.copies(case.keys)
    again = "资料没有动。在「设置」里换一次口令，两份就都好了。"
    if first is None:
        yield Finding("钥匙文件坏了，现在用的是它的副本。", again)
    if copy is None:
        yield Finding("钥匙文件的副本坏了或不见了。", again)
    if first and copy and first != copy:
        yield Finding("钥匙文件和它的副本不一样。", again)
    opened = case.opened
    if (kept := first or copy) and not kept.untouched(opened.generation, opened.key):
        yield Finding(
            "钥匙文件被人动过。",
            "资料没有动。在「设置」里换一次口令，就只留您自己；别人和恢复码再重新加。",
        )


def _attached(case: _Case, told: Told) -> Iterator[Finding]:
    if case.desk.files is None:
        return
    for one, words in attachments.damaged(case.desk, told):
        yield Finding(f"{one.at:%Y-%m-%d} 加的一个附件：{words}", "别的都好。")


# In this order: the later ones believe what the earlier ones have proved.
PARTS: tuple[tuple[str, Part], ...] = (
    ("每一页", _pages),
    ("表和目录", _tables),
    ("操作记录", _audit),
    ("每一条记录", _kept),
    ("没上传的", _unsent),
    ("查找用的目录", _index),
    ("附件", _attached),
    ("钥匙文件", _keys),
)


def _teller(step: Step, progress: Progress) -> Told:
    last, said_at = 0, time.monotonic()
    progress(step)

    def told(done: int, total: int) -> None:
        nonlocal last, said_at
        percent = min(max(100 * done // max(total, 1), last), 100)
        if percent > last or time.monotonic() - said_at > SILENCE_SECONDS:
            last, said_at = percent, time.monotonic()
            progress(Step(step.number, step.of, step.words, percent))

    return told


def _records(desk: Desk) -> int:
    try:
        return desk.store.proof.count("record")
    except StorageFault:
        return 0  # told among the findings
