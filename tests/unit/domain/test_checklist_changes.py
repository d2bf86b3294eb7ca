"""What the county changed for a list is told exactly, and bringing it up to date loses nothing of hers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.checklists.checklist import Checklist, Edition, Paper, Place, Printing, Step, Unneeded
from app.domain.checklists.checklist_changes import by_hand, differences, made_before, renewed
from app.domain.packs.service_item import Limit
from tests.facts import GRANNY, HOME, VILLAGE

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
HALL = Place("枫香镇政府", window="3", person="田干部", phone="154-0000-2201", morning="8:30–12:00")
ID, PHOTO = Paper("id", "身份证", "id_card", 1, 1), Paper("photo", "照片", "photo", 2, unit="张")
FORM = Paper("form", "申请书", "form", 1)
TOWN = Step("town", "去镇里交", "hall", HALL, (ID, PHOTO, FORM), takes="最迟 30 个工作日")
BANK = Step("bank", "去银行", "bank", Place("农商行", window="1"))


def made(*steps: Step, **changes: object) -> Checklist:
    given = Checklist(
        "l-1", VILLAGE, HOME, GRANNY, "DB", "低保", "李奶奶", "K7M2P4", date(2026, 11, 1),
        "hunan 1 + 云岭区 1",
        steps=steps or (TOWN, BANK),
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test


def fresh(*steps: Step) -> Checklist:
    return made(*steps, pack="hunan 1 + 云岭区 2")


def told(before: Checklist, after: Checklist) -> list[str]:
    return [one.words for one in differences(before, after)]


def in_town(**changes: object) -> Checklist:
    return fresh(replace(TOWN, **changes), BANK)  # type: ignore[arg-type]  # keyword facts of a test


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (fresh(TOWN), ["少一步：去银行，不用去了"]),
        (fresh(TOWN, BANK, replace(BANK, step="sign", title="去签字")), ["多一步：去签字，去农商行"]),
        (in_town(papers=(ID, PHOTO)), ["去镇里交：申请书不用带了"]),
        (
            in_town(papers=(ID, PHOTO), unneeded=(Unneeded("申请书", "form", "村里代填"),)),
            ["去镇里交：申请书不用带了，村里代填"],
        ),
        (
            in_town(unneeded=(Unneeded("收入证明", "form", "系统能查"),)),
            ["去镇里交：写明不用带收入证明，系统能查"],
        ),
        (
            in_town(papers=(*TOWN.papers, Paper("book", "户口本", "hukou", 1, 2))),
            ["去镇里交：多带一样，户口本（原件 1 份，复印 2 份）"],
        ),
        (
            in_town(papers=(replace(ID, copies=3), PHOTO, FORM)),
            ["去镇里交：身份证，复印从 1 份 改成 3 份"],
        ),
        (in_town(papers=(ID, replace(PHOTO, spec="2 寸"), FORM)), ["去镇里交：照片，要什么样的是 2 寸"]),
        (in_town(place=replace(HALL, window="5")), ["去镇里交：几号窗从 3 改成 5"]),
        (in_town(place=replace(HALL, phone="")), ["去镇里交：电话不写了，原来是 154-0000-2201"]),
        (in_town(place=replace(HALL, afternoon="2:30–5:30")), ["去镇里交：下午几点是 2:30–5:30"]),
        (
            in_town(takes="最迟 20 个工作日", limit=Limit(20)),
            ["去镇里交：要等多久从 最迟 30 个工作日 改成 最迟 20 个工作日"],
        ),
        (in_town(before=date(2026, 12, 25)), ["去镇里交：最晚哪天去改了"]),
        (in_town(icon="bank", place=replace(HALL, icon="bank", windows=9)), []),
        (fresh(), []),
    ],
)
def test_each_change_is_told_in_one_line(after: Checklist, words: list[str]) -> None:
    assert told(made(), after) == words


def test_every_field_of_every_part_is_compared_or_left_out_on_purpose() -> None:
    """A field that a later release adds is told as 别的 until somebody gives it a name."""
    from dataclasses import fields

    from app.domain.checklists import checklist_changes as rules

    for kind, names in ((Place, rules.PLACE), (Paper, rules.PAPER), (Step, rules.STEP)):
        unnamed = {one.name for one in fields(kind)} - names.keys() - rules.NOT_COMPARED
        assert not unnamed, (kind.__name__, unnamed)


def test_what_is_done_is_no_longer_asked_about() -> None:
    before = made(replace(TOWN, done=True), BANK)
    after = fresh(replace(TOWN, place=replace(HALL, window="5")), replace(BANK, takes="当天"))
    assert told(before, after) == ["去银行：要等多久是 当天"]
    assert renewed(before, after).steps[0] == replace(TOWN, done=True)
    assert renewed(before, fresh(BANK)).steps == (replace(TOWN, done=True), BANK)


def test_ticks_copies_and_places_of_hers_are_no_difference_and_stay() -> None:
    hers = replace(HALL, window="4", phone="15400003013")
    before = made(replace(TOWN, papers=(replace(ID, held=True, copies=2, changed=True), PHOTO, FORM)), BANK)
    before = replace(before, by_hand=by_hand(before, 0, hers)).with_step(
        0, replace(before.steps[0], place=hers)
    )
    assert before.by_hand == ("town/place/phone", "town/place/window")
    after = in_town(
        place=replace(HALL, window="5", person="覃干部"), papers=(replace(ID, copies=3, note="正反面"), PHOTO)
    )
    assert told(before, after) == [
        "去镇里交：找谁从 田干部 改成 覃干部",
        "去镇里交：身份证，说明是 正反面",
        "去镇里交：申请书不用带了",
    ]
    new = renewed(before, after)
    assert new.steps[0].place == replace(hers, person="覃干部")
    assert new.steps[0].papers[0] == replace(ID, held=True, copies=2, changed=True, note="正反面")
    assert (new.pack, new.code, new.made_on) == (after.pack, before.code, before.made_on)
    assert told(new, after) == []


def test_a_paper_that_moves_to_another_step_keeps_its_tick() -> None:
    before = made(replace(TOWN, papers=(replace(ID, held=True),)), BANK)
    after = fresh(replace(TOWN, papers=()), replace(BANK, papers=(ID,)))
    assert renewed(before, after).steps[1].papers == (replace(ID, held=True),)


def test_a_list_given_away_becomes_another_edition_and_remembers_the_first() -> None:
    printed = replace(
        made(),
        printings=(Printing(AT, "w", draft=False),),
        editions=(Edition(AT, 1, "hunan 1 + 云岭区 1"),),
    )
    new = renewed(printed, fresh(TOWN))
    assert (new.edition, new.editions) == (2, printed.editions)
    assert not new.given_away
    draft = replace(made(), printings=(Printing(AT, "w", draft=True),))
    assert renewed(draft, fresh(TOWN)).edition == 1


@pytest.mark.parametrize(
    ("old", "new", "before"),
    [
        ("hunan 2026.11 + 云岭区 1", "hunan 2026.11 + 云岭区 2", True),
        ("hunan 2026.9 + 云岭区 3", "hunan 2026.11 + 云岭区 3", True),
        ("hunan 2026.11", "hunan 2026.11 + 云岭区 1", True),
        ("hunan 2026.11 + 云岭区 1", "hunan 2026.11 + 云岭区 1", False),
        ("hunan 2026.11 + 云岭区 10", "hunan 2026.11 + 云岭区 9", False),
        ("hunan 2026.11 + 云岭区 1", "hunan 2026.12", False),
    ],
)
def test_only_a_newer_pack_has_anything_to_say(old: str, new: str, before: bool) -> None:
    assert made_before(old, new) is before
