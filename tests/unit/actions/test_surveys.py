"""Questionnaires at a real desk: asked by name and without, kept, counted, corrected."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.safekeeping import proving
from app.actions.surveys import counting, editions, filling, finishing
from app.actions.surveys.filling import Whom
from app.actions.tickets import ticket_replies, tickets
from app.domain.problem import UserError
from app.domain.surveys.response import SurveyResponse, Way
from app.domain.surveys.survey import SurveyEdition
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket
from app.domain.visits.visit import Visit
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person
from tests.unit.actions.surveying import ALWAYS, CHILD, WHOM, answered, ask, desk_of_six, head, home

CONSULTATION = """
[[survey]]
id = "rules"
edition = "1"
title = "村规民约征求意见"
short = "征求意见"
opening = "村里要改村规民约，听听大家怎么想。"
naming = "anonymous"
per = "household"

[[survey.question]]
id = "wedding"
kind = "single"
ask = "红白事办几桌，要不要定个数？"
short = "定不定桌数"
options = { yes = "要定", no = "不要定" }

[[survey.question]]
id = "tables"
kind = "number"
ask = "定几桌合适？"
short = "几桌"
when = { question = "wedding", among = ["yes"] }
most = 50
unit = "桌"
"""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return desk_of_six(store, clock)


def test_a_named_answer_is_sealed_locked_and_read_by_its_own_words(desk: Desk, clock: Clock) -> None:
    done = ask(desk, "home", WHOM, knows="no")
    response = done.response
    assert response is not None
    assert (response.household, response.person, response.recorded_by) == (HOME, GRANNY, "w-xiang")
    assert response.seal == response.content_hash()
    with pytest.raises(UserError, match="台账记下了就不改"), desk.unit("edit") as unit:
        unit.save(replace(response, answers={}))
    assert filling.put_aside(desk) == ()
    clock.forward(days=400)
    later = replace(desk, pack=replace(desk.pack, surveys=()))
    words = editions.read_by(later, response.survey, response.edition)
    assert words is not None, "the pack of next year knows nothing of it"
    assert words.question("knows") is not None
    assert [one.id for one in editions.every(later)] == ["home"]
    assert list(proving.records(later, lambda _done, _of: None)) == []


def test_what_is_missing_is_told_at_its_question_and_nothing_is_kept(desk: Desk) -> None:
    sitting = filling.begin(desk, "home", WHOM, anonymous=False)
    with pytest.raises(UserError) as refused:
        finishing.finish(desk, sitting.filling)
    assert [one.field for one in refused.value.problems][:2] == ["mouths", "who"]
    assert desk.store.reading.count(SurveyResponse) == 0


def test_every_answer_is_on_disk_before_the_next_is_asked(desk: Desk) -> None:
    sitting = filling.begin(desk, "home", WHOM, anonymous=False)
    filling.keep(desk, sitting.filling.answered("mouths", 3))
    (begun,) = filling.put_aside(desk)
    assert (begun.who, begun.answered) == ("蒋桂英", 1)
    assert filling.resume(desk, begun.draft).filling.answers == {"mouths": 3}
    assert filling.begin(desk, "home", WHOM, anonymous=False).filling.answers == {"mouths": 3}, "taken up"
    filling.throw_away(desk, begun.draft)
    with pytest.raises(UserError, match="写完或者丢掉"):
        filling.resume(desk, begun.draft)


def test_a_questionnaire_that_must_help_a_child_is_never_anonymous(desk: Desk) -> None:
    with pytest.raises(UserError, match="要记名"):
        filling.begin(desk, "child", Whom(HOME, CHILD), anonymous=True)
    with pytest.raises(UserError, match="选孩子的名字"):
        filling.begin(desk, "child", WHOM, anonymous=False)
    with pytest.raises(UserError, match="问一个人"):
        filling.begin(desk, "child", Whom(HOME), anonymous=False)


def test_a_sign_that_a_child_is_hurt_stays_on_top_of_the_day_and_in_no_answer(desk: Desk) -> None:
    done = ask(desk, "child", Whom(HOME, CHILD), safe="danger")
    assert done.response is not None
    assert "safe" not in done.response.answers
    assert "danger" not in json.dumps(done.response.answers)
    first = today.agenda(desk).entries[0]
    assert first.chip == "要马上报告"
    assert (first.page, first.household) == ("visits", HOME)
    assert desk.store.reading.count(Visit) == 0, "it is begun, to be signed after the report"
    report = counting.report(desk, "child", ALWAYS, words=True)
    assert "有人伤害孩子" not in str(report)


def test_what_was_taken_of_its_needs_becomes_a_ticket_and_the_urgent_always_does(desk: Desk) -> None:
    sitting = filling.begin(desk, "home", WHOM, anonymous=False)
    told = replace(answered(sitting, needs=["ill", "talk"]), taken=("needs:ill",))
    done = finishing.finish(desk, told)
    (ticket,) = done.opened
    assert (ticket.request, ticket.items, ticket.state) == ("看病吃药有困难", ("YJ", "LS"), State.REGISTERED)
    assert done.response is not None
    assert done.response.opened == (ticket.id,)
    urgent = ask(desk, "child", Whom(HOME, CHILD), guardian="none")
    assert [one.urgent for one in urgent.opened if one.request == "孩子没人带"] == [True]
    unnamed = filling.begin(desk, "home", Whom(home(1)), anonymous=True)
    assert finishing.pointed_at(unnamed.survey, answered(unnamed, needs=["ill"])) == ()


def test_a_wrong_one_is_answered_by_another_and_counts_once(desk: Desk) -> None:
    first = ask(desk, "home", WHOM, mouths=3).response
    assert first is not None
    draft = finishing.correct(desk, first.id)
    assert draft.answers == first.answers
    second = finishing.finish(desk, draft.answered("mouths", 4)).response
    assert second is not None
    assert second.amends == first.id
    assert [one.answers["mouths"] for one in counting.responses(desk, "home", ALWAYS)] == [4]
    with pytest.raises(UserError, match="已经更正过"):
        finishing.correct(desk, first.id)
    finishing.take_back(desk, second.id)
    assert counting.responses(desk, "home", ALWAYS) == ()


def test_the_list_of_who_was_asked_counts_refusals_and_the_nameless(desk: Desk, clock: Clock) -> None:
    ask(desk, "home", WHOM)
    clock.forward(minutes=5)
    ask(desk, "home", Whom(home(1)), anonymous=True)
    clock.forward(minutes=5)
    refused = filling.refused(desk, "home", Whom(home(2)))
    lines = counting.who_was_asked(desk, "home", ALWAYS)
    assert [(one.who, one.said.partition("：")[2]) for one in lines] == [
        ("田桂二家", "不愿答"), ("田桂一家", "问了，不记名"), ("蒋桂英", "记名答了"),
    ]  # fmt: skip
    overview = counting.overview(desk, ALWAYS)
    shelf = next(one for one in overview.shelves if one.survey.id == "home")
    assert (shelf.tally.asked, shelf.tally.in_box, overview.households) == (3, 1, 3)
    finishing.take_back_asked(desk, refused.id)
    assert counting.overview(desk, ALWAYS).households == 2
    assert [one.said for one in counting.asked_of(desk, home(1))] == ["困难家庭情况问卷：问了，不记名"]


def told_of_a_result(desk: Desk) -> Ticket:
    made = tickets.register(desk, request="读书钱冒得", household=HOME, visitor=GRANNY)
    tickets.decide(desk, made.id, Disposition.INSTANT)
    tickets.resolve(desk, made.id, result="办好了")
    return ticket_replies.reply(desk, made.id, mode=ReplyMode.FACE, words="办好了")


def test_faces_pointed_at_after_a_reply_rate_the_ticket_and_a_bad_one_opens_it_again(desk: Desk) -> None:
    ticket = told_of_a_result(desk)
    ask(desk, "done", Whom(HOME, GRANNY, ticket=ticket.id), whole=5, speed=4, by="family")
    rated = desk.store.reading.get(Ticket, ticket.id)
    assert (rated.satisfaction, rated.rated_by, rated.state) == (5, "家里人", State.REPLIED)
    assert rated.ratings[-1].speed == 4
    other = told_of_a_result(desk)
    ask(desk, "done", Whom(HOME, GRANNY, ticket=other.id), whole=1, why=["slow"])
    assert desk.store.reading.get(Ticket, other.id).state is State.IN_PROGRESS


def test_a_closed_ticket_found_wanting_goes_on_as_a_new_one(desk: Desk) -> None:
    ticket = told_of_a_result(desk)
    tickets.close(desk, ticket.id)
    done = ask(desk, "done", Whom(HOME, GRANNY, ticket=ticket.id), whole=2, why=["slow", "words"])
    (new,) = done.opened
    assert "不满意" in new.request
    assert "等得太久、话没讲明白" in new.request


def test_a_county_asks_what_it_likes_by_data_alone(store: Store, clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / "yunling"
    (folder / "surveys").mkdir(parents=True)
    (folder / "pack.toml").write_text(
        'name = "yunling"\nversion = "1"\ntitle = "云岭区"\nregion = "439901"\nextends = "hunan"\n', "utf-8"
    )
    (folder / "surveys" / "rules.toml").write_text(CONSULTATION, "utf-8")
    desk = desk_on(store, clock, folder)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    assert "rules" in {one.id for one in editions.now_asked(desk)}
    with pytest.raises(UserError, match="不记名"):
        filling.begin(desk, "rules", Whom(HOME), anonymous=False)
    for tables in (10, 12, 15, 8, 20):
        ask(desk, "rules", Whom(HOME), anonymous=True, wedding="yes", tables=tables)
    report = counting.report(desk, "rules", ALWAYS)
    figures = next(one for one in report.tables if one.title.endswith("几桌"))
    assert [cell.value for cell in figures.lines[0].cells] == [5, 13, 12, 8, 20]


def test_a_paper_taken_in_bears_the_day_it_was_filled(desk: Desk) -> None:
    day = desk.today - timedelta(days=3)
    sitting = filling.begin(desk, "home", WHOM, anonymous=False, way=Way.PAPER, on=day)
    response = finishing.finish(desk, answered(sitting)).response
    assert response is not None
    assert (response.on, response.way) == (day, Way.PAPER)
    with pytest.raises(UserError, match="还没到"):
        filling.begin(desk, "home", WHOM, anonymous=False, on=desk.today + timedelta(days=1))


def test_the_words_of_an_edition_are_kept_once_for_a_village(desk: Desk) -> None:
    for number in range(1, 4):
        ask(desk, "elder", Whom(home(number), head(number)))
    assert desk.store.reading.count(SurveyEdition) == 1
