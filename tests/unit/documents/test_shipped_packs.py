"""What the shipped policy says fits the paper it is meant for: an errand to a page, at most two."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents import pictograms
from app.documents.checklists.checklist import render, steps_of_pages
from app.documents.pen import BOTTOM, LEFT, RIGHT
from app.domain.checklists import checklist_plan
from app.domain.checklists.layout import Form, Layout
from app.domain.icons import ICONS
from app.domain.people.identity import Sex
from app.domain.people.person import Benefit, Life, ParentState, Person
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
def test_every_shipped_errand_is_a_page_or_two_with_the_place_on_the_first(
    item: str, beneficiary: Person | None
) -> None:
    goes = SON if beneficiary is ILL else person()
    made = checklist_plan.begin(
        county(), item, goes, household(), beneficiary, "向海燕", "154-0000-1108", NOW, "list-1", "K7M3P4"
    )
    pdf = render(made, printed_on=NOW.date())
    belong = steps_of_pages(made, printed_on=NOW.date())
    assert max(belong.count(number) for number in belong) <= 2
    for number, step in enumerate(made.steps):
        first = belong.index(number)
        text = pages.words(pdf, first)
        assert step.place.name in text
        rest = "".join(pages.words(pdf, page) for page, owner in enumerate(belong) if owner == number)
        assert all(paper.name in rest for paper in step.papers)
        assert all(part in rest for part in ("".join(words.split()) for words in step.then))
    for page in range(pages.count(pdf)):
        assert pages.overlaps(pages.glyphs(pdf, page)) == []


@pytest.mark.parametrize("layout", [Layout(large=True), Layout(Form.SUMMARY), Layout(Form.RECEIPT)], ids=str)
@pytest.mark.parametrize("item", sorted(county().item_table))
def test_every_shipped_item_keeps_margins_and_distances_in_every_layout(item: str, layout: Layout) -> None:
    whose = LOST if county().item(item).for_child else None
    made = checklist_plan.begin(
        county(), item, person(), household(), whose, "向海燕", "154-0000-1108", NOW, "list-1", "K7M3P4"
    )
    pdf = render(made, printed_on=NOW.date(), layout=layout)
    for page in range(pages.count(pdf)):
        found = pages.glyphs(pdf, page)
        assert pages.overlaps(found) == []
        for glyph in found:
            assert glyph.left >= LEFT - 1, glyph
            assert glyph.right <= RIGHT + 1, glyph
            assert glyph.bottom <= BOTTOM + 1, glyph
            assert glyph.size < 17 or glyph.size >= (25.9 if layout.large else 18), glyph


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
    assert len(made.steps) <= pages.count(pdf) <= 2 * len(made.steps)
    text = pages.words(pdf, steps_of_pages(made, printed_on=NOW.date()).index(len(made.steps) - 1))
    assert all(paper.name in text for paper in made.steps[-1].papers)
    assert made.steps[-1].place.phone.split("-")[-1] in text


def test_every_pictogram_a_pack_may_name_is_drawn() -> None:
    assert set(pictograms.names()) >= ICONS
