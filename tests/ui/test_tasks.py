"""The thread law: work is done on one thread, outcomes come home, nobody is called who is gone."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QObject
from PySide6.QtWidgets import QWidget

from app.domain.problem import StorageFault, UserError
from ui import notices
from ui.tasks import Tasks


def test_the_desk_is_opened_used_and_closed_on_one_thread_that_is_not_the_screens(tasks: Tasks) -> None:
    seen: list[str] = []

    def note() -> None:
        seen.append(threading.current_thread().name)

    owner = QObject()
    tasks.open(owner, lambda: (note(), "desk")[1])
    tasks.run(owner, lambda desk: note())
    tasks.close(lambda desk: note())
    assert len(seen) == 3
    assert len(set(seen)) == 1
    assert seen[0] != threading.main_thread().name


def test_the_screens_thread_sleeps_while_it_waits_for_work(tasks: Tasks) -> None:
    asleep, heard = threading.Event(), list[bool]()
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.aboutToBlock.connect(asleep.set)
    tasks.run(tasks, lambda _desk: asleep.wait(30), heard.append)
    assert tasks.wait_idle(60_000)
    dispatcher.aboutToBlock.disconnect(asleep.set)
    assert heard == [True], "it span instead, and took the processor from the work"


def test_waiting_ends_at_its_limit_though_nothing_happens(tasks: Tasks) -> None:
    gate = threading.Event()
    tasks.run(tasks, lambda _desk: gate.wait(60))
    assert not tasks.wait_idle(50)
    gate.set()
    assert tasks.wait_idle(60_000)


def test_whoever_hears_an_outcome_may_wait_for_all_other_work(tasks: Tasks) -> None:
    idle, order = list[bool](), list[str]()

    def heard(_result: object) -> None:
        tasks.run(tasks, lambda _desk: "next", order.append)
        idle.append(tasks.wait_idle(60_000))
        tasks.close(lambda _desk: order.append("closed"))

    tasks.open(tasks, lambda: "desk", heard)
    assert tasks.wait_idle(60_000)
    assert (idle, order) == ([True], ["next", "closed"])


def test_work_on_pictures_keeps_no_save_waiting(tasks: Tasks) -> None:
    gate, order, names = threading.Event(), list[str](), list[str]()
    owner = QObject()

    def develop() -> str:
        gate.wait(5)
        names.append(threading.current_thread().name)
        return "picture"

    def save(_desk: object) -> str:
        names.append(threading.current_thread().name)
        gate.set()
        return "save"

    tasks.beside(owner, develop, order.append)
    tasks.run(owner, save, order.append)
    assert tasks.wait_idle()
    assert order == ["save", "picture"]
    assert len({*names, threading.main_thread().name}) == 3


def test_what_goes_wrong_with_a_picture_comes_home_too(tasks: Tasks) -> None:
    heard: list[Exception] = []
    owner = QObject()

    def develop() -> None:
        raise UserError("这不是照片。")

    tasks.beside(owner, develop, failed=heard.append)
    assert tasks.wait_idle()
    assert [str(error) for error in heard] == ["这不是照片。"]


def test_work_is_done_in_the_order_it_was_asked(tasks: Tasks) -> None:
    done: list[int] = []
    owner = QObject()
    for number in range(20):
        tasks.run(owner, lambda desk, number=number: number, done.append)
    assert tasks.wait_idle()
    assert done == list(range(20))


def test_the_desk_given_to_work_is_the_one_that_was_opened(tasks: Tasks) -> None:
    got: list[str] = []
    owner = QObject()
    tasks.open(owner, lambda: "desk", got.append)
    tasks.run(owner, lambda desk: desk + "!", got.append)
    assert tasks.wait_idle()
    assert got == ["desk", "desk!"]


def test_an_outcome_for_a_page_that_is_gone_is_dropped_but_the_work_is_done(tasks: Tasks) -> None:
    holder = QWidget()
    page = QWidget(holder)
    gate, done, home = threading.Event(), [], []
    tasks.run(page, lambda desk: (gate.wait(5), done.append("kept")), lambda _result: home.append("called"))
    import shiboken6

    shiboken6.delete(page)
    gate.set()
    assert tasks.wait_idle()
    assert done == ["kept"]
    assert home == []


def test_an_error_goes_to_whoever_asked_for_it(tasks: Tasks) -> None:
    errors: list[Exception] = []

    def work(_desk: object) -> None:
        raise UserError("身份证号少一位。", field="number")

    tasks.run(QObject(), work, None, errors.append)
    owner = QObject()
    tasks.run(owner, work, None, errors.append)
    assert tasks.wait_idle()
    assert [str(error) for error in errors][-1] == "身份证号少一位。"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UserError("先选一户。"), notices.Kind.WARN),
        (StorageFault("电脑满了，新的存不进去。"), notices.Kind.BAD),
    ],
)
def test_an_error_nobody_asked_for_is_said_in_its_own_words(
    tasks: Tasks, error: Exception, kind: notices.Kind
) -> None:
    def work(_desk: object) -> None:
        raise error

    owner = QObject()
    with notices.recorded() as heard:
        tasks.run(owner, work)
        assert tasks.wait_idle()
    assert [(one.kind, one.words) for one in heard] == [(kind, str(error))]


def test_work_that_comes_after_the_store_was_closed_is_left_undone(tasks: Tasks) -> None:
    heard: list[object] = []
    tasks.close()
    tasks.run(tasks, lambda desk: heard.append(desk), heard.append, heard.append)
    tasks.apart(tasks, lambda: "no store needed", heard.append)
    assert tasks.wait_idle()
    assert heard == ["no store needed"]
