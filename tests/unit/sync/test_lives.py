"""How far a county that was put back still has what a device heard, and what a witness's copy may change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.record import Json
from sync.protocol.lives import Life, NewLife, before_first, kept_of, new_life_in
from sync.protocol.merge import Held
from sync.protocol.witness import Adopted, Copy, adopt

AT = datetime(2026, 11, 30, tzinfo=UTC)
LIVES = (Life(1, "a", 0), Life(2, "b", 100), Life(3, "c", 4050))


@pytest.mark.parametrize(("heard", "kept"), [("a", 100), ("b", 4050), ("c", 0), ("nobody knows", 0)])
def test_every_restore_since_counts(heard: str, kept: int) -> None:
    assert kept_of(LIVES, heard) == kept


def test_a_later_restore_from_an_older_backup_keeps_less() -> None:
    assert kept_of((*LIVES, Life(4, "d", 80)), "a") == 80


def test_a_life_begins_above_all_that_came_before_it_also_when_nobody_remembers() -> None:
    forgotten = before_first(AT, 7)
    later = AT + timedelta(seconds=1)
    assert before_first(later, 7) > forgotten + 2**21 - 1, "restored from before it, a second later"
    assert before_first(AT, forgotten + 5) > forgotten + 5, "the clock went back"
    assert before_first(datetime(2020, 1, 1, tzinfo=UTC), 0) > 0
    assert before_first(datetime(2161, 1, 1, tzinfo=UTC), 0) < 2**53, "what any reader of JSON holds"


def test_a_notice_is_read_as_it_was_told_and_an_old_county_tells_none() -> None:
    read = new_life_in({"error": "epoch", "words": "…", **NewLife("b", 100).told})
    assert read is not None
    assert (read.epoch, read.kept_upto) == ("b", 100)
    assert new_life_in({"error": "epoch", "words": "…"}) is None
    assert new_life_in({"error": "epoch", "epoch": "b", "kept_upto": -1}) is None


def laid(
    held: dict[str, Json] | None, copy: dict[str, Json], newer: dict[str, Json], *, deleted: bool = False
) -> Adopted:
    """`newer`: fields written since the restore, with what their writers saw."""
    return adopt(
        None if held is None else Held("household", held),
        Copy(copy, deleted, 97),
        lambda name: name not in newer,
        newer.get,
    )


def test_a_copy_fills_what_nobody_wrote_since() -> None:
    result = laid({"door": "1号", "phone": "154"}, {"door": "2号", "note": "有狗"}, {})
    assert result.body == {"door": "2号", "note": "有狗"}
    assert result.fields == {"door": ("1号", "2号"), "note": (None, "有狗"), "phone": ("154", None)}
    assert laid(None, {"door": "2号"}, {}).body == {"door": "2号"}


def test_what_was_written_since_stays_and_only_an_unseen_value_lies_beside_it() -> None:
    unseen = laid({"door": "7号"}, {"door": "2号"}, {"door": "1号"})
    assert (unseen.body, len(unseen.beside)) == ({"door": "7号"}, 1)
    seen = laid({"door": "7号"}, {"door": "2号"}, {"door": "2号"})
    assert (seen.body, seen.beside) == ({"door": "7号"}, ())


def test_a_deletion_is_taken_unless_somebody_wrote_since() -> None:
    assert laid({"door": "1号"}, {}, {}, deleted=True).deleted
    kept = laid({"door": "7号"}, {}, {"door": "1号"}, deleted=True)
    assert (kept.deleted, kept.body, len(kept.beside)) == (False, {"door": "7号"}, 1)


def test_the_deleted_do_not_rise() -> None:
    result = adopt(
        Held("household", {}, True), Copy({"door": "2号"}, False, 97), lambda _: True, lambda _: None
    )
    assert (result.deleted, result.body) == (True, {})
