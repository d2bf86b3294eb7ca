"""The power may go at any moment while photos are added: what was said to be kept is there, whole."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import attachments
from app.actions.visits import photos, visit_sitting, visits
from app.domain.photo import read_photos
from app.domain.visits.visit import Met
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("seed", range(5))
def test_no_photo_said_to_be_kept_is_lost(tmp_path: Path, seed: int) -> None:
    store = Store(tmp_path / "store.db", KEY, create=True)
    desk = replace(desk_on(store, Clock()), files=tmp_path / "attachments")
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    draft = visits.begin(desk, HOME, purpose="VP01").id
    store.close()
    told = _until_the_plug_is_pulled(tmp_path, draft, after=random.Random(seed).randint(1, 20))

    desk = replace(desk_on(Store(tmp_path / "store.db", KEY), Clock()), files=tmp_path / "attachments")
    visit = visits.resume(desk, draft)
    kept = [one.id for one in read_photos(visit.answers.get("photos"))]
    assert set(told[-11:]) <= set(kept)
    assert photos.thumbs(desk, visit).keys() == set(kept)
    assert all(photos.read(desk, one) for one in kept)
    assert list(attachments.damaged(desk)) == []
    given = replace(visit, met=Met.HOME, respondent=GRANNY, signatures=("向海燕",))
    given = given.answered("members", {GRANNY: ["same"]}).answered("alive", {GRANNY: "met"})
    visits.finish(desk, given)
    assert {one.id for one in desk.store.attachments.of_record(draft)} == set(kept), "nothing is left over"
    assert visit_sitting.look(desk, draft).visit.seal
    desk.store.close()


def _until_the_plug_is_pulled(folder: Path, draft: str, *, after: int) -> list[str]:
    """What it said to be kept until it was killed, a random number of photos later."""
    command = [sys.executable, "-m", "tests.unit.actions.photographer", str(folder), draft]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        told = [worker.stdout.readline().strip() for _ in range(after)]
        worker.kill()
        told += [line.strip() for line in worker.stdout if len(line.strip()) == len(told[0])]
    return told
