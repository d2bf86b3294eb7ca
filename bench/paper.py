"""One checklist page, warm."""

from __future__ import annotations

import statistics

from app import packs
from app.documents.checklist import render
from app.domain import checklist_plan
from app.domain.checklist import Checklist
from app.domain.ids import new_code, new_id
from bench.measure import Row, absolute, seconds
from demo.stage import PACK
from demo.village import story
from demo.village.village import generate

LISTS = 40
LIMIT_SECONDS = 0.060


def rows() -> list[Row]:
    """The median page of the grandmother's list, fonts loaded."""
    checklist = _list()
    pages = len(checklist.steps)
    for _ in range(3):
        render(checklist, printed_on=story.ON)
    times = [seconds(lambda: render(checklist, printed_on=story.ON)) / pages for _ in range(LISTS)]
    return [absolute("一页办事清单（热）", statistics.median(times), "四页一份，平均到页", LIMIT_SECONDS)]


def _list() -> Checklist:
    village = generate(1, story.ON)
    granny = next(one for one in village.people if one.name == story.GRANDMOTHER)
    home = next(one for one in village.households if one.id == granny.household)
    family = [one for one in village.people if one.household == home.id]
    child = next(one for one in family if one.name == story.GRANDSON)
    return checklist_plan.begin(
        packs.load(packs.reference(), PACK), story.ITEM, granny, home, child, story.WORKER.name,
        story.WORKER.phone, story.AT, new_id(story.AT), new_code(), members=family,
    )  # fmt: skip
