"""A restore brings back what was saved, loses nothing that is here, and gives nothing out twice."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.entry.keys import change_passphrase, make_recovery
from app.actions.entry.rotation import rotate
from app.actions.safekeeping import replacing, restoring
from app.actions.tickets import tickets
from app.actions.visits import visits
from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.problem import UserError
from app.domain.tickets.ticket import Ticket, serial_in
from app.paths import Paths
from tests.desks import DEVICE
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household
from tests.store.agreement import assert_agrees
from tests.unit.actions.backing import PASSPHRASE, Laptop, backed_up, laptop, look, restore

NEW = "lidong zhengle baozi"


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    return laptop(tmp_path)


def work(desk: Desk, door: str) -> Ticket:
    """An edit and a new ticket."""
    with desk.unit("edit") as unit:
        unit.save(household(door=door))
    return tickets.register(desk, request="屋漏", household=HOME, visitor=GRANNY)


def numbers(desk: Desk) -> list[str]:
    return [one.number for one in desk.store.reading.each(Ticket)]


def test_a_new_computer_stands_where_the_backup_was_made(box: Laptop, tmp_path: Path) -> None:
    desk = box.open()
    work(desk, "9号")
    desk.store.close()
    file = backed_up(box)
    new = Paths(tmp_path / "new computer")
    candidate = look(new, file, box.clock)
    seen = candidate.preview
    assert (seen.worker_name, seen.village, seen.made_at) == ("向海燕", "青石垭村", NOW)
    assert seen.counts == {"household": 1, "person": 1, "visit": 0, "ticket": 1, "checklist": 0}
    assert (seen.waiting, seen.newest_visit, seen.here) == (3, None, None)
    done = restoring.use(candidate, box.clock())
    assert (done.carried, done.aside) == (0, None)
    again = Laptop(new, box.clock, box.gate().unlock("w-xiang", PASSPHRASE), "").open()
    assert again.store.reading.get(Household, HOME).door == "9号"
    assert again.store.integrity() == ()
    assert again.store.audit.broken_at() is None
    assert "restore" in [line.verb for line in again.store.audit.lines()]
    assert not replacing.stage_of(new).exists()
    again.store.close()


def test_what_was_not_sent_comes_along_and_the_rest_lies_aside(box: Laptop) -> None:
    file = backed_up(box)
    desk = box.open()
    after = work(desk, "9号")
    begun = visits.begin(desk, HOME, purpose="VP01").answered("note", "屋漏")
    visits.keep(desk, begun)
    waiting = desk.store.ledger.outgoing(10**7)
    desk.store.close()
    candidate = look(box.paths, file, box.clock)
    assert candidate.preview.here == restoring.Here(True, True, True, 3, box.clock())
    done = restoring.use(candidate, box.clock())
    assert done.carried == len(waiting) - 2
    assert done.aside is not None
    assert {path.name for path in done.aside.iterdir()} >= {"shoufangtong.db", "keys.json"}
    desk = box.open()
    assert desk.store.ledger.outgoing(10**7) == waiting
    assert desk.store.reading.get(Household, HOME).door == "9号"
    assert desk.store.reading.get(Ticket, after.id).number == after.number
    assert [one.id for one in desk.store.drafts.of_kind("visit")] == [begun.id]
    assert [hit.record for hit in desk.store.finder.find("9号").shown]
    assert serial_in(work(desk, "10号").number)[1] == serial_in(after.number)[1] + 1, "the counter is known"
    desk.store.close()


def test_a_number_given_after_the_backup_is_not_given_again(box: Laptop) -> None:
    file = backed_up(box)
    desk = box.open()
    given = [work(desk, f"{n}号").number for n in range(12)]
    desk.store.close()
    shutil.rmtree(box.paths.root / "keys.json", ignore_errors=True)
    box.paths.store.write_bytes(bytes(8_192))  # the disk is gone: nobody can say what was given out
    done = restore(box, file)
    assert done.carried == 0
    desk = box.open()
    again = [work(desk, f"{n}号").number for n in range(12)]
    assert not set(given) & set(again)
    assert len({*given, *again}) == 24
    desk.store.close()


def test_nor_in_the_year_after(box: Laptop) -> None:
    file = backed_up(box)
    box.clock.forward(days=50)
    desk = box.open()
    given = work(desk, "9号").number
    desk.store.close()
    box.paths.store.write_bytes(bytes(8_192))
    restore(box, file)
    desk = box.open()
    assert serial_in(work(desk, "10号").number)[0] == 2027
    assert given not in numbers(desk)
    desk.store.close()


def test_the_file_gets_a_replica_of_its_own_and_remembers_the_one_before(box: Laptop) -> None:
    file = backed_up(box)
    for _ in range(2):  # twice in a row: the county has heard of neither
        restore(box, file)
        desk = box.open()
        device = desk.store.meta.device()
        assert device.replica not in ("r-1", "")
        assert (device.was, device.device) == ("r-1", "d-1")
        assert set(desk.store.ledger.cursors().values()) == {0}
        desk.store.close()


def test_another_workers_store_is_moved_aside_and_nothing_of_it_mixed_in(box: Laptop, tmp_path: Path) -> None:
    other = laptop(tmp_path / "other", replace(DEVICE, device="d-2", worker="w-tian", worker_name="田大山"))
    file = backed_up(other)
    candidate = look(box.paths, file, box.clock)
    assert candidate.preview.worker_name == "田大山"
    assert candidate.preview.here == restoring.Here(opens=False)
    before = box.paths.store.read_bytes()
    done = restoring.use(candidate, box.clock())
    assert done.carried == 0
    assert done.aside is not None
    assert (done.aside / "shoufangtong.db").read_bytes() == before
    desk = Laptop(box.paths, box.clock, other.opened, "").open()
    assert desk.store.meta.device().worker == "w-tian"
    assert len(desk.store.ledger.outgoing(10**7)) == 2
    desk.store.close()


def test_a_damaged_store_is_replaced_and_kept(box: Laptop) -> None:
    file = backed_up(box)
    with box.paths.store.open("r+b") as broken:
        broken.seek(0)
        broken.write(bytes(4_096))
    ruin = box.paths.store.read_bytes()
    candidate = look(box.paths, file, box.clock)
    assert candidate.preview.here == restoring.Here(opens=False)
    done = restoring.use(candidate, box.clock())
    assert done.aside is not None
    assert (done.aside / "shoufangtong.db").read_bytes() == ruin
    box.open().store.close()


def test_the_recovery_code_opens_a_backup_too(box: Laptop) -> None:
    file = backed_up(box)
    chosen = restoring.choose(box.paths, file, box.clock)
    candidate = restoring.look(chosen, lambda gate: gate.recover("w-xiang", box.code), box.paths, box.clock)
    restoring.use(candidate, box.clock())
    box.open().store.close()


def test_a_passphrase_changed_after_the_backup_stays_changed(box: Laptop) -> None:
    file = backed_up(box)
    gate = box.gate()
    change_passphrase(gate, box.opened, NEW)
    with pytest.raises(UserError, match="口令不对"):
        look(box.paths, file, box.clock, NEW)
    # With the old one it can be opened, and then the old one is what opens it: she forgot the new one.
    restore(box, file, PASSPHRASE)
    assert box.gate().unlock("w-xiang", PASSPHRASE).key == box.opened.key
    change_passphrase(gate, box.opened, PASSPHRASE)
    make_recovery(gate, box.opened)  # the old sheet is void
    restore(box, file, PASSPHRASE)
    with pytest.raises(UserError):
        box.gate().recover("w-xiang", box.code)


def test_what_the_county_answered_after_the_backup_is_not_unsent_again(box: Laptop) -> None:
    file = backed_up(box)
    desk = box.open()
    with desk.unit("edit") as unit:
        unit.save(household(door="9号"))
    sent = desk.store.ledger.outgoing(10**7)
    receipts = [Receipt(one.id, Outcome.APPLIED, n) for n, one in enumerate(sent, 1)]
    body = json.loads(desk.store._db.execute("SELECT body FROM record WHERE id = ?", [HOME]).fetchone()[0])
    row = Incoming(HOME, "household", VILLAGE, 9, False, {**body, "note": "县里写的", "door": "10号"})
    desk.store.ledger.settle(receipts, [row], {VILLAGE: 9}, "e-1", desk.now)
    desk.store.close()
    restore(box, file)
    desk = box.open()
    assert desk.store.ledger.outgoing(10**7) == ()
    home = desk.store.reading.get(Household, HOME)
    assert (home.door, home.note) == ("10号", "县里写的")
    assert_agrees(desk.store)
    desk.store.close()


def test_a_photograph_taken_after_the_backup_can_be_opened(box: Laptop) -> None:
    file = backed_up(box)
    desk = box.open()
    made = attachments.add(desk, HOME, b"a picture", kind="photo", media="image/jpeg")
    desk.store.close()
    box.opened = rotate(box.gate(), box.opened)  # it was sealed with a key of its own
    restore(box, file)
    box.opened = box.gate().unlock("w-xiang", PASSPHRASE)
    desk = box.open()
    assert attachments.read(desk, made.id) == b"a picture"
    desk.store.close()


def test_photographs_taken_after_the_backup_come_along(box: Laptop) -> None:
    box.paths.attachments.mkdir()
    (box.paths.attachments / "old").write_bytes(b"sealed")
    file = backed_up(box)
    (box.paths.attachments / "young").write_bytes(b"sealed too")
    done = restore(box, file)
    assert {path.name for path in box.paths.attachments.iterdir()} == {"old", "young"}
    assert done.aside is not None
    assert {path.name for path in (done.aside / "attachments").iterdir()} == {"old", "young"}


def test_they_are_found_on_sticks_and_here_newest_first(box: Laptop, tmp_path: Path) -> None:
    from app.drives import Drive

    first, stick = backed_up(box), tmp_path / "stick"
    (stick / "首访通备份").mkdir(parents=True)
    box.clock.forward(days=1)
    second = backed_up(box)
    moved = Path(shutil.move(second, stick / "首访通备份"))
    names = [one.file for one in restoring.found(box.paths, lambda: (Drive(stick, "stick", 1),))]
    assert names == [moved, first]
    assert restoring.found(Paths(tmp_path / "none"), lambda: ()) == ()
