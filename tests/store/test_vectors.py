"""Every release's store opens in this one, says what it held, and goes on being worked in."""

from __future__ import annotations

import ast
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.actions.entry.gate import Gate
from app.actions.entry.opening import open_desk
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.print_job import JobState, PrintJob, PrintLook
from app.domain.people.benefit_change import BenefitChange, Turn
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.record import Record
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.seal import SealEntry, SealUse
from app.domain.surveys.response import SurveyResponse
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.subtask import SubTask
from app.domain.tickets.ticket import Ticket, TicketEvent
from app.domain.visits.pairing import Pairing
from app.domain.visits.visit import Visit
from app.paths import Paths
from app.store import Store
from app.store.attachments import Attachment
from app.store.schema import known
from tests.desks import Clock
from tests.facts import GRANNY, HOME, NOW, VILLAGE, ticket
from tests.store.vector import VECTORS, holds

RELEASES = sorted(folder.name for folder in VECTORS.iterdir() if folder.is_dir())
KINDS: tuple[type[Record], ...] = (Household, Person, Visit, Ticket, TicketEvent, FollowUp, Checklist)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of what a release left behind."""
    return Path(shutil.copytree(VECTORS / str(request.param), tmp_path / "release"))


def told(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / "holds.json").read_text(encoding="utf-8"))
    return found


def test_there_is_a_store_of_this_very_release() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert version is not None
    assert version[1] in RELEASES, "run: python -m tests.store.vector " + version[1]


def test_its_key_opens_it_and_it_says_what_it_held(release: Path) -> None:
    said = told(release)
    store = Store(release / "shoufangtong.db", bytes.fromhex(said["key"]))
    now = json.loads(json.dumps(holds(store)))
    assert now == {name: said[name] for name in now}
    assert store.integrity() == ()
    assert store.audit.broken_at() is None
    store.close()


def test_every_record_in_it_can_be_read(release: Path) -> None:
    said = told(release)
    store = Store(release / "shoufangtong.db", bytes.fromhex(said["key"]))
    for kind in KINDS:
        assert {one.id for one in store.reading.each(kind)} == set(said["bodies"][kind.TYPE])
    assert all(visit.seal == visit.content_hash() for visit in store.reading.each(Visit))
    before = {query: store.finder.find(query) for query in said["found"]}
    store.finder.rebuild()
    assert {query: store.finder.find(query) for query in said["found"]} == before
    store.close()


def test_passphrase_and_recovery_code_still_open_it_and_work_goes_on(release: Path) -> None:
    said, paths, clock = told(release), Paths(release), Clock()
    gate = Gate(paths, clock)
    opened = gate.unlock(said["worker"], said["passphrase"])
    assert gate.recover(said["worker"], said["code"]).key == opened.key
    desk = open_desk(opened, paths, clock)
    home = desk.store.reading.get(Household, HOME)
    with desk.unit("edit") as unit:
        unit.audit("look", home.id)
    assert len(desk.store.audit.lines()) > len(said["audit"])
    assert desk.store.audit.broken_at() is None
    desk.store.close()
    with pytest.raises(UserError, match="口令不对"):
        gate.unlock(said["worker"], said["passphrase"] + "。")


def test_a_store_brought_up_to_date_is_built_like_a_new_one(release: Path, tmp_path: Path) -> None:
    def built(store: Store) -> set[tuple[str, str]]:
        rows = store._db.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        return {(name, sql) for name, sql in rows}

    old = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    new = Store(tmp_path / "new.db", bytes(32), create=True)
    assert built(old) == built(new), "a migration that a release has run may never be edited"
    old.close()
    new.close()


def test_m004_places_by_sound_are_found_in_a_store_indexed_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m004_places_by_sound" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    assert "m004_places_by_sound" in store.migrated
    for query in ("cyz", "chayuanzu", "cyz3"):
        assert HOME in {hit.record for hit in store.finder.find(query, kind="household").shown}
        assert GRANNY in {hit.record for hit in store.finder.find(query, kind="person").shown}
    store.close()


def test_m005_attachments_can_be_added_to_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m005_attachments" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    assert store.attachments.of_record(HOME) == ()
    row = Attachment("a-1", HOME, "photo", "image/jpeg", 3, "0" * 64, bytes(32), NOW)
    with store.unit(actor="w", at=NOW):
        store.attachments.put(row)
    assert store.attachments.of_record(HOME) == (row,)
    store.close()


def test_m006_print_jobs_can_wait_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m006_print_jobs" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    assert store.print_jobs.all() == ()
    job = PrintJob("j-1", "checklist", "c-1", "李奶奶 低保", "7KQ2MD", NOW, "w", look=PrintLook("village", 3))
    with store.unit(actor="w", at=NOW):
        store.print_jobs.save([job, replace(job, id="j-2", state=JobState.DONE, state_at=NOW)])
    assert [one.id for one in store.print_jobs.all()] == ["j-1", "j-2"]
    assert store.print_jobs.find("j-1") == job
    assert store.print_jobs.count_open() == 1
    store.close()


def test_m007_photos_finds_small_pictures_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m007_photos" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    large = Attachment("a-1", HOME, "photo", "image/jpeg", 3, "0" * 64, bytes(32), NOW)
    small = replace(large, id="a-2", kind="thumbnail", sha256="1" * 64, thumb_of="a-1")
    with store.unit(actor="w", at=NOW):
        store.attachments.put(large)
        store.attachments.put(small)
    assert store.attachments.thumbs(["a-1", "a-3"]) == {"a-1": small}
    assert store.attachments.many(["a-1", "a-3"]) == (large,)
    plan = store._db.execute("EXPLAIN QUERY PLAN SELECT id FROM attachment WHERE thumb_of IN ('a-1')")
    assert any("attachment_thumb" in str(row) for row in plan.fetchall())
    store.close()


def test_m008_speed_reads_by_day_and_state_what_was_written_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m008_speed" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    assert "m008_speed" in store.migrated
    every = tuple(store.reading.each(Visit))
    assert sorted(store.reading.by_day(Visit), key=lambda one: one.id) == list(every)
    assert sum(store.reading.count_by(Ticket, "state").values()) == store.reading.count(Ticket)
    store.close()


def test_m009_tickets_are_found_by_what_they_go_on_in_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m009_tickets" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    old = next(iter(store.reading.each(Ticket)))
    assert (old.taken, old.owed, old.merged_into) == (None, (), ""), "an older ticket opens unchanged"
    part = SubTask("p-1", VILLAGE, old.id, "派出所", "查户口", NOW)
    joined = replace(ticket(id="t-2"), merged_into=old.id)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(part)
        unit.save(joined)
    assert store.reading.where(SubTask, ticket=old.id) == (part,)
    assert store.reading.where(Ticket, merged_into=old.id) == (joined,)
    store.close()


def test_m010_registers_are_found_by_household_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m010_registers" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    made = SealEntry(
        "s-1", VILLAGE, NOW.date(), SealUse.APPLICATION, "申请表", "蒋桂英", "低保", "田", "向", "w", NOW,
        household=HOME,
    )  # fmt: skip
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(made)
    assert store.reading.where(SealEntry, household=HOME) == (made,)
    assert store.reading.where(PublicNotice, state="up") == ()
    store.close()


def test_m012_benefits_are_found_by_household_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m012_benefits" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    made = BenefitChange("b-1", VILLAGE, HOME, "DB", Turn.GRANTED, NOW.date(), ("p-1",), "w", NOW)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(made)
    assert store.reading.where(BenefitChange, household=HOME) == (made,)
    store.close()


def test_m011_visit_plan_is_found_by_household_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m011_visit_plan" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    made = Pairing("p-1", VILLAGE, HOME, "田干部", "镇农业办")
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(made)
    assert store.reading.where(Pairing, household=HOME) == (made,)
    store.close()


def test_m013_surveys_and_their_box_have_a_place_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m013_surveys" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    made = SurveyResponse("r-1", VILLAGE, "home", "2026.11-1", NOW.date(), {"knows": "no"}, household=HOME)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(made)
        store.ballots.put("2026.11-1", {"knows": "well"})
    assert store.reading.where(SurveyResponse, household=HOME) == (made,)
    assert store.ballots.count("2026.11-1") == 1
    store.close()


def test_m015_files_waiting_wait_in_a_store_from_before(tmp_path: Path) -> None:
    release = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "release"))
    assert "m015_files_waiting" not in told(release)["migrations"]
    store = Store(release / "shoufangtong.db", bytes.fromhex(told(release)["key"]))
    assert store.files_waiting.left().files == 0
    row = Attachment("a-1", HOME, "photo", "image/jpeg", 3, "0" * 64, bytes(32), NOW)
    with store.unit(actor="w", at=NOW):
        store.attachments.put(row)
    assert store.files_waiting.next(5) == (row,)
    store.files_waiting.sent(["a-1"])
    assert store.files_waiting.left().files == 0
    store.close()


def test_no_migration_is_without_proof() -> None:
    """Covered: run by a release whose store is here, or by a test that carries the migration's name."""
    released = {name for release in RELEASES for name in told(VECTORS / release)["migrations"]}
    tested = {
        node.name.removeprefix("test_")
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    naked = {name for name in known() - released if not any(one.startswith(name) for one in tested)}
    assert not naked, "write test_<migration>_… with a store from before it"
    assert released <= known(), "a migration that a release has run is gone"
