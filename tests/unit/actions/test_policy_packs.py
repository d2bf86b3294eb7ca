"""A pack takes the other's place in one step, and nothing a computer cannot vouch for is ever in force."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import packs
from app.actions.desk import Desk
from app.actions.policy import policy_packs
from app.actions.policy.policy_packs import FILE, in_force
from app.domain.problem import StorageFault, UserError
from app.store import Store
from app.vault import pack_signature
from sync.server.packs import sign
from tests.desks import DEVICE, Clock, desk_on
from tests.policy import COUNTY

KEY = bytes(range(32))
KNOWN = replace(DEVICE, pack_key=pack_signature.public_of(KEY))
AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(COUNTY, tmp_path / "yunling")
    return tmp_path / "yunling"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = desk_on(Store(tmp_path / "store.db", bytes(32), create=True), Clock())
    desk.store.meta.set_device(KNOWN)
    return replace(desk, packs=tmp_path / "packs")


def made(folder: Path, version: str, *, key: bytes = KEY, region: str = "439901", note: str = "") -> bytes:
    text = (COUNTY / "pack.toml").read_text("utf-8").replace('version = "1"', f'version = "{version}"')
    (folder / "pack.toml").write_text(text.replace("439901", region, 1).replace("虚构的", note, 1), "utf-8")
    return sign([folder], key, AT)


def held(desk: Desk) -> str:
    assert desk.packs is not None
    return in_force(desk.packs, KNOWN).pack.signed


def test_older_same_foreign_and_strange_packs_leave_the_one_in_force(desk: Desk, folder: Path) -> None:
    desk = policy_packs.install(desk, made(folder, "5"))
    refused = {
        "是旧的": made(folder, "4"),
        "已经在用": made(folder, "5"),
        "内容却": made(folder, "5", note="别的"),
        "不是本县签的": made(folder, "6", key=bytes(32)),
        "不是本县的": made(folder, "6", region="4301"),
        "没有打开": bytes(2_000_000),
        "不是政策包": b"hello",
    }
    for words, raw in refused.items():
        with pytest.raises(UserError, match=words):
            policy_packs.install(desk, raw)
        assert held(desk) == "5"


def test_an_older_pack_stays_out_even_when_the_newer_one_was_taken_away(desk: Desk, folder: Path) -> None:
    policy_packs.install(desk, made(folder, "5"))
    assert desk.packs is not None
    same = (desk.packs / FILE).read_bytes()
    (desk.packs / FILE).unlink()
    with pytest.raises(UserError, match="已经用过第 5 版"):
        policy_packs.install(desk, made(folder, "4"))
    assert policy_packs.install(desk, same).pack.signed == "5"


def test_a_store_put_back_from_a_backup_does_not_bring_an_older_pack_back(desk: Desk, folder: Path) -> None:
    policy_packs.install(desk, five := made(folder, "5"))
    remembered = desk.store.meta.get(policy_packs.IN_FORCE)
    later = policy_packs.install(desk, made(folder, "6"))
    desk.store.meta.set(policy_packs.IN_FORCE, remembered)
    with pytest.raises(UserError, match="已经用过第 6 版"):
        policy_packs.install(later, five)


def test_a_power_cut_leaves_the_one_pack_or_the_other(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = policy_packs.install(desk, made(folder, "5"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("os.replace", "os.fsync"):
        with monkeypatch.context() as cut:
            cut.setattr(step, full)
            with pytest.raises(StorageFault):
                policy_packs.install(desk, made(folder, "6"))
        assert held(desk) == "5"
    assert policy_packs.install(desk, made(folder, "6")).pack.signed == held(desk) == "6"


def test_a_pack_with_a_mistake_is_never_put_in_force(desk: Desk, folder: Path) -> None:
    raw = made(folder, "5")
    found = policy_packs.install(desk, raw)
    assert desk.packs is not None
    shipped = packs.shipped
    with pytest.MonkeyPatch.context() as older:  # a release whose reference lacks what the pack builds on
        older.setattr(packs, "shipped", lambda name: replace(shipped(name), files={"pack.toml": b""}))  # type: ignore[type-var]  # hunan is shipped
        with pytest.raises(UserError, match="政策包有毛病"):
            policy_packs.install(found, made(folder, "6"))
        older.setattr(packs, "shipped", lambda _: None)
        with pytest.raises(UserError, match="先装新版"):
            policy_packs.install(found, made_before := raw)
    assert (desk.packs / FILE).read_bytes() == made_before
    assert held(desk) == "5"


def test_an_altered_file_and_an_unsigned_folder_are_not_in_force_where_the_county_signs(
    desk: Desk, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert desk.packs is not None
    shutil.copytree(COUNTY, desk.packs / "yunling")
    found = in_force(desk.packs, KNOWN)
    assert (found.pack.region, found.problems[0].field) == ("43", "yunling")
    assert "没有签名" in found.problems[0].words
    policy_packs.install(desk, made(folder, "5"))
    assert in_force(desk.packs, KNOWN).problems == ()
    raw = bytearray((desk.packs / FILE).read_bytes())
    raw[len(raw) // 2] ^= 1
    (desk.packs / FILE).write_bytes(raw)
    found = in_force(desk.packs, KNOWN)
    assert (found.pack.region, len(found.problems)) == ("43", 1)
    assert "left out" in caplog.text
    caplog.clear()


def test_where_the_county_does_not_sign_yet_a_folder_is_used_and_named(desk: Desk) -> None:
    assert desk.packs is not None
    shutil.copytree(COUNTY, desk.packs / "yunling")
    found = in_force(desk.packs, DEVICE)
    assert (found.pack.unsigned, found.pack.signed, found.pack.region) == (("云岭区",), "", "439901")


def test_a_stick_that_was_pulled_out_says_so(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开这个文件"):
        policy_packs.install_from(desk, tmp_path / "gone.sftpack")
