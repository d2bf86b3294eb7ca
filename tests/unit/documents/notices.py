"""Public notices of the fictional village for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app import packs
from app.documents.forms.clerk import render
from app.domain.papers.paperwork import FormKind
from app.domain.papers.posting import Applicant, Hearing, PublicNotice, notice
from app.domain.people.household import Household
from app.domain.people.person import Person
from tests.facts import VILLAGE, household, id_number, person
from tests.policy import county
from tests.unit.documents.cases import DAY, family

TOWN = (
    Hearing("青石垭村部", "向干部", "15400001108"),
    Hearing("枫香镇政府", "田干部", "15400002201"),
    Hearing("县民政局"),
)


def applicant(name: str, group: str = "茶园组", year: int = 1960, **changes: object) -> Applicant:
    born = date(year, 5, 6)
    one: Person = person(name=name, birth=born, id_number=id_number(born, 304), phone="15400003013")
    home: Household = household(group=group, **changes)
    return Applicant(one, home, (one, *family()[1:]))


def several() -> tuple[Applicant, ...]:
    """Namesakes, one of them in the same group, and names of every kind."""
    return (
        applicant("李桂英", tags=("因病",)),
        applicant("李桂芳", year=1948),
        applicant("李桂英", "老屋组"),
        applicant("欧阳国富", "油榨坪组", tags=("因残", "因病")),
        applicant("买合木提江·阿不都热合曼", "老屋组 12号"),
        applicant("𠮷𬎆", "第三村民小组", tags=("因残",)),
    )


def posted(item: str = "DB", people: tuple[Applicant, ...] = (), on: date = DAY) -> PublicNotice:
    wording = county().wording(FormKind.NOTICE, VILLAGE, on)
    assert wording is not None
    return notice(
        county().item(item), people or several(), wording, TOWN, packs.calendar(), on,
        village_name="青石垭村", edition="hunan 2026.11",
    )  # fmt: skip


def printed(one: PublicNotice | None = None) -> bytes:
    return render((one or replace(posted("LS"), meeting=True),), title="公示", printed_on=DAY)
