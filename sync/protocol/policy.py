"""How each kind of field is merged when two people wrote it: the registry both sides share.

Whatever is not named here is compared by value, and a difference is shown to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """`sets`: fields that are unordered sets, by type: adding and removing commute.

    `guards`: fields that only change together and only from where the writer saw them; a change that
    touches one of them is a transition, and a transition that comes too late is rejected whole.
    """

    sets: Mapping[str, frozenset[str]]
    guards: Mapping[str, tuple[str, ...]]


POLICY = Policy(
    sets={
        "household": frozenset({"classes", "tags"}),
        "person": frozenset({"tags", "benefits", "disabilities"}),
        "ticket": frozenset({"items", "trips"}),
        "checklist": frozenset({"printings", "trips", "by_hand", "editions"}),
        "public_notice": frozenset({"photos"}),
        "day_list": frozenset({"order"}),
        "democratic_review": frozenset({"papers"}),
    },
    guards={"ticket": ("state", "owner")},
)
