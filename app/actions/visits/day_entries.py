"""The households of the plan that stand on today's list, a handful at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.desk import Desk
from app.actions.pressing import Entry, Press
from app.actions.visits import stop_words
from app.actions.visits.plan import Plan
from app.domain.people.person import Person
from app.domain.visits.plan import Stop

# A page of things to do, not a register: the rest comes when these are done.
MOST_VISITS, MOST_LOOK_INS = 5, 3
ALONE = "独居"


def rounds(desk: Desk, walk: Plan) -> list[Entry]:
    """The households of the plan, a handful at a time: those to be looked in on, then the month's round."""
    now = [one for one in walk.stops if not one.put_off(walk.day)]
    pressing, others = list[Stop](), list[Stop]()
    for one in now:
        (pressing if _looks_in(one, walk.day) else others).append(one)
    found = [replace(_look_in(desk, walk, one), purpose=one.purpose) for one in pressing[:MOST_LOOK_INS]]
    return found + [replace(_visit(walk, one), purpose=one.purpose) for one in others[:MOST_VISITS]]


def _looks_in(stop: Stop, today: date) -> bool:
    agreed = stop.appointment is not None and stop.appointment.on <= today
    return agreed or any(one.duty is None or one.duty.cadence.unit == "week" for one in stop.todos)


def _look_in(desk: Desk, walk: Plan, stop: Stop) -> Entry:
    family, key = walk.family(stop), stop.household
    weekly = next((one for one in stop.todos if one.duty and one.duty.cadence.unit == "week"), None)
    if stop.appointment is not None and stop.appointment.on <= desk.today:
        on = stop.appointment.on
        title, detail = f"再去{family.title}", f"说好 {on.month}月{on.day}日再去 · {_seen(stop.last)}"
        return Entry(Press.LOOK_IN, family.head, title, detail, "说好的", "households", key, key, "去走访")
    if weekly is None:
        todo = next(one for one in stop.todos if one.duty is None)
        title, detail = f"{family.title} {todo.name}", f"{stop_words.rule_words(todo)} · {family.place}"
        return Entry(
            Press.LOOK_IN,
            family.head,
            title,
            detail,
            "线索" if todo.check else "您排的",
            "households",
            key,
            key,
            "去走访",
        )
    who = desk.store.reading.many(Person, weekly.persons)
    title = f"上门看{'、'.join(_of_age(one, desk.today) for one in who)}"
    detail = f"{weekly.how_often} · {_seen(stop.last)}"
    return Entry(Press.LOOK_IN, who[0].name, title, detail, "该去了", "households", key, key, "去走访")


def _of_age(person: Person, today: date) -> str:
    age, alone = person.age_on(today), "，独居" if ALONE in person.tags else ""
    return f"{person.name}（{age}岁{alone}）" if age is not None else person.name


def _visit(walk: Plan, stop: Stop) -> Entry:
    family, key = walk.family(stop), stop.household
    title = f"{family.title} {stop.todos[0].name}"
    detail = f"{family.place} · {_seen(stop.last)}"
    who = family.head or family.place
    chip = stop_words.chip(stop, walk.day)
    return Entry(Press.VISIT, who, title, detail, chip, "households", key, key, "去走访")


def _seen(last: date | None) -> str:
    return f"上次 {last.month}月{last.day}日" if last else "还没去过"
