"""A family of two, and a visit to it with everything said, for the tests of what is printed of visits."""

from __future__ import annotations

import json
from datetime import date

from app.actions.desk import Desk
from app.domain.people.identity import Sex
from app.domain.visits.asking import with_value
from app.domain.visits.visit import Visit
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, household, person
from tests.unit.documents.pages import count, words

BOY = "01900000-0000-7000-8000-000000000005"
STROKES = json.dumps({"size": [540, 220], "strokes": [[[20, 30], [200, 160], [400, 60]]]})


def desk_at_home(store: Store, clock: Clock) -> Desk:
    """蒋桂英 and her grandson, who draw 低保."""
    made = desk_on(store, clock)
    with made.unit("roster") as unit:
        unit.save(household(classes=("DB",)))
        unit.save(person())
        unit.save(person(id=BOY, name="何子航", relation="41", sex=Sex.MALE, birth=date(2017, 9, 1)))
    return made


def told(visit: Visit, **answers: object) -> Visit:
    """Met at home, with money, a finding and two hands."""
    for name, value in {
        "met": "home", "purpose": "VP01", "respondent": GRANNY, "signatures": ("蒋桂英", "向海燕"),
        "members": {GRANNY: ["same"], BOY: ["same"]}, "child_safety": {BOY: "fine"}, "alive": {GRANNY: "met"},
        "farm_crop": {"fen": 180_000, "kind": "slip"}, "wage": {"fen": 0, "kind": "told"},
        "income_changed": "more",
        "findings": [{"words": "屋顶漏雨", "disposition": "transfer", "to": "镇民政办", "items": []}],
        "signing": {"蒋桂英": {"how": "thumb"}, "向海燕": {"how": "pad"}}, "strokes": {"向海燕": STROKES},
        **answers,
    }.items():  # fmt: skip
        visit = with_value(visit, name, value)
    return visit


def every_word(pdf: bytes) -> str:
    return "".join(words(pdf, page) for page in range(count(pdf)))
