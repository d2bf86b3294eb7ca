"""Two people's changes meet: nothing is overwritten unseen, nothing is dropped, and order is no matter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import Change, Outcome, Verb, difference
from app.domain.record import Json
from sync.protocol.merge import WHOLE, Held, Kind, Merged, merge
from sync.protocol.policy import POLICY
from tests.sync.county import AT, TEA


def change(verb: Verb = Verb.EDIT, kind: str = "household", **fields: tuple[Json, Json]) -> Change:
    return Change("op", "r", kind, TEA, verb, fields, AT, "w1")


def edit(seen: dict[str, Json], wished: dict[str, Json]) -> Change:
    """What someone who saw `seen` and wants `wished` sends."""
    return Change("op", "r", "household", TEA, Verb.EDIT, difference(seen, wished), AT, "w1")


def meets(held: dict[str, Json], one: Change) -> Merged:
    return merge(Held(one.type, held), one, POLICY)


def test_an_edit_from_the_value_seen_is_applied() -> None:
    result = meets({"door": "3号", "note": "井"}, change(door=("3号", "4号")))
    assert (result.body, result.outcome) == ({"door": "4号", "note": "井"}, Outcome.APPLIED)
    assert result.written == ("door",)


def test_two_people_who_wrote_the_same_agree() -> None:
    result = meets({"door": "4号"}, change(door=("3号", "4号")))
    assert (result.outcome, result.written) == (Outcome.APPLIED, ())


def test_a_field_someone_else_changed_stays_and_both_values_are_kept() -> None:
    result = meets({"door": "5号"}, change(door=("3号", "4号"), note=(None, "井")))
    assert result.outcome is Outcome.CONFLICT
    assert result.body == {"door": "5号", "note": "井"}
    (kept,) = result.disagreements
    assert (kept.field, kept.base, kept.server, kept.client) == ("door", "3号", "5号", "4号")


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_every_empty_value_is_alike(nothing: Json) -> None:
    assert meets({}, change(door=(nothing, "4号"))).outcome is Outcome.APPLIED
    assert meets({"door": "4号"}, change(door=("4号", nothing))).body == {}


def test_what_two_computers_of_a_worker_put_on_and_took_off_a_day_s_list_both_holds() -> None:
    first = merge(None, change(Verb.NEW, "day_list", order=(None, ["a", "b"])), POLICY)
    second = change(Verb.NEW, "day_list", order=(None, ["b", "c"]))
    other = merge(Held("day_list", first.body), second, POLICY)
    assert (other.body, other.outcome) == ({"order": ["a", "b", "c"]}, Outcome.APPLIED)
    fewer = change(Verb.EDIT, "day_list", order=(["a", "b"], ["b"]))
    assert merge(Held("day_list", other.body), fewer, POLICY).body == {"order": ["b", "c"]}


@pytest.mark.parametrize(("kind", "field"), [("public_notice", "photos"), ("democratic_review", "papers")])
def test_pictures_two_people_added_to_a_line_both_stay(kind: str, field: str) -> None:
    mine, theirs = {"id": "1", "category": "posted"}, {"id": "2", "category": "down"}
    result = merge(Held(kind, {field: [theirs]}), change(Verb.EDIT, kind, **{field: (None, [mine])}), POLICY)
    assert (result.body, result.outcome) == ({field: [theirs, mine]}, Outcome.APPLIED)


def test_true_is_not_one() -> None:
    assert meets({"urgent": 1}, change(urgent=(True, False))).outcome is Outcome.CONFLICT
    assert meets({"urgent": False}, change(urgent=(0, 5))).outcome is Outcome.CONFLICT


def test_only_a_new_record_may_create_one() -> None:
    for verb in (Verb.EDIT, Verb.MOVE, Verb.DELETE):
        result = merge(None, change(verb, door=(None, "4号")), POLICY)
        assert (result.outcome, result.reason) == (Outcome.QUARANTINED, "unknown_record")
    assert merge(None, change(Verb.NEW, door=(None, "4号"), note=(None, "")), POLICY).body == {"door": "4号"}


def test_one_id_never_becomes_two_kinds_of_thing() -> None:
    result = merge(Held("ticket", {"state": "draft"}), change(door=(None, "4号")), POLICY)
    assert (result.outcome, result.reason) == (Outcome.QUARANTINED, "other_type")


@pytest.mark.parametrize(
    ("base", "here", "wanted", "both"),
    [
        (["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
        (["a", "b"], ["b"], ["a", "b", "c"], ["b", "c"]),
        (["a", "b"], ["a"], ["b"], None),
        (None, ["a"], ["a", "b"], ["a", "b"]),
        (["a"], ["b"], [], ["b"]),
    ],
)
def test_adding_and_removing_in_a_set_commute(base: Any, here: Any, wanted: Any, both: Any) -> None:
    result = meets({"tags": here}, change(tags=(base, wanted)))
    assert result.outcome is Outcome.APPLIED
    assert result.body.get("tags") == both


def test_one_benefit_changed_in_two_ways_is_for_a_person() -> None:
    was, here, wanted = ([{"item": "DB", "monthly_fen": fen}] for fen in (1, 2, 3))
    result = meets({"benefits": here}, change(kind="person", benefits=(was, wanted)))
    assert result.outcome is Outcome.CONFLICT
    both_added = meets({"tags": ["b"]}, change(tags=(["a"], ["b"])))
    assert both_added.outcome is Outcome.APPLIED


def test_a_list_that_is_no_set_is_compared_whole() -> None:
    result = meets({"tags": ["a", "a", "b"]}, change(tags=(["a"], ["c"])))
    assert result.outcome is Outcome.CONFLICT


def move(to: str, seen: str = "triaged", **more: tuple[Json, Json]) -> Change:
    return change(Verb.MOVE, "ticket", state=(seen, to), owner=("w1", "w1"), **more)


def test_a_ticket_moves_only_from_where_it_was_seen() -> None:
    assert meets({"state": "triaged", "owner": "w1"}, move("instant")).outcome is Outcome.APPLIED
    late = meets({"state": "transferred", "owner": "w1"}, move("instant", result=(None, "办了")))
    assert late.outcome is Outcome.REJECTED
    assert late.body == {"state": "transferred", "owner": "w1"}
    assert late.disagreements[0].client == {"state": "instant", "owner": "w1", "result": "办了"}
    handed_over = meets({"state": "triaged", "owner": "w2"}, move("instant"))
    assert handed_over.outcome is Outcome.REJECTED
    agreed = meets({"state": "instant", "owner": "w1"}, move("instant"))
    assert agreed.outcome is Outcome.APPLIED


def test_a_ticket_cannot_be_moved_by_calling_it_an_edit() -> None:
    sly = change(Verb.EDIT, "ticket", state=("registered", "archived"))
    assert meets({"state": "triaged"}, sly).outcome is Outcome.REJECTED


def test_a_deletion_takes_only_what_was_seen() -> None:
    delete = change(Verb.DELETE, door=("3号", None))
    assert meets({"door": "3号"}, delete).deleted
    for unseen in ({"door": "4号"}, {"door": "3号", "note": "井"}):
        result = meets(dict(unseen), delete)
        assert (result.outcome, result.deleted, result.body) == (Outcome.CONFLICT, False, unseen)
        assert result.disagreements[0].kind is Kind.DELETED


def test_the_deleted_do_not_rise() -> None:
    gone = Held("household", {}, deleted=True)
    for verb in (Verb.EDIT, Verb.NEW):
        result = merge(gone, change(verb, door=(None, "4号")), POLICY)
        assert (result.outcome, result.deleted) == (Outcome.CONFLICT, True)
        assert result.disagreements[0].field == WHOLE
        assert result.disagreements[0].client == {"door": "4号"}
    assert merge(gone, change(Verb.DELETE), POLICY).outcome is Outcome.APPLIED


values = st.one_of(
    st.none(), st.text(max_size=3), st.integers(0, 3), st.lists(st.sampled_from("abc"), unique=True)
)
bodies = st.dictionaries(st.sampled_from(["door", "note", "tags", "phone"]), values, max_size=4)


@given(bodies, bodies)
def test_alone_every_edit_arrives(seen: dict[str, Json], wished: dict[str, Json]) -> None:
    result = meets(seen, edit(seen, wished))
    assert result.outcome is Outcome.APPLIED
    assert _full(result.body) == _full(wished)


@given(bodies, bodies, bodies)
def test_every_value_ends_in_the_record_or_beside_it(
    seen: dict[str, Json], theirs: dict[str, Json], mine: dict[str, Json]
) -> None:
    one = edit(seen, mine)
    result = meets(theirs, one)
    beside = {each.field: each for each in result.disagreements}
    for name, (old, new) in one.fields.items():
        if name in beside:
            assert (beside[name].client, beside[name].base) == (new, old)
            assert result.body.get(name) == theirs.get(name)
        elif not isinstance(new, list) and new not in (None, ""):
            assert result.body[name] == new
    for name in theirs.keys() - one.fields.keys():
        assert result.body[name] == theirs[name]


@given(bodies, bodies, bodies)
def test_a_merge_repeated_changes_nothing(
    seen: dict[str, Json], theirs: dict[str, Json], mine: dict[str, Json]
) -> None:
    one = edit(seen, mine)
    first = meets(theirs, one)
    assert meets(first.body, one).body == first.body


def _full(body: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in body.items() if value not in (None, "", [], {})}
