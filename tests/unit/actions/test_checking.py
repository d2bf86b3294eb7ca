"""Every kind of damage is made for real in a real store and named, with what to do; a whole one has none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.entry.gate import Gate, Opened
from app.actions.entry.opening import open_desk
from app.actions.safekeeping.checking import PARTS, check
from app.actions.tickets import tickets
from app.actions.tickets.ticket_steps import chain_of
from app.domain.change import Incoming
from app.domain.checkup import Checked, Step
from app.domain.record import to_body
from app.domain.tickets.ticket import Disposition, TicketEvent
from app.domain.visits.visit import Met
from app.paths import Paths
from app.store import Store
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household, person, visit

PASSPHRASE = "guyu qian zhongwan douzi"
PAGE_BYTES = 4096


@dataclass(frozen=True)
class Laptop:
    """Its folder, what opens it, and a desk whose store is closed."""

    paths: Paths
    opened: Opened
    desk: Desk


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A store with a large family, a signed visit, and a ticket that has moved."""
    paths = Paths(tmp_path_factory.mktemp("whole"))
    opened = Gate(paths, Clock(), cost=Cost(1, FLOOR_MEMORY_KIB)).create(PASSPHRASE, DEVICE)
    desk = open_desk(opened, paths, Clock())
    with closing(desk.store):
        with desk.unit("roster") as unit:
            unit.save(household())
            unit.save(person(tags=("独居",)))
            for n in range(120):
                unit.save(person(id=f"{GRANNY[:-3]}{n + 100}", name=f"何子{chr(0x4E00 + n)}", phone=""))
            unit.save(visit(met=Met.REFUSED, answers={"note": "都好"}).finish(NOW))
        ticket = tickets.register(
            desk, request="伢儿读书钱冒得。", household=HOME, visitor=GRANNY, subject=GRANNY, items=()
        )
        tickets.decide(desk, ticket.id, Disposition.TRANSFER, to="枫香镇民政办")
        attachments.add(desk, HOME, b"a picture of the house", kind="photo", media="image/jpeg")
    return Laptop(paths, opened, desk)


@pytest.fixture
def paths(whole: Laptop, tmp_path: Path) -> Paths:
    """A copy of that laptop to damage."""
    shutil.copytree(whole.paths.root, tmp_path / "copy")
    return Paths(tmp_path / "copy")


@pytest.fixture
def look(whole: Laptop, paths: Paths) -> Callable[..., Checked]:
    """Open the laptop as it lies there, do some damage with the key in hand, and look it over."""

    def run(damage: str = "", heard: list[Step] | None = None) -> Checked:
        steps: list[Step] = [] if heard is None else heard
        with closing(Store(paths.store, whole.opened.key)) as store:
            if damage:
                store._db.execute(damage.replace("GRANNY", f"'{GRANNY}'"))
            return check(
                replace(whole.desk, store=store, files=paths.attachments),
                paths.keys,
                whole.opened,
                steps.append,
            )

    return run


def words(checked: Checked) -> str:
    assert all(one.words.endswith("。") and one.todo.endswith("。") for one in checked.findings)
    return "".join(one.words for one in checked.findings)


def test_a_whole_store_has_no_findings_and_tells_how_far_it_is(look: Callable[..., Checked]) -> None:
    heard: list[Step] = []
    checked = look(heard=heard)
    assert checked.findings == ()
    assert checked.sound
    assert (checked.records, checked.lines > 120, len(checked.head)) == (127, True, 12)
    begun = dict.fromkeys(step.number for step in heard if not step.percent)
    assert list(begun) == list(range(1, len(PARTS) + 1))
    assert {step.of for step in heard} == {len(PARTS)}
    assert any(step.words == "每一条记录" and step.percent == 50 for step in heard)


def test_the_head_is_the_last_lines_hash(look: Callable[..., Checked], paths: Paths, whole: Laptop) -> None:
    with closing(Store(paths.store, whole.opened.key)) as store:
        (chain,) = store._db.execute("SELECT chain FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    first = look().head
    assert chain.startswith(first)
    with closing(Store(paths.store, whole.opened.key)) as store, store.unit(actor="w", at=NOW) as unit:
        unit.audit("unlock", "w")
    assert look().head != first


def test_a_flipped_byte_names_its_page(look: Callable[..., Checked], paths: Paths) -> None:
    data = bytearray(paths.store.read_bytes())
    # Pages of people, which opening the desk does not read.
    page = len(data) // PAGE_BYTES * 2 // 5
    data[(page - 1) * PAGE_BYTES + 100] ^= 1
    paths.store.write_bytes(bytes(data))
    checked = look()
    assert not checked.sound
    assert f"第 {page} 页" in words(checked)
    assert "备份" in checked.findings[0].todo


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "UPDATE record SET body = json_set(body, '$.phone', '15400009999') WHERE id = GRANNY",
            "1 条记录和存的时候不一样：蒋桂英。",
        ),
        (
            "UPDATE record SET body = body || ' ' WHERE id = GRANNY",
            "1 条记录和存的时候不一样：蒋桂英。",
        ),
        (
            "UPDATE record SET body = json_remove(body, '$.sex') WHERE id = GRANNY",
            "1 条记录读不出来：蒋桂英。",
        ),
        (
            "UPDATE record SET body = json_set(body, '$.seal', 'a1b2') WHERE type = 'visit'",
            "1 份签好的走访和封存号对不上：走访 2026-11-20。",
        ),
        ("UPDATE audit SET detail = 'x' WHERE n = 5", "操作记录第 5 行对不上"),
        ("DELETE FROM audit WHERE n = 5", "操作记录第 6 行对不上"),
        ("DELETE FROM audit WHERE n > (SELECT max(n) - 2 FROM audit)", "操作记录末尾少了"),
        (
            "UPDATE record SET body = json_set(body, '$.note', '没有这回事')"
            " WHERE id = (SELECT min(id) FROM record WHERE type = 'ticket_event')",
            "1 张首访单的「办到哪了」前后接不上：000001-",
        ),
        (
            "UPDATE record SET body = json_set(body, '$.device', 'd-9')"
            " WHERE id = (SELECT min(id) FROM record WHERE type = 'ticket_event')",
            "1 张首访单的「办到哪了」前后接不上：000001-",
        ),
        (
            "DELETE FROM record WHERE id = (SELECT min(id) FROM record WHERE type = 'ticket_event')",
            "没上传的里头有 1 件找不到它的记录，第一件排第",
        ),
        ("UPDATE outbox SET payload = '[1]' WHERE n = 3", "没上传的里头有 1 件读不出来，第一件排第 3。"),
    ],
)
def test_what_was_changed_behind_the_program_is_named(
    look: Callable[..., Checked], damage: str, said: str
) -> None:
    checked = look(damage)
    assert said in words(checked)
    assert not checked.sound


