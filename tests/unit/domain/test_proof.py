"""A certificate the village must not issue is found by the words people use, and says where to turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.checklists.checklist_plan import begin
from app.domain.packs.proof import told_of
from app.domain.packs.standing import Standing
from tests.facts import NOW, VILLAGE, household, person
from tests.policy import county


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("想开个 证明是我妈 的证明", "Z01"),
        ("开我就是我的证明", "Z02"),
        ("伢儿要上户口，村里开个证明", "Z03"),
        ("城里要办狗证", "Z04"),
        ("当兵政审要无犯罪证明", "Z05"),
        ("男人失踪三年了", "Z07"),
        ("学校要单身证明", "Z08"),
        ("小孩的出生证没办", "Z09"),
        ("领养老金要写个人还在", "Z10"),
        ("老倌子过世了，要死亡证明", "Z11"),
        ("单位要病假的证明", "Z12"),
        ("办个残疾证明", "Z13"),
        ("要准生证", "Z14"),
        ("开没工作的证明", "Z15"),
        ("查工龄，档案证明", "Z16"),
        ("开个无房证明", "Z17"),
        ("过世的人的存折取不出", "Z18"),
        ("营业执照要住所证明", "Z19"),
        ("身份证掉了", "Z20"),
    ],
)
def test_peoples_words_lead_to_the_certificate(words: str, code: str) -> None:
    assert code in [proof.code for proof in told_of(county().proofs, words)[:2]]


def test_words_about_no_certificate_find_none() -> None:
    assert told_of(county().proofs, "屋里冒得米了") == ()
    assert told_of(county().proofs, "") == ()


def test_every_certificate_says_where_to_turn_and_how_people_ask_for_it() -> None:
    offices = {office.id for office in county().offices}
    for proof in county().proofs:
        assert proof.instead
        assert len(proof.says) >= 2, proof.code
        assert proof.papers or proof.bring, proof.code
        assert proof.office in offices or proof.code in ("Z10", "Z20")
        assert proof.standing.source
        assert proof.standing.unverified


def test_the_list_for_it_tells_whom_to_ring_and_needs_no_certificate() -> None:
    made = begin(
        county(), "Z13", person(), household(), None, "向海燕", "154-0000-1108", NOW, "list-1", "K7M3P4"
    )
    (step,) = made.steps
    assert (made.item_name, step.place.name, step.place.phone) == (
        "不用开残疾状况证明", "云岭区残联", "154-0000-5501",
    )  # fmt: skip
    assert [(paper.name, paper.icon, paper.note) for paper in step.papers] == [
        ("残疾人证", "disability_card", "有它就不用开")
    ]
    assert [(each.name, each.why) for each in step.unneeded] == [("村里证明", "残疾证就能证明")]


def test_a_county_may_turn_people_elsewhere_and_only_its_own() -> None:
    other = replace(county().proofs[0], instead="找县政务大厅", standing=Standing("439901"))
    pack = replace(county(), proofs=(*county().proofs, other))
    on = NOW.date()
    assert [len(pack.proofs_at(village, on)) for village in (VILLAGE, "430821101201")] == [20, 20]
    assert pack.proofs_at(VILLAGE, on)[0].instead == "找县政务大厅"
    assert pack.proofs_at("430821101201", on)[0].instead != "找县政务大厅"
