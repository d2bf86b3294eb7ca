"""Pictures go up after a round by themselves, and one another computer took is fetched when looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import far_files
from app.actions.desk import Desk
from app.actions.registers import pictures
from app.domain.photo import Photo
from app.domain.registers.pictures import field_of
from app.domain.registers.public_notice import PublicNotice
from tests.sync.albums import carry, computer, notice_with, sync
from tests.sync.files import FilesCounty, files_county
from tests.ui.laptop import asked, enrolled, running, unlock
from ui import syncing
from ui.bootstrap import Program
from ui.forms.visits.photo_show import PhotoShow
from ui.syncing import Syncing

__all__ = ["files_county"]
WAIT_MS = 20_000


@pytest.fixture
def program(
    look: QApplication, files_county: FilesCounty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """At work, with sync only when the test says so."""
    monkeypatch.setattr(syncing, "FIRST_TRY_MS", 24 * 3600 * 1000)
    paths = enrolled(tmp_path, files_county.enrol(worker="杨桂英").identity)
    with running(look, paths, automatic_sync=True) as made:
        unlock(made)
        yield made


@pytest.fixture
def colleague(files_county: FilesCounty, tmp_path: Path) -> Iterator[Desk]:
    """Another computer of the village, with one picture of her own."""
    desk = computer(tmp_path / "colleague", files_county)
    yield desk
    desk.store.close()


def courier_of(program: Program) -> Syncing:
    assert program.inside is not None
    return program.inside.courier


def a_round(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(courier_of(program).changed, timeout=WAIT_MS):
        courier_of(program).now()


def strip(program: Program, notice: str) -> tuple[PhotoShow, Photo]:
    """The pictures of a notice as a page shows them."""
    found = asked(program, lambda desk: desk.store.reading.get(PublicNotice, notice))
    shown = PhotoShow(field_of(found), partial(program.tasks.run, program))
    shown.record = lambda: notice
    shown.show_photos(found.photos)
    program.tasks.run(program, lambda desk: pictures.small(desk, notice), shown.take_images)
    return shown, found.photos[0]


def test_what_waits_goes_up_after_the_records_by_itself(
    program: Program, files_county: FilesCounty, qtbot: QtBot
) -> None:
    _, taken = asked(program, notice_with)
    a_round(program, qtbot)
    qtbot.waitUntil(lambda: not courier_of(program).files.running, timeout=WAIT_MS)
    assert set(files_county.kept()) == {taken.sha256, taken.thumb}
    assert asked(program, far_files.waiting).files == 0
    assert courier_of(program).files.trouble == ""


def test_the_badge_is_green_only_when_the_pictures_have_arrived_too(
    program: Program, files_county: FilesCounty, qtbot: QtBot
) -> None:
    assert program.inside is not None
    badge = program.inside.workspace.top.badge
    files = courier_of(program).files
    asked(program, notice_with)
    files.put_off()  # the records go, the pictures stay
    a_round(program, qtbot)
    qtbot.waitUntil(lambda: badge.text() == "1 张照片等着上传", timeout=WAIT_MS)
    files.go_on()
    files.send()
    qtbot.waitUntil(lambda: badge.text() == "全部传好了", timeout=WAIT_MS)
    assert asked(program, far_files.waiting).files == 0


def test_a_picture_another_took_comes_small_when_shown_and_whole_when_opened(
    program: Program, files_county: FilesCounty, colleague: Desk, qtbot: QtBot
) -> None:
    notice, taken = notice_with(colleague)
    sync(colleague, files_county.url)
    carry(colleague, files_county.url)
    a_round(program, qtbot)
    shown, photo = strip(program, notice)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: photo.id in shown.images, timeout=WAIT_MS)
    assert asked(program, lambda desk: desk.store.attachments.find(taken.id)) is None, "only the small copy"
    shown.look(photo.id)
    qtbot.waitUntil(
        lambda: shown.view.photo.image is not None and shown.view.photo.image.width() == 640, timeout=WAIT_MS
    )
    assert not courier_of(program).files.trouble


def test_a_picture_that_has_not_come_yet_is_said_to_be_on_its_way(
    program: Program, files_county: FilesCounty, colleague: Desk, qtbot: QtBot
) -> None:
    notice, _ = notice_with(colleague)
    sync(colleague, files_county.url)
    a_round(program, qtbot)
    shown, photo = strip(program, notice)
    qtbot.addWidget(shown)
    assert shown.strip.tiles[0].waiting == "照片还没到"
    shown.look(photo.id)
    qtbot.waitUntil(lambda: "还没传到县里" in shown.view.title.text(), timeout=WAIT_MS)
    carry(colleague, files_county.url)
    shown.look(photo.id)
    qtbot.waitUntil(lambda: photo.id in shown.images or shown.view.photo.image is not None, timeout=WAIT_MS)
