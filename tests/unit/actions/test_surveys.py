"""Questionnaires at a real desk: asked by name and without, kept, counted, corrected; nothing leads back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.safekeeping import proving
from app.actions.surveys import counting, editions, filling, finishing
from app.actions.surveys.filling import Sitting, Whom
from app.actions.tickets import ticket_replies, tickets
from app.actions.visits import visits
from app.domain.problem import UserError
from app.domain.registers.period import ever
from app.domain.surveys.asking import asked, wrong
from app.domain.surveys.response import Heard, SurveyAsked, SurveyResponse, Way
from app.domain.surveys.survey import Kind, SurveyEdition
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket
from app.domain.visits.visit import Visit
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person

CHILD = "01900000-0000-7000-8000-000000000005"
WHOM = Whom(HOME, GRANNY)
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
    """蒋桂英, her grandson, and five more families."""
    found = desk_on(store, clock)
    with found.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
        unit.save(person(id=CHILD, name="何子航", birth=date(2017, 9, 1), id_number=None, relation="41"))
        for number in range(1, 6):
            unit.save(household(id=home(number), door=f"{10 + number}号", head=head(number)))
            unit.save(
                person(
                    id=head(number),
                    household=home(number),
                    name=f"田桂{'一二三四五'[number - 1]}",
                    id_number=None,
                )
            )
    return found


def home(number: int) -> str:
    return f"01900000-0000-7000-8000-0000000001{number:02}"


def head(number: int) -> str:
    return f"01900000-0000-7000-8000-0000000002{number:02}"


def answered(sitting: Sitting, **changes: object) -> filling.Filling:
    """Every question that is asked, answered somehow; `changes` say how where it matters."""
    made = replace(sitting.filling, answers=dict(changes))
    for _round in range(len(sitting.survey.questions)):
        for one in asked(sitting.survey, made.answers):
            if wrong(one, made.answers.get(one.id)):
                given: object = one.least or 1
                if one.choices:
                    code = one.choices[-1].code if one.id != "safe" else "fine"
                    given = code if one.kind is Kind.SINGLE else [code]
                elif one.kind is Kind.SCALE:
                    given = 4
                made = made.answered(one.id, given)
    return made


def ask(
    desk: Desk, survey: str, whom: Whom, *, anonymous: bool = False, **changes: object
) -> finishing.Finished:
    sitting = filling.begin(desk, survey, whom, anonymous=anonymous)
    return finishing.finish(desk, answered(sitting, **changes))


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


def test_an_anonymous_answer_knows_no_family_from_its_first_question_on(desk: Desk) -> None:
    sitting = filling.begin(desk, "home", WHOM, anonymous=True)
    filling.keep(desk, answered(sitting))
    (draft,) = desk.store.drafts.of_kind(filling.KIND)
    assert HOME not in json.dumps([draft.subject, *map(str, draft.body.items())])
    assert GRANNY not in json.dumps([draft.id, *map(str, draft.body.items())])
    (asked,) = desk.store.reading.each(SurveyAsked)
    assert (asked.household, asked.heard) == (HOME, Heard.ANONYMOUS), "that she was asked is counted"
    log = desk.store._db.execute("SELECT subject, detail FROM audit").fetchall()
    assert draft.id not in {cell for row in log for cell in row}


def test_in_the_box_an_answer_has_no_time_no_place_in_line_and_no_line_in_the_log(
    desk: Desk, clock: Clock
) -> None:
    for number in range(1, 4):
        clock.forward(minutes=20)
        sitting = filling.begin(desk, "home", Whom(home(number)), anonymous=True)
        log = desk.store._db.execute("SELECT count(*) FROM audit").fetchone()[0]
        queue = desk.store._db.execute("SELECT count(*) FROM outbox").fetchone()[0]
        done = finishing.finish(desk, answered(sitting, mouths=number))
        assert (done.response, done.box, done.emptied) == (None, number, False)
        assert desk.store._db.execute("SELECT count(*) FROM audit").fetchone()[0] == log
        assert desk.store._db.execute("SELECT count(*) FROM outbox").fetchone()[0] == queue
    rows = desk.store._db.execute("SELECT id, edition, body FROM ballot").fetchall()
    assert [row[0] for row in rows] == sorted(row[0] for row in rows), "they lie in the order of chance"
    columns = [row[1] for row in desk.store._db.execute("PRAGMA table_info(ballot)").fetchall()]
    assert columns == ["id", "edition", "body"]
    with pytest.raises(Exception, match="rowid"):
        desk.store._db.execute("SELECT rowid FROM ballot").fetchall()
    for _id, _edition, body in rows:
        assert "0190" not in body
        assert "2026" not in body


def test_the_box_is_opened_for_five_at_once_and_then_nothing_tells_them_apart(
    desk: Desk, clock: Clock
) -> None:
    for number in range(1, 6):
        clock.forward(hours=5)
        done = ask(desk, "home", Whom(home(number)), anonymous=True, mouths=number)
    assert done.emptied
    assert done.box == 5
    found = list(desk.store.reading.each(SurveyResponse))
    assert sorted(one.answers["mouths"] for one in found) == [1, 2, 3, 4, 5]
    assert desk.store._db.execute("SELECT count(*) FROM ballot").fetchone()[0] == 0
    for one in found:
        assert one.anonymous
        assert not any((one.household, one.person, one.visit, one.ticket, one.recorded_by, one.way))
        assert one.recorded_at is None
        assert one.on == desk.today
        assert one.seal == one.content_hash(), "the seal holds only what is in the record"
    homes = {home(number) for number in range(1, 6)}
    sent = [
        json.loads(row[0])
        for row in desk.store._db.execute("SELECT payload FROM outbox ORDER BY n").fetchall()
    ]
    opened = [one for one in sent if one["type"] == SurveyResponse.TYPE]
    assert len({one["at"] for one in opened}) == 1, "they became records at one moment"
    assert not homes & set(json.dumps(opened).split('"'))
    assert [one["record"] for one in opened] == sorted(one["record"] for one in opened)
    lines = desk.store._db.execute("SELECT at, subject FROM audit WHERE verb LIKE '%survey_response'")
    assert len({row[0] for row in lines.fetchall()}) == 1
    assert len(list(desk.store.reading.each(SurveyAsked))) == 5


def test_the_order_of_coming_is_not_the_order_of_the_records(desk: Desk) -> None:
    for turn in range(6):  # by chance in order once in 120, six times in a row never
        for number in range(1, 6):
            ask(desk, "home", Whom(home(number)), anonymous=True, mouths=number + turn)
    found = list(desk.store.reading.each(SurveyResponse))
    assert len(found) == 30
    assert [one.answers["mouths"] for one in found] != sorted(one.answers["mouths"] for one in found)


def test_a_visit_on_which_somebody_answered_anonymously_says_nothing_of_it(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    ask(desk, "home", Whom(HOME, visit=visit.id), anonymous=True)
    assert visits.resume(desk, visit.id) == visit
    (asked,) = desk.store.reading.each(SurveyAsked)
    assert visit.id not in json.dumps(asked.__dict__, default=str)


def test_a_questionnaire_that_must_help_a_child_is_never_anonymous(desk: Desk) -> None:
    with pytest.raises(UserError, match="要记名"):
        filling.begin(desk, "child", Whom(HOME, CHILD), anonymous=True)
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
    report = counting.report(desk, "child", ever(), words=True)
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
    assert [one.answers["mouths"] for one in counting.responses(desk, "home", ever())] == [4]
    with pytest.raises(UserError, match="已经更正过"):
        finishing.correct(desk, first.id)
    finishing.take_back(desk, second.id)
    assert counting.responses(desk, "home", ever()) == ()


def test_the_list_of_who_was_asked_counts_refusals_and_the_nameless(desk: Desk, clock: Clock) -> None:
    ask(desk, "home", WHOM)
    clock.forward(minutes=5)
    ask(desk, "home", Whom(home(1)), anonymous=True)
    clock.forward(minutes=5)
    refused = filling.refused(desk, "home", Whom(home(2)))
    lines = counting.who_was_asked(desk, "home", ever())
    assert [(one.who, one.said.partition("：")[2]) for one in lines] == [
        ("田桂二家", "不愿答"), ("田桂一家", "问了，不记名"), ("蒋桂英", "记名答了"),
    ]  # fmt: skip
    overview = counting.overview(desk, ever())
    shelf = next(one for one in overview.shelves if one.survey.id == "home")
    assert (shelf.tally.asked, shelf.tally.in_box, overview.households) == (3, 1, 3)
    finishing.take_back_asked(desk, refused.id)
    assert counting.overview(desk, ever()).households == 2
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
    report = counting.report(desk, "rules", ever())
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
