"""The kinds of record that the plan of visits keeps beside the visits themselves."""

from __future__ import annotations

from app.domain.visits.missed import MissedVisit
from app.domain.visits.pairing import Pairing
from app.domain.visits.task import VisitTask

ROUNDS: tuple[type[MissedVisit | Pairing | VisitTask], ...] = (MissedVisit, Pairing, VisitTask)
