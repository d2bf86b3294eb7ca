"""Looking a checklist over before it is printed: the wasted trips that can be seen coming today.

Every cause W01–W20 is either looked for here or made impossible by how the list is printed;
docs/checklists.md says which is which.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.domain.checklists import preflight_papers, preflight_people, preflight_places
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.trap import Ground, Trap
from app.domain.packs.policy import Pack
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.workdays import PLAIN, WorkCalendar

__all__ = ["Trap", "check"]


def check(
    checklist: Checklist,
    applicant: Person,
    beneficiary: Person | None,
    pack: Pack,
    at: datetime,
    *,
    household: Household | None = None,
    members: Iterable[Person] = (),
    calendar: WorkCalendar = PLAIN,
) -> tuple[Trap, ...]:
    """Every preventable cause that today's facts already show; () means nothing is in sight.

    Only steps still to be done are looked at. `household` sharpens the question of age and hukou;
    `members` are asked whose signature is still missing, and are where the people of further matters
    and an agent of the family are found.
    """
    around = tuple(members)
    known = {person.id: person for person in around}
    further = ((each.item, known.get(each.beneficiary, applicant)) for each in checklist.bundled)
    ground = Ground(
        checklist,
        applicant,
        ((checklist.item, beneficiary or applicant), *further),
        around,
        household or Household(checklist.household, checklist.village, "", ""),
        pack,
        at,
        calendar,
    )
    families = (preflight_people, preflight_papers, preflight_places)
    found = [trap for family in families for trap in family.traps(ground)]
    return tuple(dict.fromkeys(found))
