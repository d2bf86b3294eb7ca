"""A power cut in the middle of a questionnaire: what the form said was kept is there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions.surveys import filling
from app.actions.surveys.filling import Whom
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME
from tests.ui.plug import pull
from tests.ui.survey_filling import KNOWS
from tests.ui.village import KEY, furnish

CUTS = 2


@pytest.mark.parametrize("anonymous", [False, True])
def test_nothing_a_questionnaire_called_kept_is_lost_to_a_power_cut(tmp_path: Path, anonymous: bool) -> None:
    store = Store(tmp_path / "store.db", KEY, create=True)
    desk = furnish(desk_on(store, Clock()))
    begun = filling.begin(desk, "home", Whom(HOME, GRANNY), anonymous=anonymous).filling
    filling.keep(desk, begun.answered("spent", ["ill"]))
    store.close()
    told = 0
    for cut in range(CUTS):
        told = pull("tests.ui.survey_filling", tmp_path, begun.id, lines=2 + 2 * cut, before=told)
        store = Store(tmp_path / "store.db", KEY)
        answers = filling.resume(desk_on(store, Clock()), begun.id).filling.answers
        store.close()
        assert answers["spent"] == ["ill"]
        assert answers["spent_yuan"] >= told, "an answer called kept is gone"
        told = answers["spent_yuan"]
        beside = {KNOWS[told % len(KNOWS)], KNOWS[(told - 1) % len(KNOWS)]}
        assert answers["knows"] in beside, "the answers are not of one moment"
