"""A handful of families behind a real page: an encrypted store on the thread of `Tasks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.tickets import followups, tickets
from app.actions.visits import visits
from app.domain.people.identity import Sex
from app.domain.people.person import Disability, Person
from app.domain.tickets.ticket import Disposition
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, id_number, person
from tests.stores import furnished_store, new_store
from ui.tasks import Tasks

T = TypeVar("T")
KEY = bytes(range(32))
GRANDSON = "01900000-0000-7000-8000-000000000005"
OTHER_HOME, NAMESAKE = "01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b"
LONE_HOME, LONE = "01900000-0000-7000-8000-00000000000c", "01900000-0000-7000-8000-00000000000d"
GONE_HOME, GONE = "01900000-0000-7000-8000-00000000000e", "01900000-0000-7000-8000-00000000000f"


def people() -> tuple[Person, ...]:
    """蒋桂英 and her grandson, her namesake, an old man alone, and somebody who has moved."""
    boy, namesake, alone = date(2017, 9, 1), date(1965, 5, 6), date(1932, 1, 9)
    card = (Disability(4, 3, "", date(2026, 12, 10)),)
    return (
        person(),
        person(
            id=GRANDSON,
            name="何子航",
            sex=Sex.MALE,
            relation="41",
            birth=boy,
            id_number=id_number(boy, 111),
            phone="",
        ),
        person(
            id=NAMESAKE,
            household=OTHER_HOME,
            birth=namesake,
            id_number=id_number(namesake, 404),
            phone="",
            disabilities=card,
        ),
        person(
            id=LONE,
            household=LONE_HOME,
            name="彭冬秀",
            birth=alone,
            id_number=id_number(alone, 202),
            tags=("独居",),
        ),
        person(id=GONE, household=GONE_HOME, name="田国富", id_number=None, phone=""),
    )


def furnish(desk: Desk) -> Desk:
    """The families, one open ticket for the grandson, one call due today, one unfinished visit."""
    with desk.unit("roster") as unit:
        unit.save(household(tags=("隔代抚养",)))
        unit.save(
            household(id=OTHER_HOME, group="老屋组", door="12号", head=NAMESAKE, classes=("DB",), phone="")
        )
        unit.save(household(id=LONE_HOME, group="油榨坪组", door="4号", head=LONE))
        unit.save(household(id=GONE_HOME, group="老屋组", door="2号", head=GONE, moved_out=True))
        for one in people():
            unit.save(one)
    ticket = tickets.register(
        desk, request="伢儿读书钱冒得。", household=HOME, visitor=GRANNY, subject=GRANDSON, items=("GE",)
    )
    tickets.decide(desk, ticket.id, Disposition.TRANSFER, to="枫香镇民政办")
    followups.schedule(desk, household=HOME, person=GRANNY, on=desk.today, why="法院走到哪一步")
    visits.begin(desk, OTHER_HOME, purpose="VP01")
    return desk


def furnished_desk(file: Path, clock: Clock, *overlays: Path) -> Desk:
    """A desk on a store of its own in `file`, furnished."""
    return desk_on(furnished_store(file, furnish, clock.at, *overlays), clock, *overlays)


def open_village(tasks: Tasks, owner: QWidget, folder: Path, *, furnished: bool = True) -> None:
    """Open a store in `folder` on the tasks' thread, with the families or with nobody in it."""

    def opener() -> Desk:
        file, clock = folder / "store.db", Clock()
        desk = furnished_desk(file, clock) if furnished else desk_on(new_store(file), clock)
        return replace(desk, files=folder / "attachments")

    tasks.open(owner, opener)
    assert tasks.wait_idle()


def asked(tasks: Tasks, owner: QWidget, work: Callable[[Desk], T]) -> T:
    """What `work(desk)` says, done on the store's thread."""
    heard: list[T] = []
    tasks.run(owner, work, heard.append)
    assert tasks.wait_idle()
    return heard[0]
