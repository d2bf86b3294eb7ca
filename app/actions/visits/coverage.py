"""The coverage of visits in this village: 应访、已访、未访 by purpose between two days."""

from __future__ import annotations

from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.visits.families import families
from app.actions.visits.seen import round_of
from app.domain.visits.coverage import Coverage, cover
from app.domain.visits.missed import MissedVisit

# Before the first day, to say when somebody was last seen who was not seen since.
BEFORE_DAYS = 400


def coverage(desk: Desk, first: date, last: date) -> Coverage:
    """What was owed from `first` to `last`, both counted, to those on the register today (口径：今天在册).

    `rows` are the purposes with their numbers and the households that were not seen; names and doors are
    in `families(desk)`.
    """
    known = families(desk)
    concerns = [one for family in known.values() for one in family.concerns]
    whom = {one.household for one in concerns}
    seen = round_of(desk, first - timedelta(days=BEFORE_DAYS), last, whom).seen
    missed = desk.store.reading.each(MissedVisit)
    return cover(concerns, seen, missed, first, last, desk.today)
