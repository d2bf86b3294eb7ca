"""An anonymous answer: from its first question to the county nothing leads from it to the family."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.surveys import filling, finishing
from app.actions.surveys.filling import Whom
from app.actions.visits import visits
from app.domain.surveys.response import Heard, SurveyAsked, SurveyResponse
from app.store import Store
from app.store.leaving import leaving
from tests.conftest import KEY
from tests.desks import Clock
from tests.facts import GRANNY, HOME, NOW
from tests.unit.actions.surveying import WHOM, answered, ask, desk_of_six, home


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return desk_of_six(store, clock)


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


@pytest.mark.parametrize("more", [1, 2])
def test_a_restored_file_counts_no_answer_twice_and_loses_none(tmp_path: Path, more: int) -> None:
    """Of a backup made while three lay in the box: then one more came, or two, and it was opened."""
    backup, worked_in = tmp_path / "backup.db", tmp_path / "worked in.db"
    store = Store(worked_in, KEY, create=True)
    desk = desk_of_six(store, Clock())
    for number in range(1, 4):
        ask(desk, "home", Whom(home(number)), anonymous=True, mouths=number)
    edition = next(iter(store.reading.each(SurveyAsked))).edition
    store.original.copy_to(backup, KEY)
    for number in range(4, 4 + more):
        ask(desk, "home", Whom(home(number)), anonymous=True, mouths=number)
    store.close()
    restored = Store(backup, KEY)
    left = leaving(worked_in, KEY, *restored.sent_and_said())
    restored.put_back(left, made_at=NOW, actor="w-xiang", at=NOW, where="stick", aside="aside")
    waiting, opened = restored.ballots.count(edition), restored.reading.count(SurveyResponse)
    restored.close()
    assert (waiting, opened) == ((4, 0) if more == 1 else (0, 5))
