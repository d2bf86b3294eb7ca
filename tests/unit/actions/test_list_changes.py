"""Every unfinished list made from an older pack is marked with what changed, and one click brings it up."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app import packs
from app.actions import today
from app.actions.checklists import checklist_after, checklists, list_changes
from app.actions.desk import Desk
from app.actions.pressing import Press
from app.domain.checklists.checklist import Checklist
from app.domain.packs.policy import Layer
from app.domain.problem import UserError
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, household, person
from tests.policy import COUNTY


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = desk_on(Store(tmp_path / "store.db", bytes(32), create=True), Clock(), COUNTY)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def under(desk: Desk, folder: Path, *changes: tuple[str, str], item: str = "", version: str = "2") -> Desk:
    """The same desk once the county's next pack is in force."""
    shutil.copytree(COUNTY, folder)
    for file, old, new in (("pack.toml", 'version = "1"', f'version = "{version}"'), *_offices(changes)):
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    if item:
        (folder / "items").mkdir()
        (folder / "items" / "DB.toml").write_text(item, "utf-8")
    return replace(desk, pack=packs.load(packs.reference(), folder))


def _offices(changes: tuple[tuple[str, str], ...]) -> list[tuple[str, str, str]]:
    return [("offices.toml", old, new) for old, new in changes]


def begun(desk: Desk) -> Checklist:
    return checklists.begin(desk, "DB", applicant=GRANNY)


def test_a_list_is_marked_everywhere_with_what_changed_for_it(desk: Desk, tmp_path: Path) -> None:
    made = begun(desk)
    assert list_changes.all_changed(desk) == ()
    later = under(desk, tmp_path / "two", ('window = "3"', 'window = "4"'))
    (found,) = list_changes.all_changed(later)
    steps = [step.step for step in made.steps if step.place.window == "3"]
    assert [one.step for one in found.differences] == steps
    assert found.differences[0].words.endswith("几号窗从 3 改成 4")
    entry = next(one for one in today.agenda(later).entries if one.press is Press.CHANGED)
    assert (entry.page, entry.record, entry.who) == ("checklists", made.id, "蒋桂英")
    assert entry.title == f"{made.called}的清单，县里改了 {len(steps)} 处"
    lists, _, counts = list_changes.listed(later)
    assert ([one.id for one in lists], counts) == ([made.id], {made.id: len(steps)})


def test_a_pack_that_changes_nothing_for_a_list_leaves_it_alone(desk: Desk, tmp_path: Path) -> None:
    begun(desk)
    later = under(desk, tmp_path / "two", ('window = "6"', 'window = "7"'))  # the county's own window
    assert list_changes.all_changed(later) == ()
    assert not [one for one in today.agenda(later).entries if one.press is Press.CHANGED]


def test_one_click_takes_the_new_and_keeps_ticks_hand_changes_and_what_was_printed(
    desk: Desk, tmp_path: Path
) -> None:
    made = begun(desk)
    town = next(n for n, step in enumerate(made.steps) if step.place.window == "3")
    paper = made.steps[town].papers[0].material
    checklists.hold(desk, made.id, town, 0, held=True)
    checklists.set_place(desk, made.id, town, replace(made.steps[town].place, phone="15400003013"))
    checklist_after.printed(desk, made.id, draft=False)
    later = under(
        desk,
        tmp_path / "two",
        ('window = "3"', 'window = "4"'),
        (
            '{ id = "a", name = "田干部", role = "民政", phone = "154-0000-2201" }',
            '{ id = "a", name = "龙干部" }',
        ),
        item=f'[[material]]\nid = "{paper}"\ncopies = 4\n',
    )
    told = [one.words for one in list_changes.changes(later, checklists.get(later, made.id))]
    assert any("找谁从 田干部 改成 龙干部" in words for words in told)
    assert any("改成 4 份" in words for words in told)
    assert not any("电话" in words and "第二个" not in words for words in told)
    new = list_changes.renew(later, made.id)
    place, first = new.steps[town].place, new.steps[town].papers[0]
    assert (place.window, place.person, place.phone) == ("4", "龙干部", "15400003013")
    assert (first.held, first.copies) == (True, 4)
    assert (new.edition, new.pack, new.code) == (2, later.pack.label, made.code)
    assert [(one.edition, one.pack) for one in new.editions] == [(1, desk.pack.label)]
    checklist_after.printed(later, made.id, draft=False)
    kept = checklists.get(later, made.id)
    assert [(one.edition, one.pack) for one in kept.editions][1:] == [(2, later.pack.label)]
    assert list_changes.all_changed(later) == ()


def test_a_finished_list_and_one_from_a_newer_pack_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    made = begun(desk)
    later = under(desk, tmp_path / "two", ('window = "3"', 'window = "4"'))
    newer = checklists.keep(later, replace(begun(later), pack=later.pack.label))
    assert list_changes.changes(desk, newer) == ()
    for step in range(len(made.steps)):
        checklist_after.step_done(later, made.id, step)
    assert list_changes.all_changed(later) == ()


def test_a_matter_the_county_no_longer_has_is_said_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    made = begun(desk)
    later = under(desk, tmp_path / "two")
    items = {code: item for code, item in later.pack.item_table.items() if code != "DB"}
    later = replace(later, pack=replace(later.pack, item_table=items))
    assert ["还办不办" in one.words for one in list_changes.changes(later, made)] == [True]
    with pytest.raises(UserError):
        list_changes.renew(later, made.id)
    assert checklists.get(later, made.id) == made


def test_a_list_of_two_matters_is_compared_whole(desk: Desk, tmp_path: Path) -> None:
    made = checklists.begin(desk, "DB", applicant=GRANNY, also=[("GL", "")])
    assert len(made.items) == 2
    later = under(desk, tmp_path / "two", ('window = "3"', 'window = "4"'))
    assert list_changes.changes(later, made)
    new = list_changes.renew(later, made.id)
    assert (new.items, new.pack) == (made.items, later.pack.label)
    assert list_changes.changes(later, new) == ()


def test_what_the_village_learnt_where_the_county_was_silent_is_no_change(desk: Desk, tmp_path: Path) -> None:
    """An earlier list knew the window; the next one remembers it, and a new pack does not take it away."""
    silent = replace(desk, pack=packs.load(packs.reference()))
    first = checklists.begin(silent, "DB", applicant=GRANNY)
    place = replace(first.steps[0].place, window="8", person="龙干部", phone="15400003013")
    checklists.set_place(silent, first.id, 0, place)
    second = checklists.begin(silent, "DB", applicant=GRANNY)
    assert second.steps[0].place.window == "8"
    assert {"window", "person", "phone"} <= {key.rpartition("/")[2] for key in second.by_hand}
    newer = replace(silent, pack=replace(silent.pack, layers=_later(silent)))
    assert list_changes.changes(newer, second) == ()
    assert list_changes.renew(newer, second.id).steps[0].place == second.steps[0].place


def _later(desk: Desk) -> tuple[Layer, ...]:
    return (replace(desk.pack.layers[0], version="2099"),)
