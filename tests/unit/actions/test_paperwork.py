"""Application papers from the desk: the facts of the family, and a line in the log for every look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import other_papers
from app.actions.auditing import VERBS
from app.actions.checklists import checklists
from app.actions.desk import Desk
from app.actions.paperwork import paperwork, paperwork_papers
from app.actions.paperwork.paperwork import Wanted
from app.domain.papers.paperwork import FormKind
from app.domain.people.identity import Sex
from app.domain.problem import UserError
from app.domain.roles import Role
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, NOW, household, person
from tests.policy import COUNTY
from tests.unit.documents import pages
from tests.unit.documents.cases import GRANDSON, SON, family, signed_visit

NEIGHBOUR_HOME, NEIGHBOUR = "01900000-0000-7000-8000-0000000000b1", "01900000-0000-7000-8000-0000000000b2"
DB = Wanted(HOME, ("DB",))


@pytest.fixture
def desk(store: Store) -> Desk:
    """The family of three, in the fictional county."""
    made = desk_on(store, Clock(), COUNTY)
    with made.unit("roster") as unit:
        unit.save(household())
        for one in family():
            unit.save(one)
    return made


def told(pdf: bytes) -> str:
    return "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))


def refused(desk: Desk, wanted: Wanted) -> dict[FormKind, str]:
    return {one.kind: one.refused for one in paperwork.choose(desk, wanted).offers if one.refused}


def log(desk: Desk) -> list[tuple[str, str]]:
    return [(line.verb, line.detail) for line in desk.store.audit.lines(HOME) if "application" in line.verb]


def test_the_pack_says_which_papers_a_matter_needs(desk: Desk) -> None:
    offered = {one.kind: one.usual for one in paperwork.choose(desk, DB).offers}
    assert offered == {
        FormKind.APPLICATION: True,
        FormKind.AUTHORISATION: True,
        FormKind.DECLARATION: True,
        FormKind.COMMITMENT: True,
        FormKind.SURVEY: False,
        FormKind.NOTICE: False,
    }
    assert [one.kind for one in paperwork.choose(desk, Wanted(HOME, ("CS",))).offers] == [
        FormKind.APPLICATION,
        FormKind.COMMITMENT,
        FormKind.MANDATE,
        FormKind.NOTICE,
    ]


def test_a_bundle_asks_for_each_paper_once_and_names_every_matter(desk: Desk) -> None:
    both = replace(DB, items=("DB", "CS"))
    chosen = paperwork.choose(desk, both)
    kinds = [one.kind for one in chosen.offers]
    assert len(kinds) == len(set(kinds))
    made = replace(chosen.wanted, kinds=(FormKind.APPLICATION,))
    assert "我申请办理：最低生活保障、困难残疾人生活补贴。" in told(paperwork.make(desk, made))


def test_the_head_applies_and_a_childs_guardian_for_the_child(desk: Desk) -> None:
    assert paperwork.choose(desk, DB).wanted.applicant == GRANNY
    child = paperwork.choose(desk, Wanted(HOME, ("GE",)))
    assert (child.wanted.applicant, child.wanted.subject) == (GRANNY, GRANDSON)
    assert child.for_child


def test_an_elder_whose_son_goes_applies_herself_and_sends_him(desk: Desk) -> None:
    wanted = paperwork.choose(desk, Wanted(HOME, ("CS",), applicant=SON, subject=GRANNY)).wanted
    assert (wanted.applicant, wanted.agent, wanted.subject) == (GRANNY, SON, "")


def test_a_list_brings_its_matters_and_people_along(desk: Desk) -> None:
    made = checklists.begin(desk, "GE", applicant=GRANNY, beneficiary=GRANDSON)
    wanted = paperwork.from_checklist(desk, made.id)
    assert (wanted.household, wanted.items, wanted.applicant, wanted.subject) == (
        HOME,
        ("GE",),
        GRANNY,
        GRANDSON,
    )


def test_a_childs_matter_is_refused_as_a_notice_with_the_reason(desk: Desk) -> None:
    assert refused(desk, Wanted(HOME, ("GE",)))[FormKind.NOTICE] == "孩子的事不公示，不贴墙。"
    with pytest.raises(UserError, match="孩子的事不公示"):
        paperwork.make(desk, Wanted(HOME, ("GE",), GRANNY, GRANDSON, kinds=(FormKind.NOTICE,)))


def test_a_disabled_child_is_not_posted_though_her_matter_is(desk: Desk) -> None:
    wanted = Wanted(HOME, ("CS",), GRANNY, GRANDSON)
    assert refused(desk, wanted)[FormKind.NOTICE] == "没满 18 岁的人不公示，不贴墙。"


def test_a_survey_needs_a_signed_investigation(desk: Desk) -> None:
    assert "还没有签好的经济调查走访" in refused(desk, DB)[FormKind.SURVEY]
    with desk.unit("visit") as unit:
        unit.save(signed_visit())
    assert FormKind.SURVEY not in refused(desk, DB)
    text = told(paperwork.make(desk, replace(DB, applicant=GRANNY, kinds=(FormKind.SURVEY,))))
    assert "调查人向海燕在屏幕上签" in text


def test_a_corrected_investigation_gives_way_to_its_correction(desk: Desk) -> None:
    first = signed_visit()
    later = replace(first, id="01900000-0000-7000-8000-0000000000c1", amends=first.id, seal="f" * 64)
    with desk.unit("visit") as unit:
        unit.save(first)
        unit.save(later)
    text = told(paperwork.make(desk, replace(DB, applicant=GRANNY, kinds=(FormKind.SURVEY,))))
    assert "封存号ffffffffffff" in text


def test_what_was_told_more_than_a_year_ago_is_not_printed(desk: Desk) -> None:
    old = signed_visit()
    with desk.unit("visit") as unit:
        unit.save(replace(old, started_at=NOW - timedelta(days=370)))
    text = told(paperwork.make(desk, replace(DB, applicant=GRANNY, kinds=(FormKind.DECLARATION,))))
    assert "种地__________元" in text
    assert "走访时说的填" not in text


def test_a_namesake_in_the_same_group_adds_ten_years_to_the_notice(desk: Desk) -> None:
    notice = replace(DB, applicant=GRANNY, kinds=(FormKind.NOTICE,))
    assert "岁" not in told(paperwork.make(desk, notice))
    with desk.unit("roster") as unit:
        unit.save(household(id=NEIGHBOUR_HOME, door="9号", head=NEIGHBOUR))
        unit.save(person(id=NEIGHBOUR, household=NEIGHBOUR_HOME, sex=Sex.FEMALE))
    text = told(paperwork.make(desk, notice))
    assert "蒋**茶园组80–89岁" in text
    assert "桂英" not in text


def test_the_notice_says_where_to_object_as_the_pack_says(desk: Desk) -> None:
    text = told(paperwork.make(desk, replace(DB, applicant=GRANNY, kinds=(FormKind.NOTICE,))))
    for fact in ("青石垭村部向干部154-00001108", "枫香镇政府田干部154-00002201", "公示7天", "模拟数据·样张"):
        assert fact in text


def test_looking_printing_and_saving_stand_in_the_log(desk: Desk, tmp_path: Path) -> None:
    wanted = replace(DB, applicant=GRANNY, kinds=(FormKind.APPLICATION, FormKind.AUTHORISATION))
    shown = paperwork.look(desk, wanted, width_px=300)
    assert len(shown.pages) >= 3
    assert "439901" not in repr(shown), "a traceback shows no page"
    with desk.unit("roster") as unit:
        unit.save(person(name="蒋桂兰"))
    subject = paperwork_papers.subject_of(wanted)
    other_papers.came_out(desk, other_papers.APPLICATION, subject)
    target = tmp_path / "材料.pdf"
    other_papers.export(desk, other_papers.APPLICATION, subject, shown.pdf, target)
    assert "蒋桂英" in told(target.read_bytes()), "what was looked at is what is saved"
    assert log(desk) == [
        ("look at application papers", "application authorisation"),
        ("print application papers", "application authorisation"),
        ("export application papers", "application authorisation"),
    ]
    assert all(verb in VERBS for verb, _ in log(desk))


def test_who_may_not_take_papers_out_does_not_see_them(desk: Desk, tmp_path: Path) -> None:
    auditor = replace(desk, role=Role.AUDITOR)
    wanted = replace(DB, applicant=GRANNY, kinds=(FormKind.APPLICATION,))
    seen = (other_papers.APPLICATION, paperwork_papers.subject_of(wanted))
    for act in (
        lambda: paperwork.look(auditor, wanted, width_px=300),
        lambda: other_papers.came_out(auditor, *seen),
        lambda: other_papers.export(auditor, *seen, b"%PDF", tmp_path / "x.pdf"),
    ):
        with pytest.raises(UserError, match="审计员不能打印"):
            act()
    assert log(desk) == []
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(HOME), "还没选办什么事"),
        (Wanted(HOME, ("GE",), GRANNY, kinds=(FormKind.APPLICATION,)), "还没选给哪个孩子办"),
        (Wanted(HOME, ("DB",), GRANNY), "还没选要打哪些材料"),
        (Wanted(HOME, ("DB",), GRANNY, kinds=(FormKind.APPLICATION, FormKind.NOTICE)), "分开打"),
    ],
)
def test_what_is_missing_is_said_in_words(desk: Desk, wanted: Wanted, words: str) -> None:
    with pytest.raises(UserError, match=words):
        paperwork.make(desk, wanted)


def test_a_family_that_has_moved_away_applies_for_nothing_here(desk: Desk) -> None:
    with desk.unit("move") as unit:
        unit.save(household(moved_out=True))
    with pytest.raises(UserError, match="不能再申请"):
        paperwork.choose(desk, DB)
