"""How each field of each kind of record is merged when two people wrote it: the registry both sides share.

A field that is not named here, of a newer release perhaps, is compared by value like the most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Rule(Enum):
    """What happens to a field of which the county holds another value than the writer saw."""

    MANUAL = "manual"  # both values are kept for a person
    SET = "set"  # an unordered set: two people's additions and removals both count
    APPEND = "append"  # written once with its record; more of it is another record, a wrong one is amended
    LOCKED = "locked"  # once written it never changes, whoever asks (`app.domain.locks`)
    GUARD = "guard"  # changes only together with its fellows and only from where the writer saw them
    COUNTY = "county"  # written by the county alone


@dataclass(frozen=True)
class Policy:
    """`sets`: fields that are unordered sets, by type: adding and removing commute.

    `guards`: fields that only change together and only from where the writer saw them; a change that
    touches one of them is a transition, and a transition that comes too late is rejected whole.
    """

    sets: Mapping[str, frozenset[str]]
    guards: Mapping[str, tuple[str, ...]]


RULES: Mapping[str, Mapping[Rule, str]] = {
    "benefit_change": {
        Rule.APPEND: "household item turn on people recorded_by recorded_at monthly_fen why words ticket",
    },
    "checklist": {
        Rule.SET: "printings trips by_hand editions",
        Rule.MANUAL: (
            "household person item item_name called code made_on pack beneficiary headline icon steps "
            "worker_name worker_phone ticket edition simulated bundled goer show_held going_on "
            "call_on"
        ),
    },
    "clue": {
        Rule.MANUAL: (
            "found_on source signal words household person name people step visit checked_on "
            "conclusion why covered settled_on noted_by given_by"
        ),
    },
    "conflict": {
        Rule.GUARD: "theirs state",
        Rule.COUNTY: (
            "of of_type field kind opened_at base theirs_by theirs_who theirs_at mine mine_by "
            "mine_who mine_at mine_op gone removes choice value decided_by decided_who decided_at"
        ),
    },
    "day_list": {
        Rule.SET: "order",
        Rule.MANUAL: "worker day proposed",
    },
    "democratic_review": {
        Rule.APPEND: (
            "on household item who person place host expected attended representatives recused "
            "kin_absent agree against abstain secret minutes recorded_by recorded_at verdict amends "
            "void"
        ),
        Rule.SET: "papers",
    },
    "event": {
        Rule.APPEND: "on kind what recorded_by recorded_at people money_fen goods giver note amends void",
    },
    "followup": {
        Rule.MANUAL: (
            "household due_on why ticket person phone unanswered done_at channel outcome next_on "
            "checklist rule heard urgent after called_off"
        ),
    },
    "household": {
        Rule.SET: "classes tags",
        Rule.MANUAL: "group door head hukou_type category phone facts kin_of_staff review_on moved_out note",
    },
    "missed_visit": {
        Rule.MANUAL: "household purpose due_on why said_at said_by again_on note",
    },
    "pairing": {
        Rule.MANUAL: "household helper unit phone since until note",
    },
    "person": {
        Rule.SET: "disabilities benefits tags",
        Rule.MANUAL: (
            "household name sex relation birth id_number id_valid_until no_id_reason ethnic marital "
            "education school_stage phone life hukou severe_illness chronic_illness work_ability "
            "self_care parents guardian account note"
        ),
    },
    "public_notice": {
        Rule.APPEND: (
            "on kind what place posted_by recorded_by recorded_at level standard item household "
            "person shown days unit until estimated review period amends void"
        ),
        Rule.SET: "photos",
        Rule.MANUAL: "state objections down_on down_by",
    },
    "publicity": {
        Rule.APPEND: "on channel what recorded_by recorded_at items reached copies told_by note amends void",
    },
    "seal_log": {
        Rule.APPEND: (
            "on use paper who why approver sealer recorded_by recorded_at number copies person "
            "household basis major voted_on voted_by noticed_until notice note amends void"
        ),
    },
    "subtask": {
        Rule.MANUAL: "ticket who what asked_at due_on phone done_at result unfinished",
    },
    "survey_asked": {
        Rule.APPEND: "survey edition on heard household person recorded_by recorded_at amends void",
    },
    "survey_edition": {
        Rule.APPEND: "survey",
    },
    "survey_response": {
        Rule.APPEND: (
            "survey edition on answers anonymous way household person visit ticket opened recorded_by "
            "recorded_at seal amends void"
        ),
    },
    "ticket": {
        Rule.GUARD: "state owner",
        Rule.LOCKED: "received_at received_by number",
        Rule.SET: "items trips",
        Rule.MANUAL: (
            "request channel household visitor visitor_name visitor_phone subject nature urgent "
            "disposition handed_to waiting_for due_on due_at result replied_at reply_mode reply "
            "satisfaction rated_by visit relation proof reply_visit receipt_at ratings accompanied "
            "taken decision explanation confirmed_by owed merged_into bounced_from escalated"
        ),
    },
    "ticket_event": {
        Rule.APPEND: "ticket at actor verb from_state to_state note previous device",
    },
    "visit": {
        Rule.MANUAL: (
            "household visitors started_at purpose origin state met respondent answers signatures "
            "ended_at seal ticket amends again_on"
        ),
    },
    "visit_task": {
        Rule.MANUAL: "household purpose due_on why asked_at asked_by persons dropped campaign",
    },
}


def _named(rule: Rule) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(of[rule].split()) for kind, of in RULES.items() if rule in of}


POLICY = Policy(
    sets={kind: frozenset(names) for kind, names in _named(Rule.SET).items()},
    guards=_named(Rule.GUARD),
)


def rule_of(kind: str, field: str) -> Rule:
    """How `field` of a record of this `kind` is merged."""
    rules = RULES.get(kind, {}).items()
    return next((rule for rule, names in rules if field in names.split()), Rule.MANUAL)
