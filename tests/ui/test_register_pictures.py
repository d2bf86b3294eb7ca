"""Photos of a notice on its board and of signed minutes, by the hand of a worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.actions.registers import notices, reviews, writing
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.review import Review
from demo.hand import Hand
from tests.ui.fitting import cut
from tests.ui.laptop import asked, enrolled, go, running, unlock
from tests.ui.photographing import picture, words_of
from tests.unit.actions.test_registers import MEETING, SHEET
from tests.unit.documents.pages import words
from tests.unit.pictures.shots import house, saved
from ui.bootstrap import Program
from ui.forms.visits.photos import PhotosEditor


@pytest.fixture
def program(qtbot: QtBot, look: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(look, enrolled(tmp_path)) as made:
        unlock(made)
        made.window.resize(1366, 696)
        made.window.activateWindow()
        qtbot.waitActive(made.window)
        yield made


def page(program: Program) -> Any:
    assert program.window.workspace is not None
    return program.window.workspace.page()


def strip(program: Program) -> PhotosEditor:
    editor = page(program).view.photos.editor
    assert isinstance(editor, PhotosEditor)
    return editor


def only(program: Program, kind: Any) -> Any:
    (made,) = asked(program, lambda desk: writing.every(desk, kind))
    return made


def test_a_notice_gets_its_photo_on_the_wall_and_later_off_it(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(program)
    asked(program, lambda desk: notices.post(desk, replace(SHEET, on=date(2026, 11, 3))))
    go(program, "registers", book="public_notice")
    hand.wait_for("缺照片")
    hand.pick("低保初审意见")
    assert words_of(strip(program)) == ["贴出来"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(picture(tmp_path, "a.jpg"))], ""))
    strip(program).shown.strip.tiles[0].click()
    strip(program).sources.file.click()
    hand.settle()
    assert [one.category for one in only(program, PublicNotice).photos] == ["posted"]
    hand.click("撤下来了")
    assert words_of(strip(program)) == ["贴出来", "撤下来"]
    assert [tile.wanted for tile in strip(program).shown.strip.tiles] == [False, True]
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_: ([str(picture(tmp_path, "b.jpg", 500))], "")
    )
    strip(program).shown.strip.tiles[1].click()
    strip(program).sources.file.click()
    hand.settle()
    assert [one.category for one in only(program, PublicNotice).photos] == ["posted", "down"]
    hand.click("打照片")
    assert "2.撤下来" in words(page(program).flow._paper.in_hand(), 0)
    hand.click("回去")
    hand.click("回台账")
    hand.wait_for("2 张照片")


def test_signed_minutes_are_pasted_and_come_back_after_being_taken_out(program: Program) -> None:
    hand = Hand(program)
    asked(program, lambda desk: reviews.add(desk, MEETING))
    go(program, "registers", book="democratic_review", line=only(program, Review).id)
    hand.settle()
    assert words_of(strip(program)) == ["签字的记录"]
    QGuiApplication.clipboard().setImage(QImage.fromData(saved(house(90, 60))))
    strip(program).sources.paste_now()
    QGuiApplication.clipboard().clear()
    hand.settle()
    (kept,) = only(program, Review).papers
    strip(program).shown.look(kept.id)
    hand.settle()
    hand.click("去掉这张")
    assert only(program, Review).papers == ()
    assert words_of(strip(program)) == ["签字的记录"]
    hand.click("放回来")
    assert only(program, Review).papers == (kept,)
    go(program, "today")
    hand.settle()
    assert len(asked(program, lambda desk: desk.store.attachments.ids())) == 2, "the page and its small copy"


def test_what_was_taken_out_is_gone_once_the_line_is_left(program: Program, tmp_path: Path) -> None:
    hand = Hand(program)
    asked(program, lambda desk: reviews.add(desk, MEETING))
    go(program, "registers", book="democratic_review", line=only(program, Review).id)
    hand.settle()
    strip(program).take([lambda: picture(tmp_path, "page.jpg").read_bytes()])
    hand.settle()
    (kept,) = only(program, Review).papers
    strip(program).shown.strip.tile(f"photo:{kept.id}").removed.emit()  # type: ignore[union-attr]  # it stands there
    hand.settle()
    hand.click("回台账")
    assert asked(program, lambda desk: desk.store.attachments.ids()) == frozenset()


def test_what_is_no_picture_is_refused_in_words_beside_the_strip(program: Program, tmp_path: Path) -> None:
    hand = Hand(program)
    asked(program, lambda desk: reviews.add(desk, MEETING))
    go(program, "registers", book="democratic_review", line=only(program, Review).id)
    hand.settle()
    strip(program).take([lambda: b"no picture"])
    hand.settle()
    assert not page(program).view.photos.trouble.isHidden()
    assert only(program, Review).papers == ()
    strip(program).take([lambda: picture(tmp_path, "page.jpg").read_bytes()])
    hand.settle()
    assert len(only(program, Review).papers) == 1
    assert page(program).view.photos.trouble.isHidden()


def test_a_picture_on_its_way_reaches_its_line_though_the_worker_has_gone_on(
    program: Program, tmp_path: Path
) -> None:
    hand = Hand(program)
    asked(program, lambda desk: (reviews.add(desk, MEETING), notices.post(desk, SHEET)))
    go(program, "registers", book="democratic_review", line=only(program, Review).id)
    hand.settle()
    strip(program).take([lambda: picture(tmp_path, "page.jpg").read_bytes()])
    page(program).open(book="public_notice", line=only(program, PublicNotice).id)
    hand.settle()
    assert page(program).view.line == only(program, PublicNotice)
    assert len(only(program, Review).papers) == 1
    assert only(program, PublicNotice).photos == ()


@pytest.mark.parametrize(("size", "room"), [("standard", (1366, 696)), ("largest", (1093, 614))])
def test_the_pictures_of_a_line_are_cut_at_no_size(
    program: Program, tmp_path: Path, size: str, room: tuple[int, int]
) -> None:
    program.change_settings(replace(program.settings, size=size))
    program.window.resize(*room)
    asked(program, lambda desk: reviews.add(desk, MEETING))
    go(program, "registers", book="democratic_review", line=only(program, Review).id)
    hand = Hand(program)
    hand.settle()
    strip(program).open_for("signed")
    hand.settle()
    assert cut(page(program)) == []
    strip(program).take([lambda: picture(tmp_path, "page.jpg").read_bytes()])
    hand.settle()
    strip(program).shown.look(only(program, Review).papers[0].id)
    hand.settle()
    assert cut(page(program)) == []