def test_what_came_about_rightly_is_no_finding(
    look: Callable[..., Checked], paths: Paths, whole: Laptop
) -> None:
    with closing(Store(paths.store, whole.opened.key)) as store:
        # Villages are merged: the county moves the signed visit, whose seal names the old one.
        store._db.execute("UPDATE record SET village = '439901101202' WHERE type = 'visit'")
        # A colleague wrote on from the first line before either had heard of the other.
        first = min(store.reading.each(TicketEvent), key=lambda one: one.id)
        with store.unit(actor="w-tian", at=NOW) as unit:
            unit.save(replace(first, id=f"{first.id[:-1]}z", actor="田干部", previous=chain_of(first)))
            unit.save(person(tags=("独居", "高龄")))
        # The county's answer: one person changed there, one edit of hers taken.
        body = {**to_body(person(id=f"{GRANNY[:-3]}100", name="何子一", phone="")), "of_a_newer_release": "1"}
        row = Incoming(f"{GRANNY[:-3]}100", "person", VILLAGE, 9, False, body)
        store.ledger.settle((), (row,), {VILLAGE: 9}, "e-1", NOW)
    assert look().findings == ()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM found WHERE record = GRANNY",
        "UPDATE found SET title = '何' WHERE n = 7",
        "INSERT INTO found SELECT 999, 'x', kind, '', title, place, birth, sound FROM found WHERE n = 2",
        "DELETE FROM term WHERE rowid = 9",
        "UPDATE term SET words = 'zzz' WHERE rowid = 9",
        "INSERT INTO term(rowid, words) VALUES (888, 'zzz')",
        "DELETE FROM term_docsize WHERE id = 3",
        "DELETE FROM term_data WHERE id > 10",
        "DELETE FROM term_idx",
        "UPDATE term_data SET block = x'ffffffff' WHERE id = 10",
        "DELETE FROM term_config",
    ],
)
def test_a_search_index_that_does_not_hold_is_made_anew_and_that_is_said(
    look: Callable[..., Checked], paths: Paths, whole: Laptop, damage: str
) -> None:
    before = _records(paths, whole.opened)
    checked = look(damage)
    assert words(checked) == "查找用的目录和资料对不上，已经重做好了。"
    assert checked.sound, "it is mended"
    assert look().findings == ()
    assert _records(paths, whole.opened) == before


def test_what_is_counted_and_does_not_hold_is_counted_anew_and_that_is_said(
    look: Callable[..., Checked], paths: Paths, whole: Laptop
) -> None:
    before = _records(paths, whole.opened)
    checked = look("UPDATE counted_person SET sex = '9'")
    assert words(checked) == "数报表用的底数和资料对不上，已经重数好了。"
    assert checked.sound, "it is mended"
    assert look().findings == ()
    assert _records(paths, whole.opened) == before


@pytest.mark.parametrize(
    ("name", "left", "said"),
    [
        ("keys.json", b"{", "钥匙文件坏了"),
        ("keys.json.copy", b"{", "钥匙文件的副本坏了"),
        ("keys.json.copy", None, "钥匙文件的副本坏了"),
    ],
)
def test_one_damaged_key_file_is_named_and_its_twin_still_opens(
    look: Callable[..., Checked], paths: Paths, name: str, left: bytes | None, said: str
) -> None:
    if left is None:
        (paths.root / name).unlink()
    else:
        (paths.root / name).write_bytes(left)
    assert said in words(look())


def test_a_key_file_somebody_changed_is_named(look: Callable[..., Checked], paths: Paths) -> None:
    told = json.loads(paths.keys.read_bytes())
    told["workers"][0]["name"] = "别人"
    paths.keys.write_text(json.dumps(told), encoding="utf-8")
    said = words(look())
    assert "钥匙文件被人动过" in said
    assert "不一样" in said


def _records(paths: Paths, opened: Opened) -> list[tuple[object, ...]]:
    with closing(Store(paths.store, opened.key)) as store:
        return [tuple(row) for row in store._db.execute("SELECT * FROM record ORDER BY id")]


@pytest.mark.parametrize("gone", [True, False])
def test_a_file_of_a_record_that_is_gone_or_changed_is_named(
    look: Callable[..., Checked], paths: Paths, gone: bool
) -> None:
    (file,) = paths.attachments.glob("*/*.bin")
    if gone:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"!")
    (found,) = look().findings
    assert "2026-11-20 加的一个附件" in found.words
    assert ("不见了" in found.words) is gone
