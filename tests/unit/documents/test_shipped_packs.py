"""What the shipped policy says fits the paper it is meant for: one errand, one page."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents import pictograms
from app.documents.checklist import render
from app.domain import checklist_plan
from app.domain.icons import ICONS
from app.domain.identity import Sex
from app.domain.person import Benefit, Life, ParentState, Person
from tests.facts import NOW, household, person
from tests.policy import child, county, disabled, father, mother
from tests.unit.documents import pages

LOST = child(father(ParentState.DEAD), mother(ParentState.LOST_CONTACT))
JAILED = child(father(ParentState.PRISON), mother(ParentState.SEVERE_DISABILITY), tags=("留守儿童",))
LATE = person(id="01900000-0000-7000-8000-0000000000aa", name="李国富", life=Life.DEAD)
SERVED = person(tags=("精简退职", "退役军人"))


# Each with all the papers one person can be asked for at once.
ILL = disabled(6, 2, severe_illness=True, benefits=(Benefit("DB"),))
SON = person(id="son", name="蒋志强", sex=Sex.MALE, birth=date(1970, 1, 1))


@pytest.mark.parametrize(
    ("item", "beneficiary"),
    [("GE", LOST), ("GL", None), ("DB", None), ("LS", None), ("CS", None), ("CH", None), ("BY", None),
     ("GX", None), ("LL", None), ("TK", ILL), ("CZ", ILL), ("YL", ILL), ("YJ", ILL)],
)  # fmt: skip
def test_every_errand_of_the_shipped_items_is_one_page(item: str, beneficiary: Person | None) -> None:
    goes = SON if beneficiary is ILL else person()
    made = checklist_plan.begin(
        county(), item, goes, household(), beneficiary, "向海燕", "154-0000-1108", NOW, "list-1", "K7M3P4"
    )
    pdf = render(made, printed_on=NOW.date())
    assert pages.count(pdf) == len(made.steps)
    for number, step in enumerate(made.steps):
        text = pages.words(pdf, number)
        assert all(paper.name in text for paper in step.papers)
        assert all(part in text for part in ("".join(words.split()) for words in step.then))
        assert pages.overlaps(pages.glyphs(pdf, number)) == []


@pytest.mark.parametrize(
    ("item", "applicant", "beneficiary"),
    [
        ("BZ", person(), LATE),
        ("KT", person(), JAILED),
        ("SW", person(), JAILED),
        ("YD", person(), None),
        ("JJ", SERVED, None),
        ("FP", person(), None),
        *((proof.code, person(), None) for proof in county().proofs),
    ],
)
def test_what_is_handed_on_or_not_issued_fits_its_page_too(
    item: str, applicant: Person, beneficiary: Person | None
) -> None:
    made = checklist_plan.begin(
        county(),
        item,
        applicant,
        household(classes=("DB",)),
        beneficiary,
        "向海燕",
        "154-0000-1108",
        NOW,
        "list-1",
        "K7M3P4",
    )
    assert made.gaps == ()
    pdf = render(made, printed_on=NOW.date())
    assert pages.count(pdf) == len(made.steps) > 0
    text = pages.words(pdf, len(made.steps) - 1)
    assert all(paper.name in text for paper in made.steps[-1].papers)
    assert made.steps[-1].place.phone.split("-")[-1] in text


def test_every_pictogram_a_pack_may_name_is_drawn() -> None:
    assert set(pictograms.names()) >= ICONS
