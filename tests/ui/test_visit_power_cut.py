"""A power cut in the middle of a visit: what the form said was kept is there afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.actions.visits import visits
from app.domain.visits.visit import Met
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME
from tests.ui.filling import TYPES
from tests.ui.village import KEY, furnish

ROOT = Path(__file__).resolve().parents[2]
CUTS = 5


def test_nothing_the_form_called_kept_is_lost_to_a_power_cut(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db", KEY, create=True)
    draft = visits.begin(furnish(desk_on(store, Clock())), HOME, purpose="VP04").id
    store.close()
    told = 0
    for cut in range(CUTS):
        told = _fill_until_the_plug_is_pulled(tmp_path, draft, lines=2 + 2 * cut, before=told)
        store = Store(tmp_path / "store.db", KEY)
        visit = visits.resume(desk_on(store, Clock()), draft)
        store.close()
        assert visit.met is Met.HOME
        assert visit.answers["house_area"] >= told, "an answer called kept is gone"
        told = visit.answers["house_area"]
        beside = {TYPES[told % len(TYPES)], TYPES[(told - 1) % len(TYPES)]}
        assert visit.answers["house_type"] in beside, "the answers are not of one moment"
        assert visit.answers["health"] == {GRANNY: ["well"]}


def _fill_until_the_plug_is_pulled(folder: Path, draft: str, *, lines: int, before: int) -> int:
    """The last count the form called kept before SIGKILL, after `lines` such words."""
    program = [sys.executable, "-m", "tests.ui.filling", str(folder), draft]
    filling = subprocess.Popen(
        program,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert filling.stdout is not None
    try:
        heard = [int(filling.stdout.readline() or "-1") for _ in range(lines)]
    finally:
        filling.kill()
        filling.wait()
        filling.stdout.close()
    assert heard[-1] >= before
    return heard[-1]
