"""Who may open the store: each by her own passphrase, whoever was shut out no more, and no stranger."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app import settings
from app.actions.entry import keys
from app.actions.entry.gate import Gate, Locked, Opened
from app.actions.entry.opening import close_desk, open_desk
from app.domain.problem import UserError
from app.domain.roles import Role
from app.paths import Paths
from app.vault import keyfile
from app.vault.derive import FLOOR_MEMORY_KIB, FLOOR_SM3_PASSES, Cost
from app.vault.profiles import GUOMI, PROFILES
from app.vault.slots import WorkerSlot
from tests.desks import DEVICE, Clock
from tests.store.vector import VECTORS

QUICK = Cost(passes=1, memory_kib=FLOOR_MEMORY_KIB)
WORDS, HERS = "fengxiang guihua kaile", "shui kai de lanzhou"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(Paths(tmp_path), Clock(), cost=QUICK)


@pytest.fixture
def opened(gate: Gate) -> Opened:
    return gate.create(WORDS, DEVICE)


def test_a_colleague_opens_with_her_own_words_and_stands_in_the_log(gate: Gate, opened: Opened) -> None:
    keys.let_in(gate, opened, "w-tian", "田干部", Role.OFFICER, HERS)
    hers = gate.unlock("w-tian", HERS)
    assert (hers.key, hers.role) == (opened.key, Role.OFFICER)
    assert [(card.name, card.role) for card in gate.workers()] == [
        ("向海燕", Role.WORKER),
        ("田干部", Role.OFFICER),
    ]
    desk = open_desk(hers, gate.paths, Clock())
    assert desk.store.audit.lines()[-1].actor == "w-tian"
    close_desk(desk)
    with pytest.raises(Locked):
        gate.unlock("w-tian", WORDS)


@pytest.mark.parametrize(
    ("name", "words", "field"),
    [("", HERS, "name"), ("向海燕", HERS, "name"), ("李会计", "short", "passphrase")],
)
def test_nobody_is_let_in_without_a_name_or_under_a_weak_word(
    gate: Gate, opened: Opened, name: str, words: str, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        keys.let_in(gate, opened, "w-li", name, Role.WORKER, words)
    assert refused.value.problems[0].field == field
    assert len(gate.workers()) == 1


def test_who_was_shut_out_opens_nothing_more(gate: Gate, opened: Opened) -> None:
    keys.let_in(gate, opened, "w-tian", "田干部", Role.OFFICER, HERS)
    keys.shut_out(gate, opened, "w-tian")
    with pytest.raises(Locked):
        gate.unlock("w-tian", HERS)
    with pytest.raises(UserError, match="自己"):
        keys.shut_out(gate, opened, opened.worker)


def test_an_auditor_lets_nobody_in(gate: Gate, opened: Opened) -> None:
    keys.let_in(gate, opened, "w-shen", "审计小组", Role.AUDITOR, HERS)
    auditor = gate.unlock("w-shen", HERS)
    with pytest.raises(UserError, match="审计员"):
        keys.let_in(gate, auditor, "w-x", "某人", Role.WORKER, HERS)
    with pytest.raises(UserError, match="审计员"):
        keys.make_recovery(gate, auditor)


def test_nothing_is_entrusted_to_a_key_file_somebody_changed(gate: Gate, opened: Opened) -> None:
    keys.let_in(gate, opened, "w-tian", "田干部", Role.OFFICER, HERS)
    for name in ("keys.json", "keys.json.copy"):
        path = gate.paths.root / name
        data = json.loads(path.read_bytes())
        data["workers"][1]["name"] = "某人"
        path.write_text(json.dumps(data), encoding="utf-8")
    again = gate.unlock("w-xiang", WORDS)  # she can work all the same
    assert not again.sound
    for step in (
        lambda: keys.make_recovery(gate, again),
        lambda: keys.change_passphrase(gate, again, HERS),
        lambda: keys.let_in(gate, again, "w-li", "李会计", Role.WORKER, HERS),
    ):
        with pytest.raises(UserError, match="被人动过"):
            step()
    keys.start_over(gate, again, WORDS)
    assert gate.unlock("w-xiang", WORDS).sound
    assert [card.name for card in gate.workers()] == ["向海燕"]


def test_a_slot_of_the_first_release_becomes_one_of_today_when_it_opens(tmp_path: Path) -> None:
    home = Path(shutil.copytree(VECTORS / "0.1.0", tmp_path / "old"))
    said = json.loads((home / "holds.json").read_text(encoding="utf-8"))
    gate = Gate(Paths(home), Clock(), cost=QUICK)
    assert "向海燕" in keyfile.read(gate.paths.keys).old_fashioned()
    before = gate.unlock(said["worker"], said["passphrase"])
    assert before.sound
    found = keyfile.read(gate.paths.keys)
    assert found.old_fashioned() == ("恢复码",)
    assert gate.unlock(said["worker"], said["passphrase"]) == before
    assert gate.recover(said["worker"], said["code"]).key == before.key
    keys.make_recovery(gate, before)
    assert keyfile.read(gate.paths.keys).old_fashioned() == ()


def test_a_county_may_ask_for_its_own_algorithms_and_old_slots_go_on(gate: Gate, opened: Opened) -> None:
    cost = Cost(FLOOR_SM3_PASSES, 0, 1)
    chinese = Gate(gate.paths, Clock(), cost=cost, profile=GUOMI.name)
    keys.change_passphrase(chinese, chinese.unlock("w-xiang", WORDS), HERS)
    found = keyfile.read(gate.paths.keys)
    slot = found.workers[0]
    assert isinstance(slot, WorkerSlot)
    assert (slot.lock.derivation, slot.lock.sealing, found.stamped_with) == (
        "pbkdf2-hmac-sm3",
        "sm4-gcm",
        "hmac-sm3",
    )
    assert gate.unlock("w-xiang", HERS).key == opened.key
    assert {one.name for one in PROFILES.values()} == set(settings.PROFILES)


def test_a_passphrase_bound_to_the_computer_opens_there_only_and_the_sheet_everywhere(tmp_path: Path) -> None:
    here = Gate(Paths(tmp_path), Clock(), cost=QUICK, device_secret=lambda make: b"d" * 32)
    opened = here.create(WORDS, DEVICE)
    code = keys.make_recovery(here, opened)
    keys.change_passphrase(here, opened, HERS, with_device=True)
    assert here.unlock("w-xiang", HERS) == opened
    elsewhere = Gate(Paths(tmp_path), Clock(), cost=QUICK)
    with pytest.raises(UserError, match="绑在另一台电脑"):
        elsewhere.unlock("w-xiang", HERS)
    assert elsewhere.recover("w-xiang", code) == opened
    with pytest.raises(UserError, match="钥匙串"):
        keys.change_passphrase(elsewhere, opened, WORDS, with_device=True)


def test_wrong_tries_stand_in_the_log_of_whoever_comes_in_after_them(gate: Gate, opened: Opened) -> None:
    for _ in range(2):
        with pytest.raises(Locked):
            gate.unlock("w-xiang", "not this one")
    desk = open_desk(gate.unlock("w-xiang", WORDS), gate.paths, Clock())
    assert [(one.verb, one.detail) for one in desk.store.audit.lines()[-2:]] == [
        ("failed unlock", "2"),
        ("unlock", "passphrase"),
    ]
    close_desk(desk)
    desk = open_desk(gate.unlock("w-xiang", WORDS), gate.paths, Clock())
    assert [one.verb for one in desk.store.audit.lines()[-2:]] == ["unlock", "unlock"]
    close_desk(desk)
