"""The county's packs and the settings come back with a backup, and never over what a computer has already."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app import container, settings
from app.actions.safekeeping import backups, replacing, restore_words, restoring
from app.domain.manifest import Reason, to_bytes
from app.domain.problem import StorageFault
from app.paths import Paths
from app.settings import Settings
from tests.policy import COUNTY
from tests.unit.actions.backing import Laptop, backed_up, laptop, look

PACK = "county/offices.toml"
LARGE = Settings(size="largest", lock_after_minutes=20)


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    made = laptop(tmp_path)
    shutil.copytree(COUNTY, made.paths.packs / "county")
    settings.save(made.paths.settings, LARGE)
    return made


def test_a_new_computer_gets_both(box: Laptop, tmp_path: Path) -> None:
    file = backed_up(box)
    new = Paths(tmp_path / "new")
    candidate = look(new, file, box.clock)
    assert "县里的政策包和设置（字大小这些）一起放回去" in restore_words.inside(candidate.preview)
    restoring.use(candidate, box.clock())
    assert (new.packs / PACK).read_bytes() == (COUNTY / "offices.toml").read_bytes()
    assert settings.load(new.settings) == LARGE


def test_nothing_inside_names_the_folder_backups_go_to(box: Laptop, tmp_path: Path) -> None:
    (tmp_path / "somebody").mkdir()
    box.choose(tmp_path / "somebody")
    file = backed_up(box)
    assert "somebody" in str(file)
    assert b"somebody" not in file.read_bytes()
    assert "somebody" not in container.outside(file).raw.decode()


def test_the_stick_it_lies_on_is_chosen_again(box: Laptop, tmp_path: Path) -> None:
    folder = tmp_path / "stick" / "首访通备份"
    folder.mkdir(parents=True)
    file = Path(shutil.move(backed_up(box), folder))
    new = Paths(tmp_path / "new")
    restoring.use(look(new, file, box.clock), box.clock())
    assert settings.load(new.settings) == replace(LARGE, backup_folder=str(tmp_path / "stick"))


def test_what_is_here_stays(box: Laptop) -> None:
    file = backed_up(box)
    newer = (box.paths.packs / PACK).read_bytes() + b"\n# newer\n"
    (box.paths.packs / PACK).write_bytes(newer)
    settings.save(box.paths.settings, Settings(size="large"))
    candidate = look(box.paths, file, box.clock)
    assert "县里的政策包和设置（字大小这些）这台电脑上有，用这台电脑上的" in restore_words.inside(
        candidate.preview
    )
    done = restoring.use(candidate, box.clock())
    assert (box.paths.packs / PACK).read_bytes() == newer
    assert settings.load(box.paths.settings).size == "large"
    assert done.aside is not None
    assert not (done.aside / "packs").exists()


def test_what_came_meanwhile_stays_too(box: Laptop, tmp_path: Path) -> None:
    file = backed_up(box)
    new = Paths(tmp_path / "new")
    candidate = look(new, file, box.clock)
    settings.save(new.settings, Settings(size="large"))
    restoring.use(candidate, box.clock())
    assert settings.load(new.settings).size == "large"
    assert (new.packs / PACK).exists()
    assert not replacing.stage_of(new).exists()


def test_a_backup_without_them_says_nothing_of_them(tmp_path: Path) -> None:
    box = laptop(tmp_path)
    candidate = look(Paths(tmp_path / "new"), backed_up(box), box.clock)
    assert candidate.preview.brought == ()
    assert not [
        line for line in restore_words.inside(candidate.preview) if "政策包" in line or "设置" in line
    ]


def test_a_pack_that_cannot_be_read_keeps_nobody_from_a_backup(
    box: Laptop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(shutil, "copytree", refused)
    desk = box.open()
    assert backups.make(desk, box.opened.key, box.paths, Reason.ASKED).good
    desk.store.close()
    assert "left out" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    "name", ["packs/../keys.json", "packs/", "packs//etc/x", "packs/c:x", "settings.json/x"]
)
def test_a_part_that_would_land_elsewhere_makes_it_no_backup(box: Laptop, name: str, tmp_path: Path) -> None:
    file = backed_up(box)
    outside = container.outside(file)
    odd = container.part_of(name, file)
    raw = to_bytes(replace(outside.manifest, parts=(*outside.manifest.parts, odd)))
    sources = {}
    for part in outside.manifest.parts:
        sources[part.name] = tmp_path / "out" / part.name
        container.take_out(file, part, sources[part.name])
    container.write(tmp_path / "odd.sftbak", raw, outside.stamp, {**sources, name: file})
    with pytest.raises(StorageFault):
        container.outside(tmp_path / "odd.sftbak")
