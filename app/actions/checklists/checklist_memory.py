"""What earlier lists teach the next one: where things are done, which bus goes there, which papers are there.

Nothing is kept twice: the last list that led to a place is the village's memory of it, and a list that
came from another computer teaches as well as one made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from app.actions.desk import Desk
from app.domain.checklists.checklist import Checklist, Place
from app.domain.checklists.checklist_steps import Known
from app.domain.people.household import Household

# Hours asked for in another season send people to a closed door.
HOURS_KEEP_DAYS = 60
MOST_LISTS = 300  # older ones say nothing a newer one does not


def known(desk: Desk, household: Household) -> Known:
    """Places by the office's id as last written for this village, and papers seen in this household."""
    made = [one for one in desk.store.reading.each(Checklist) if one.village == household.village]
    newest = made[-MOST_LISTS:][::-1]
    places: dict[str, Place] = {}
    for one in newest:
        for step in one.steps:
            if step.office and step.place.name:
                places.setdefault(step.office, _fresh(desk, one, step.place))
    return Known(places, _seen(one for one in newest if one.household == household.id))


def _fresh(desk: Desk, checklist: Checklist, place: Place) -> Place:
    if desk.today - checklist.made_on <= timedelta(days=HOURS_KEEP_DAYS):
        return place
    return replace(place, morning="", afternoon="")


def _seen(lists: Iterable[Checklist]) -> frozenset[tuple[str, str]]:
    # Only what a person ticked and what is taken home again; a proposal proves nothing twice.
    papers = (paper for one in lists for step in one.steps for paper in step.papers)
    ticked = (paper for paper in papers if paper.held and paper.look_only and not paper.held_why)
    return frozenset((paper.icon, paper.name) for paper in ticked)
