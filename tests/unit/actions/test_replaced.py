"""What a restore replaced stays for 30 days and until the county has all of it, and is cleared away then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.safekeeping import backups, replaced
from app.domain.change import Outcome, Receipt
from app.domain.manifest import Reason
from app.paths import Paths
from tests.facts import VILLAGE, household
from tests.unit.actions.backing import Laptop, backed_up, laptop, restore


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    """Restored from a backup, with an edit made after it; the clock stands at the restore."""
    made = laptop(tmp_path)
    file = backed_up(made)
    edit(made, "9号")
    restore(made, file)
    return made


def edit(box: Laptop, door: str) -> None:
    desk = box.open()
    with desk.unit("edit") as unit:
        unit.save(household(door=door))
    desk.store.close()


def sent(desk: Desk, *, but: int = 0) -> None:
    """The county confirms everything, but for the last few."""
    waiting = desk.store.ledger.outgoing(10**7)
    some = waiting[: len(waiting) - but]
    receipts = [Receipt(one.id, Outcome.APPLIED, n) for n, one in enumerate(some, 1)]
    desk.store.ledger.settle(receipts, (), {VILLAGE: 0}, "e-1", desk.now)


def cleared(box: Laptop) -> tuple[str, ...]:
    desk = box.open()
    gone = replaced.clear(desk, box.paths)
    desk.store.close()
    return gone


def said(box: Laptop) -> str:
    desk = box.open()
    words = replaced.words(replaced.lying(desk, box.paths), desk.now)
    desk.store.close()
    return words


def test_it_stays_for_thirty_days_though_the_county_has_everything(box: Laptop) -> None:
    desk = box.open()
    sent(desk)
    desk.store.close()
    assert said(box).endswith("恢复时换下来的那份还留着。里面的县里都有了，再过 30 天清掉。")
    box.clock.forward(days=29, hours=23)
    assert cleared(box) == ()
    assert said(box).endswith("再过 1 天清掉。")
    box.clock.forward(hours=1)
    (gone,) = cleared(box)
    assert not (box.paths.root / gone).exists()
    assert said(box) == ""
    desk = box.open()
    assert [line.detail for line in desk.store.audit.lines() if line.verb == "clear replaced"] == [gone]
    desk.store.close()


def test_it_stays_until_the_county_has_everything_that_was_unsent_in_it(box: Laptop) -> None:
    box.clock.forward(days=400)
    assert "那时没上传的还有 3 处改动没传到县里，传到了才清。" in said(box)
    desk = box.open()
    sent(desk, but=1)
    desk.store.close()
    assert cleared(box) == ()
    edit(box, "10号")  # what came later keeps nothing back
    desk = box.open()
    sent(desk, but=1)
    desk.store.close()
    assert len(cleared(box)) == 1


def test_a_restore_after_it_knows_of_it_too(box: Laptop) -> None:
    file = backed_up(box)
    box.clock.forward(days=1)
    edit(box, "10号")
    restore(box, file)
    box.clock.forward(days=60)
    assert cleared(box) == ()
    desk = box.open()
    sent(desk)
    desk.store.close()
    assert len(cleared(box)) == 2


def test_one_that_nothing_opened_stays_for_good(tmp_path: Path) -> None:
    box = laptop(tmp_path)
    file = backed_up(box)
    box.paths.store.write_bytes(bytes(8_192))
    restore(box, file)
    desk = box.open()
    sent(desk)
    desk.store.close()
    box.clock.forward(days=4_000)
    assert cleared(box) == ()
    assert said(box).endswith("里面有没有没上传的，这台电脑说不准，一直留着，镇里能看。")


def test_what_is_no_folder_of_ours_is_left_alone(box: Laptop) -> None:
    for name in ("replaced-by-hand", "replaced-20269999-000000"):
        (box.paths.root / name).mkdir()
    desk = box.open()
    sent(desk)
    desk.store.close()
    box.clock.forward(days=60)
    assert len(cleared(box)) == 1
    assert len(list(box.paths.root.glob("replaced-*"))) == 2


def test_a_good_backup_clears_and_tells(box: Laptop) -> None:
    desk = box.open()
    assert len(backups.last_good(desk, box.paths).kept) == 1
    sent(desk)
    box.clock.forward(days=31)
    backups.make(desk, box.opened.key, box.paths, Reason.ASKED)
    assert backups.last_good(desk, box.paths).kept == ()
    desk.store.close()
    assert not list(box.paths.root.glob("replaced-*"))


def test_a_clock_set_back_clears_nothing(box: Laptop) -> None:
    desk = box.open()
    sent(desk)
    (one,) = replaced.lying(desk, box.paths)
    desk.store.close()
    assert not one.may_go(box.clock() - timedelta(days=500))
    assert Paths(one.folder).store.exists()
