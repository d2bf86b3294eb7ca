"""The lock and the first start: calm words beside the box, and nothing shown that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.problem import StorageFault, UserError
from tests.ui.test_gallery import cut, seen
from ui import theme
from ui.pages.first_start import FirstStart
from ui.pages.unlock import UnlockPage, wait_words
from ui.screens import OFFICE
from ui.widgets.rows import RowList
from ui.widgets.text import LineBox
from ui.widgets.unlock_side import Unsent

pytestmark = pytest.mark.usefixtures("look")
RIGHT = "guyu qian zhongwan douzi"


class Door:
    """A gate that answers at once, from a passphrase it knows."""

    def __init__(self, people: Sequence[tuple[str, str]] = (("w1", "向海燕"), ("w2", "彭丽"))) -> None:
        self.people, self.left, self.seconds = people, 5, 0
        self.sheet = False
        self.error: Exception | None = None

    def place(self) -> str:
        return "枫香镇 · 青石垭村"

    def workers(self) -> Sequence[tuple[str, str]]:
        return self.people

    def waiting_seconds(self) -> int:
        return self.seconds

    def help_phone(self) -> str:
        return "154-0000 2201"

    def can_recover(self) -> bool:
        return self.sheet

    def unlock(
        self, worker: str, passphrase: str, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        if self.error is not None:
            failed(self.error)
        elif passphrase == RIGHT:
            done()
        else:
            self.left -= 1
            failed(
                UserError(
                    f"口令不对，资料没有动。还能试 {self.left} 次，再错要等 10 分钟。", field="passphrase"
                )
            )


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def page(qtbot: QtBot, door: Door) -> Iterator[UnlockPage]:
    made = UnlockPage(door, lambda: False)
    made.resize(OFFICE)
    made.show()
    yield made
    shiboken6.delete(made)


def test_the_right_passphrase_opens_for_the_one_who_was_chosen(page: UnlockPage) -> None:
    opened: list[str] = []
    page.unlocked.connect(opened.append)
    page.who.cards[1].click()
    page.box.setText(RIGHT)
    page.open_button.click()
    assert opened == ["w2"]
    assert page.box.text() == ""


def test_a_wrong_one_is_told_beside_the_box_with_the_tries_left(page: UnlockPage) -> None:
    page.box.setText("别的")
    page.open_button.click()
    assert page.note.lead.text() == "口令不对，资料没有动。"
    assert page.note.text.text() == "还能试 4 次，再错要等 10 分钟。"
    assert page.box.property("bad") is True
    assert page.focusWidget() is page.box
    assert page.open_button.isEnabled()


def test_caps_lock_is_pointed_out(qtbot: QtBot, door: Door) -> None:
    page = UnlockPage(door, lambda: True)
    page.box.setText("别的")
    page.open_button.click()
    assert page.note.text.text().endswith("大写锁定（Caps Lock）亮着，先按一下关掉。")
    shiboken6.delete(page)


def test_too_many_tries_count_the_wait_down_and_then_let_go(page: UnlockPage, door: Door) -> None:
    door.seconds = 580
    page.box.setText("别的")
    page.open_button.click()
    assert not page.open_button.isEnabled()
    assert page.note.lead.text() == "请等 9 分 40 秒。"
    assert "154-0000 2201" in page.note.text.text()
    door.seconds = 0
    page._wait.timeout.emit()
    assert page.open_button.isEnabled()
    assert not page.note.isVisible()


@pytest.mark.parametrize(("seconds", "said"), [(580, "请等 9 分 40 秒。"), (9, "请等 9 秒。")])
def test_the_wait_is_said_in_minutes_and_seconds(seconds: int, said: str) -> None:
    assert wait_words(seconds) == said


def test_a_file_from_a_newer_release_is_said_to_be_untouched(page: UnlockPage, door: Door) -> None:
    door.error = StorageFault("这份资料是新版写的。请先升级，资料没有动。")
    page.box.setText(RIGHT)
    page.open_button.click()
    assert page.note.lead.text() + page.note.text.text() == "这份资料是新版写的。请先升级，资料没有动。"


def test_an_unknown_error_shows_its_number_on_the_lock(
    page: UnlockPage, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.error = RuntimeError(RIGHT)
    page.box.setText(RIGHT)
    page.open_button.click()
    assert "编号" in page.note.lead.text()
    assert RIGHT not in page.note.lead.text() + caplog.text
    caplog.clear()


def test_the_passphrase_is_hidden_until_looked_at(page: UnlockPage) -> None:
    assert page.box.echoMode() is QLineEdit.EchoMode.Password
    page.peek.click()
    assert page.box.echoMode() is QLineEdit.EchoMode.Normal
    page.peek.click()
    assert page.box.echoMode() is QLineEdit.EchoMode.Password


def test_choosing_another_worker_forgets_what_was_typed(page: UnlockPage) -> None:
    page.box.setText("别的")
    page.who.cards[1].click()
    assert page.box.text() == ""


def test_forgetting_is_answered_with_the_towns_phone(page: UnlockPage) -> None:
    page.forgot.click()
    assert page.note.lead.text() == "资料加了密，我们也打不开。"
    assert page.note.text.text() == "找镇里重置：154-0000 2201。"


def test_many_workers_are_a_list_and_hidden_names_are_typed(qtbot: QtBot) -> None:
    many = UnlockPage(Door([(str(n), f"村民{n}") for n in range(6)]), lambda: False)
    hidden = UnlockPage(Door([]), lambda: False)
    assert isinstance(many.who, RowList)
    assert many.worker() == "0"
    assert isinstance(hidden.who, LineBox)
    shiboken6.delete(many)
    shiboken6.delete(hidden)


@pytest.mark.parametrize("size", list(theme.Size))
def test_no_word_on_the_lock_is_cut(look: QApplication, door: Door, size: theme.Size) -> None:
    theme.apply(look, theme.Theme(size))
    made = UnlockPage(door, lambda: False, unsent=Unsent(6, 2))
    made.resize(OFFICE)
    made.show()
    made.box.setText("别的")
    made.open_button.click()
    made.box.clear()
    QApplication.processEvents()
    QApplication.processEvents()
    assert [text for one in seen(made) if (text := cut(one))] == []
    shiboken6.delete(made)


class County:
    """An enrolment that answers at once."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def enrol(
        self, address: str, code: str, done: Callable[[str, str], None], failed: Callable[[Exception], None]
    ) -> None:
        if code == "7K2M-9PXQ":
            done("枫香镇 · 青石垭村", "向海燕")
        else:
            failed(UserError("这个码县里不认，照着纸再看一遍。", field="code"))

    def weakness(self, passphrase: str) -> str:
        return "口令太短，至少 8 个字。" if len(passphrase) < 8 else ""

    def make(self, passphrase: str, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self.made.append(passphrase)
        done()


@pytest.fixture
def county() -> County:
    return County()


@pytest.fixture
def start(county: County) -> Iterator[FirstStart]:
    made = FirstStart(county)
    made.resize(OFFICE)
    made.show()
    yield made
    shiboken6.delete(made)


def enrol(start: FirstStart, code: str = "7K2M-9PXQ") -> None:
    start.address.setText("https://county.example")
    start.code.setText(code)
    start.next_button.click()


def test_a_code_the_county_does_not_know_is_told_at_the_code(start: FirstStart) -> None:
    enrol(start, "WRONG")
    assert start.code_field.error == "这个码县里不认，照着纸再看一遍。"
    assert start.pages.currentIndex() == 0
    assert start.code.text() == "WRONG"
    assert start.focusWidget() is start.code, "it is mended where it is wrong"


def test_the_place_is_read_back_before_the_passphrase_is_made(start: FirstStart) -> None:
    enrol(start)
    assert start.pages.currentIndex() == 1
    assert start.note.lead.text() == "县里认得了：枫香镇 · 青石垭村，向海燕。"


def test_a_weak_passphrase_and_two_that_differ_are_told_in_place(start: FirstStart, county: County) -> None:
    enrol(start)
    start.first.setText("短")
    start.make_button.click()
    assert start.first_field.error == "口令太短，至少 8 个字。"
    start.first.setText(RIGHT)
    start.second.setText(RIGHT + "了")
    start.make_button.click()
    assert start.second_field.error == "两遍不一样。再打一遍。"
    assert county.made == []


def test_the_file_is_made_once_both_agree_and_nothing_stays_in_the_boxes(
    start: FirstStart, county: County
) -> None:
    finished: list[str] = []
    start.finished.connect(finished.append)
    enrol(start)
    start.first.setText(RIGHT)
    start.second.setText(RIGHT)
    start.make_button.click()
    assert county.made == [RIGHT]
    assert finished == ["向海燕"]
    assert start.first.text() + start.second.text() == ""


def test_empty_boxes_are_pointed_at(start: FirstStart) -> None:
    start.next_button.click()
    assert start.address_field.error == "照着县里发的纸打上。"


@pytest.mark.parametrize("size", list(theme.Size))
def test_no_word_of_the_first_start_is_cut(look: QApplication, county: County, size: theme.Size) -> None:
    theme.apply(look, theme.Theme(size))
    made = FirstStart(county)
    made.resize(OFFICE)
    made.show()
    for step in (0, 1):
        made.pages.setCurrentIndex(step)
        QApplication.processEvents()
        QApplication.processEvents()
        assert [text for one in seen(made) if (text := cut(one))] == []
    shiboken6.delete(made)
