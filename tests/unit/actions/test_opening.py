"""The desk is laid out whatever lies in the folder of policy packs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, open_desk
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.policy import COUNTY


def test_a_broken_policy_pack_keeps_nobody_from_her_work(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths, clock = Paths(tmp_path), Clock()
    opened = Gate(paths, clock, cost=Cost(1, FLOOR_MEMORY_KIB)).create("guyu qian zhongwan douzi", DEVICE)
    shutil.copytree(COUNTY, paths.packs / "yunling")
    sound = open_desk(opened, paths, clock)
    assert (sound.pack.region, sound.pack_problems) == ("439901", ())
    close_desk(sound)
    (paths.packs / "zz").mkdir()
    (paths.packs / "zz" / "pack.toml").write_text("name = ", encoding="utf-8")
    desk = open_desk(opened, paths, clock)
    assert desk.pack.region == "439901"
    assert [problem.field for problem in desk.pack_problems] == ["pack.toml 第 1 行"]
    assert "left out" in caplog.text
    caplog.clear()
    close_desk(desk)
