"""A visit is sat down to with its family, signed as the form asks, and corrected without being touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.tickets import ticket_views
from app.actions.visits import plan, visit_lists, visit_sitting, visits
from app.domain.people.identity import Sex
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.visits.asking import with_value
from app.domain.visits.visit import Visit, VisitState
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person

BOY = "01900000-0000-7000-8000-000000000005"


@pytest.fixture
def desk(store: Store) -> Desk:
    made = desk_on(store, Clock())
    with made.unit("roster") as unit:
        unit.save(household(classes=("DB",)))
        unit.save(person())
        unit.save(person(id=BOY, name="何子航", relation="41", sex=Sex.MALE, birth=date(2017, 9, 1)))
    return made


def filled(visit: Visit, **answers: object) -> Visit:
    """Met at home and signed, with what every visit must have."""
    for name, value in {
        "met": "home", "purpose": "VP01", "respondent": GRANNY, "signatures": ("蒋桂英", "向海燕"),
        "members": {GRANNY: ["same"], BOY: ["same"]}, "child_safety": {BOY: "fine"}, "alive": {GRANNY: "met"},
        **answers,
    }.items():  # fmt: skip
        visit = with_value(visit, name, value)
    return visit


def test_the_family_sits_head_first(desk: Desk) -> None:
    sitting = visit_sitting.start(desk, HOME)
    assert sitting.title == "蒋桂英家"
    assert [one.id for one in sitting.members] == [GRANNY, BOY]
    assert sitting.earlier == ()
    assert sitting.name_of("w-xiang") == "向海燕"


def test_a_draft_without_a_purpose_yet_is_gone_on_with(desk: Desk) -> None:
    sitting = visit_sitting.start(desk, HOME)
    assert visit_sitting.resume(desk, sitting.visit.id).visit == sitting.visit
    assert sitting.visit.purpose == ""


def test_what_the_form_still_lacks_stops_the_signature(desk: Desk) -> None:
    visit = filled(visit_sitting.start(desk, HOME).visit, members={GRANNY: ["same"]})
    with pytest.raises(UserError, match="何子航"):
        visit_sitting.finish(desk, visit)
    assert visits.drafts(desk)


def test_a_signed_visit_keeps_the_edition_it_was_asked_by(desk: Desk) -> None:
    signed = visit_sitting.finish(desk, filled(visit_sitting.start(desk, HOME).visit))
    assert signed.answers["edition"] == visit_sitting.look(desk, signed.id).form.edition
    assert visit_lists.overview(desk).signed[0].title == "蒋桂英家"


def test_the_next_visit_knows_the_last_and_who_went_along(desk: Desk) -> None:
    first = filled(visit_sitting.start(desk, HOME).visit, visitors=("w-xiang", "彭丽"))
    signed = visit_sitting.finish(desk, first)
    again = visit_sitting.start(desk, HOME)
    assert again.earlier == (signed,)
    assert again.partners == ("彭丽",)


def test_what_was_said_last_is_found_behind_visits_that_did_not_ask(desk: Desk) -> None:
    told = filled(
        visit_sitting.start(desk, HOME).visit, wage={"fen": 100, "kind": "told"}, income_changed="first"
    )
    asked = visit_sitting.finish(desk, told)
    visit_sitting.finish(desk, filled(visit_sitting.start(desk, HOME).visit))
    sitting = visit_sitting.start(desk, HOME)
    assert sitting.said_before("wage", "farm_crop") == asked
    assert sitting.said_before("farm_crop") is None


def test_a_correction_is_a_record_of_its_own(desk: Desk) -> None:
    finding = {"words": "屋顶漏雨", "disposition": "instant", "to": "", "items": []}
    signed = visit_sitting.finish(
        desk, filled(visit_sitting.start(desk, HOME).visit, findings=[finding], strokes={"蒋桂英": "{}"})
    )
    draft = visit_sitting.correct(desk, signed.id).visit
    assert (draft.amends, draft.state, draft.signatures) == (signed.id, VisitState.DRAFT, ())
    assert "strokes" not in draft.answers
    assert visit_sitting.correct(desk, signed.id).visit == draft, "begun once, taken up after"
    assert visit_sitting.start(desk, HOME).visit.amends is None, "a new visit is not the correction"
    again = visit_sitting.finish(desk, filled(draft, mood="low"))
    assert visit_sitting.look(desk, signed.id).corrected_by == again.id
    assert desk.store.reading.get(Visit, signed.id) == signed, "what was signed is not touched"
    assert len(ticket_views.board(desk)) == 1, "the finding keeps its ticket and gets no second one"


def test_abilities_seen_lost_reach_the_register(desk: Desk) -> None:
    lost = {GRANNY: ["bath", "walk"]}
    visit = filled(visit_sitting.start(desk, HOME).visit, purpose="VP10", abilities_lost=lost)
    visit_sitting.finish(desk, visit)
    assert desk.store.reading.get(Person, GRANNY).self_care == "partial"


def test_somebody_else_at_the_door_is_named_on_the_ticket(desk: Desk) -> None:
    finding = {"words": "老人没人管", "disposition": "instant", "to": "", "items": []}
    visit = filled(
        visit_sitting.start(desk, HOME).visit,
        respondent="other", respondent_name="田国富，邻居", findings=[finding],
    )  # fmt: skip
    visit_sitting.finish(desk, visit)
    (ticket,) = ticket_views.board(desk)
    assert (ticket.visitor, ticket.visitor_name) == ("", "田国富，邻居")


def test_an_urgent_finding_is_due_within_48_hours(desk: Desk) -> None:
    finding = {
        "words": "D 级危房还住着人",
        "disposition": "transfer",
        "to": "镇里",
        "items": [],
        "urgent": True,
    }
    visit_sitting.finish(desk, filled(visit_sitting.start(desk, HOME).visit, findings=[finding]))
    (ticket,) = ticket_views.board(desk)
    assert (ticket.urgent, ticket.due_on) == (True, desk.today + timedelta(days=2))
    assert today.agenda(desk).entries[0].chip.startswith("急难")


def test_a_hurt_child_stays_on_top_of_the_day_until_it_is_reported(desk: Desk) -> None:
    visit = filled(visit_sitting.start(desk, HOME).visit, child_safety={BOY: "danger"})
    visits.keep(desk, visit)
    first = today.agenda(desk).entries[0]
    assert (first.chip, first.page, first.record) == ("要马上报告", "visits", HOME)
    with pytest.raises(UserError, match="报告"):
        visit_sitting.finish(desk, visit)
    told = with_value(visit, "child_reported", ["police", "town"])
    visits.keep(desk, told)
    assert all(one.chip != "要马上报告" for one in today.agenda(desk).entries)
    assert visit_sitting.finish(desk, told).state is VisitState.SIGNED


def test_doors_are_found_by_sound_and_offered_when_due(desk: Desk) -> None:
    (due,), total = visit_lists.doors(desk, "")
    assert (due.household, due.note, total) == (HOME, "还没去过", 1)
    (found,), _ = visit_lists.doors(desk, "hzh")
    assert (found.household, found.title) == (HOME, "何子航（蒋桂英家）")
    assert [one.household for one in plan.plan(desk).stops] == [HOME], "it is the plan's own list"
    visit_sitting.finish(desk, filled(visit_sitting.start(desk, HOME).visit))
    assert [one.household for one in visit_lists.doors(desk, "")[0]] == [
        one.household for one in plan.plan(desk).stops
    ]


def test_an_absent_family_is_signed_with_nothing_but_the_day_to_come_again(desk: Desk) -> None:
    visit = filled(
        visit_sitting.start(desk, HOME).visit, wage={"fen": 100, "kind": "told"}, income_changed="first"
    )
    absent = replace(with_value(with_value(visit, "met", "absent"), "again_on", "2026-11-23"), signatures=())
    signed = visit_sitting.finish(desk, absent)
    assert signed.again_on == "2026-11-23"
    assert "wage" not in signed.answers
