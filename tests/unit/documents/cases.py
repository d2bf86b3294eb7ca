"""Cases of the fictional village for the tests of application papers: ordinary, long, rare and empty ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.documents.forms.clerk import render
from app.domain.papers.paperwork import FormKind
from app.domain.papers.paperwork_case import FormCase, FormPaper, Request, case_of
from app.domain.papers.survey import Survey, survey_of
from app.domain.people.household import HouseholdFacts
from app.domain.people.identity import Sex
from app.domain.people.person import BankAccount, Benefit, Disability, Life, Person
from app.domain.visits.asking import Situation
from app.domain.visits.visit import Met, Visit, VisitState
from app.forms import form_of
from tests.facts import GRANNY, NOW, VILLAGE, household, id_number, person, visit
from tests.policy import county

DAY = NOW.date()
SON, GRANDSON, DAUGHTER = "p-son", "p-grandson", "p-daughter"
STROKES = json.dumps(
    {"w": 540, "h": 220, "strokes": [[[100, 60], [180, 150], [220, 70]], [[250, 60], [330, 160]]]}
)
RARE = "王䶮𬀩𠮷𬎆𫘧"
LONG_NAME = "买合木提江·阿不都热合曼"


def family() -> tuple[Person, ...]:
    """蒋桂英, her son away at work, her grandson."""
    account = BankAccount("邮政储蓄银行枫香支行", "9999990000001234567", "蒋桂英")
    granny = person(
        ethnic="15", marital="30", education="90", account=account, chronic_illness=True,
        disabilities=(Disability(4, 3),), work_ability="none", benefits=(Benefit("GL"),),
    )  # fmt: skip
    son, boy = date(1975, 6, 1), date(2016, 9, 1)
    return (
        granny,
        person(
            id=SON, name="何志强", sex=Sex.MALE, relation="20", birth=son, id_number=id_number(son, 117),
            phone="", life=Life.AWAY,
        ),
        person(
            id=GRANDSON, name="何子航", sex=Sex.MALE, relation="41", birth=boy, phone="",
            id_number=id_number(boy, 111), school_stage="primary", guardian=GRANNY,
        ),
    )  # fmt: skip


def twelve() -> tuple[Person, ...]:
    """A family of twelve, with names of every length and figures without a number."""
    names = (
        "欧阳国富",
        RARE,
        LONG_NAME,
        "李某氏",
        "庹𡊮",
        "何",
        "向海",
        "覃秀英",
        "Anna Maria Schmidt",
        "田𬱖㛃",
        "彭冬秀",
    )
    day = date(1960, 1, 31)
    more = [
        person(
            id=f"p-{place}", name=name, relation="96", birth=day + timedelta(days=900 * place),
            id_number=id_number(day + timedelta(days=900 * place), 100 + place), phone="",
            severe_illness=True, chronic_illness=True, disabilities=(Disability(4, 2), Disability(6, 3)),
            life=Life.AWAY if place % 2 else Life.HERE,
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    return (family()[0], *more)


def signed_visit(**changes: Any) -> Visit:
    """An application's investigation: two investigators, every sum told, three signatures."""
    sums = (
        "wage farm_crop farm_livestock pension support business land_transfer property subsidy other_income"
        " medical_self education_self rehab_self"
    ).split()
    money = {name: {"fen": 120_000 * place, "kind": "told"} for place, name in enumerate(sums)}
    answers = {
        **money,
        "deposit_range": "under1", "vehicles": ["moto"], "houses_owned": "one", "shop": "none",
        "house_type": "brick", "house_grade": "safe", "house_area": 86, "hazards": ["leak", "wire"],
        "health": {GRANNY: ["chronic", "medicine"]}, "abilities_lost": {GRANNY: ["bath"]},
        "work": {SON: "away"}, "child_safety": {GRANDSON: "danger"},
        "conclusion": "fits", "conclusion_words": "老人带孙子，儿子在外面打零工，田荒了一半。",
        "signing": {"向海燕": {"how": "pad"}, "彭国富": {"how": "paper"}, "蒋桂英": {"how": "thumb"}},
        "strokes": {"向海燕": STROKES},
    }  # fmt: skip
    return visit(
        purpose="VP04", met=Met.HOME, respondent=GRANNY, visitors=("w-xiang", "彭国富"),
        signatures=("向海燕", "彭国富", "蒋桂英"), answers=answers, state=VisitState.SIGNED,
        seal="0123456789abcdef", **changes,
    )  # fmt: skip


def surveyed(one: Visit, members: tuple[Person, ...] = ()) -> Survey:
    people = members or family()
    names = {"w-xiang": "向海燕", **{each.id: each.name for each in people}}
    return survey_of(Situation(one, household(), people, DAY), form_of(one), lambda key: names.get(key, key))


def blank_survey(members: tuple[Person, ...] = ()) -> Survey:
    return surveyed(Visit("", VILLAGE, "", (), NOW), members)


def request(members: tuple[Person, ...] = (), **changes: Any) -> Request:
    people = members or family()
    told = surveyed(signed_visit(), people)
    home = household(classes=("DB",), facts=HouseholdFacts(income_fen=54_000_00, as_of=DAY))
    given = Request(
        household=home, members=people, applicant=GRANNY, items=("最低生活保障",), on=DAY, village="青石垭村",
        proofs=("收入证明",), survey=told, told=told, blank=blank_survey(people), income_fresh=True,
        edition="hunan 2026.11", worker="向海燕",
    )  # fmt: skip
    return replace(given, **changes)


def empty() -> FormCase:
    """A woman of whom nothing is known but her name."""
    bare = person(name="田大嫂", sex=Sex.UNKNOWN, birth=None, id_number=None, phone="", relation="")
    home = household(group="", door="", phone="", hukou_type="")
    return case_of(
        Request(
            home, (bare,), GRANNY, (), DAY, "", survey=surveyed(visit(), (bare,)), blank=blank_survey((bare,))
        )
    )


CASES = {
    "family": case_of(request()),
    "child": case_of(request(subject=GRANDSON, items=("孤儿基本生活费",))),
    "twelve": case_of(request(twelve(), agent="p-1")),
    "empty": empty(),
}
PAPERS = [kind for kind in FormKind if kind is not FormKind.NOTICE]


def paper(kind: FormKind, case: FormCase) -> FormPaper:
    wording = county().wording(kind, VILLAGE, DAY)
    assert wording is not None
    return FormPaper(kind, wording, case)


def printed(kind: FormKind, case: FormCase) -> bytes:
    return render((paper(kind, case),), title="申请材料", printed_on=DAY)
