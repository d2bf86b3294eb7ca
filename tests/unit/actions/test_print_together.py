"""For many at once: who could get a paper, who not yet and why, and nobody twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.checklists import checklist_after, checklists, print_together
from app.actions.checklists.print_together import Paper, Standing
from app.actions.desk import Desk
from app.domain.checklists.checklist import Place
from app.domain.people.household import Household
from app.domain.people.person import Parent, ParentState, Person
from tests.desks import Clock
from tests.facts import GRANNY, HOME
from tests.policy import COUNTY
from tests.ui.village import GRANDSON, LONE, furnished_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = furnished_desk(tmp_path / "s.db", Clock(), COUNTY)
    yield made
    made.store.close()


def of(found: tuple[Paper, ...], applicant: str) -> Paper:
    return next(one for one in found if one.applicant == applicant)


def test_the_village_has_groups_and_the_pack_its_items(desk: Desk) -> None:
    found = print_together.choices(desk)
    assert set(found.groups) == {"茶园组", "老屋组", "油榨坪组"}
    assert ("GL", "高龄津贴") in {(one.item, one.name) for one in found.items}


def test_who_may_qualify_stands_beside_the_lists_already_made(desk: Desk) -> None:
    (paper,) = print_together.papers(desk, "GL", "油榨坪组")
    assert (paper.applicant, paper.standing, paper.checklist) == (LONE, Standing.UNMADE, "")
    assert print_together.papers(desk, "GL", "老屋组") == (), "whoever moved away is not asked to come"
    made = print_together.make(desk, [paper])
    assert (made.count, made.refused) == (1, ())
    (again,) = print_together.papers(desk, "GL", "油榨坪组")
    assert again.key == paper.key, "one paper, before and after"
    assert again.checklist
    assert again.standing is not Standing.UNMADE
    assert print_together.make(desk, [again]).count == 0
    assert [one.key for one in print_together.papers(desk, "", "")] == [paper.key]


def test_a_paper_says_what_keeps_it_back(desk: Desk) -> None:
    made = checklists.begin(desk, "GL", applicant=LONE)
    whole = Place("镇政府", window="3", person="田干部", phone="15400002201", morning="8:30–12:00")
    for number in range(len(made.steps)):
        checklists.set_place(desk, made.id, number, whole)
    (stands,) = print_together.papers(desk, "GL", "油榨坪组")
    assert stands.standing in (Standing.READY, Standing.TRAPS)
    traps = checklists.look_over(desk, made.id).traps
    assert stands.why == (traps[0].words if traps else "")
    checklist_after.printed(desk, made.id, draft=False)
    assert print_together.papers(desk, "GL", "油榨坪组")[0].standing is Standing.PRINTED
    checklists.set_place(desk, made.id, 0, Place("镇政府"))
    (draft,) = print_together.papers(desk, "GL", "油榨坪组")
    assert (draft.standing, draft.why) == (Standing.DRAFT, "第 1 步：不知道几号窗")
    for number in range(len(made.steps)):
        checklist_after.step_done(desk, made.id, number)
    assert print_together.papers(desk, "", "") == (), "what is done needs no paper"


def test_a_child_s_paper_is_for_whoever_looks_after_it(desk: Desk) -> None:
    gone = (Parent("father", ParentState.DEAD), Parent("mother", ParentState.DEAD))
    boy = replace(desk.store.reading.get(Person, GRANDSON), parents=gone, guardian=None)
    home = desk.store.reading.get(Household, HOME)

    def stands() -> Paper:
        (found,) = [one for one in print_together.papers(desk, "GE", "") if one.place == home.place]
        return found

    for head, guardian, goer in (("", None, ""), (GRANNY, None, GRANNY), ("", GRANNY, GRANNY)):
        with desk.unit("family") as unit:
            unit.save(replace(home, head=head))
            unit.save(replace(boy, guardian=guardian))
        found = stands()
        assert (found.applicant, found.beneficiary) == (goer, GRANDSON)
        assert found.standing is (Standing.UNMADE if goer else Standing.NOBODY)
    assert print_together.make(desk, [stands()]).count == 1
    assert (stands().applicant, stands().beneficiary) == (GRANNY, GRANDSON)


def test_one_that_cannot_be_made_stops_no_other(desk: Desk) -> None:
    fits = print_together.papers(desk, "GL", "油榨坪组")[0]
    unknown = replace(fits, item="no such item", name="蒋桂英")
    made = print_together.make(desk, [unknown, fits])
    assert made.count == 1
    assert [name for name, _ in made.refused] == ["蒋桂英"]
