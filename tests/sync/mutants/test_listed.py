"""A list of bugs is worth something only while each still breaks what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.server.embedded import EmbeddedDatabase
from tests.sync.mutants.attempt import Tries, attempt, broken
from tests.sync.mutants.listed import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_it_breaks_is_there_and_is_still_a_program(mutant: Mutant) -> None:
    text = broken(mutant, (ROOT / mutant.file).read_text(encoding="utf-8"))
    compile(text, mutant.file, "exec")
    assert mutant.right != mutant.wrong
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8")


def test_each_has_a_name_of_its_own() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20


def test_a_bug_put_in_is_noticed_and_a_change_that_is_none_is_not(county_cluster: EmbeddedDatabase) -> None:
    tries = Tries(county_cluster, 1, 1, 60)
    wrong = next(one for one in MUTANTS if one.name == "a set forgets what the other put in")
    test = ("tests/unit/sync/test_merge.py::test_adding_and_removing_in_a_set_commute",)
    noticed = Mutant(wrong.name, wrong.file, wrong.right, wrong.wrong, test)
    found = attempt(noticed, tries)
    assert found is not None
    assert found.by.startswith(test[0])
    none = Mutant("none", wrong.file, "    return kept + [", "    return [*kept] + [", test)
    assert attempt(none, tries) is None
