"""Who is to be asked, when the worker comes from a family, a visit or a ticket."""

from __future__ import annotations

from app.actions.desk import Desk
from app.domain.people.household import Household
from app.domain.people.person import Person
from ui.forms.registers.who_pick import Who


def known(desk: Desk, household: str, person: str) -> Who:
    """The person named, else the head of the household; nobody for neither."""
    home = desk.store.reading.find(Household, household) if household else None
    found = desk.store.reading.find(Person, person) if person else None
    if found is None and home is not None and home.head:
        found = desk.store.reading.find(Person, home.head)
    if found is None:
        return Who()
    home = home or desk.store.reading.find(Household, found.household)
    return Who(found.name, found.id, found.household, home.place if home else "")
