"""By which fields the records of each kind can be asked for; every one of them has its index (`schema`)."""

from __future__ import annotations

from collections.abc import Mapping

# The fields a kind of record can be asked for by. Those of m001 stay as they are; what a later
# migration adds is named after it, and `LOOKUPS` is all of them.
FIRST_LOOKUPS = {
    "person": ("household", "id_number"),
    "visit": ("household",),
    "ticket": ("household",),
    "ticket_event": ("ticket",),
    "followup": ("household", "ticket"),
    "checklist": ("household", "code"),
}
# Of kinds that came later: made by the migration that names them.
REGISTER_LOOKUPS = {
    "seal_log": ("household",),
    "democratic_review": ("household",),
    "public_notice": ("household", "state"),
}
ROUND_LOOKUPS = {"missed_visit": ("household",), "pairing": ("household",), "visit_task": ("household",)}
SPEED_LOOKUPS = {"ticket": ("state", "visit")}
TICKET_LOOKUPS = {"ticket": ("merged_into",), "subtask": ("ticket",)}
BENEFIT_LOOKUPS = {"benefit_change": ("household",)}
SURVEY_LOOKUPS = {
    "survey_response": ("survey", "household", "visit", "ticket"),
    "survey_asked": ("survey", "household"),
    "survey_edition": (),
}
CONFLICT_LOOKUPS = {"conflict": ("of",)}
# The day or moment a kind is kept in the order of, alone and within each value of another field.
BY_TIME = {"visit": "started_at", "ticket": "received_at"}
WITHIN = {"visit": "household", "ticket": "household"}
# What is to be done by a day, and the field that says it was done.
DUE = {"followup": ("due_on", "done_at")}


def joined(*more: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The lookups of several migrations together."""
    kinds = dict.fromkeys(kind for one in more for kind in one)
    return {kind: tuple(name for one in more for name in one.get(kind, ())) for kind in kinds}


LOOKUPS = joined(
    FIRST_LOOKUPS, SPEED_LOOKUPS, TICKET_LOOKUPS, REGISTER_LOOKUPS, ROUND_LOOKUPS, BENEFIT_LOOKUPS,
    SURVEY_LOOKUPS, CONFLICT_LOOKUPS,
)  # fmt: skip


def field_of(name: str) -> str:
    """The expression an index is over, word for word as a query must say it to be answered by the index."""
    return f"json_extract(body, '$.{name}')"
