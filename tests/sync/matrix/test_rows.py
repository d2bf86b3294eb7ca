"""The failure matrix: each row names the tests that play it, and each of them is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

LEDGER = "tests/store/test_ledger_contract.py::test_the_real_ledger_keeps"
ROOT = Path(__file__).resolve().parents[3]
HISTORIES = "tests/sync/model/test_histories.py::test_every_promise_is_kept_in_every_history"


class Row(NamedTuple):
    """Where it breaks, and which tests break it there."""

    number: int
    breaks: str
    tests: tuple[str, ...]


ROWS = (
    Row(1, "the program dies while something is saved", (
        "tests/faults/test_power_cut.py::test_a_day_killed_in_any_of_its_steps_loses_nothing_it_confirmed",)),
    Row(2, "the power goes after 已保存", (
        "tests/store/test_bad_disk.py::test_a_log_cut_anywhere_loses_only_the_last_units_and_none_by_half",)),
    Row(3, "the request never arrives", (
        "tests/sync/test_bad_lines.py::test_a_line_that_never_holds_gives_up_and_keeps_everything",
        HISTORIES)),
    Row(4, "the server dies before it commits", (HISTORIES,)),
    Row(5, "the county commits and the answer is lost", (
        "tests/sync/test_bad_lines.py::test_a_lost_answer_costs_one_retry_and_nothing_else", HISTORIES)),
    Row(6, "a request is delivered twice, or weeks late", (
        "tests/sync/test_numbers.py::test_one_change_arriving_on_two_roads_at_once_is_one_change",
        HISTORIES)),
    Row(7, "the laptop dies before it took the answer", (
        LEDGER, HISTORIES)),
    Row(8, "a push is cut in the middle", (
        "tests/sync/test_bad_lines.py::test_a_broken_batch_is_halved_and_what_was_sent_counts",)),
    Row(9, "something is edited while a page is taken", (
        LEDGER, HISTORIES)),
    Row(10, "two edit the same field", (
        "tests/sync/test_exchange.py::test_the_same_field_twice_keeps_both_values_for_a_person", HISTORIES)),
    Row(11, "an edit in a village lost meanwhile", (
        "tests/sync/test_exchange.py::test_a_change_in_a_village_that_is_not_hers_is_kept_for_the_township",)),
    Row(12, "a record moves while it is edited", (
        "tests/sync/test_exchange.py::test_a_record_that_moves_village_leaves_one_and_enters_the_other",
        HISTORIES)),
    Row(13, "the county is put back from a backup", (
        "tests/sync/test_lives.py::test_what_it_lost_is_sent_again_without_anybody_asking", HISTORIES)),
    Row(14, "it is put back and nobody says so", (
        "tests/sync/test_lives.py::test_a_restore_nobody_announced_closes_the_county_until_somebody_looks",)),
    Row(15, "a laptop's folder is put back or copied", (
        "tests/sync/test_copied_folder.py::test_of_two_copies_both_go_on_and_all_they_did_arrives",
        "tests/sync/test_copied_folder.py::test_a_disk_put_back_in_silence_is_noticed_before_it_writes",
        "tests/sync/test_restored_device.py::test_the_county_notes_it_and_hears_the_copy_no_more",
        HISTORIES)),
    Row(16, "13 and 15 at once, for the same change", (HISTORIES,)),
    Row(17, "a page of the store is damaged", (
        "tests/faults/test_flipped_bits.py::test_a_bit_turned_in_any_page_is_found_named_and_never_read",)),
    Row(18, "the disk is full", (
        "tests/faults/test_full_disk.py::test_a_write_refused_at_any_page_of_a_unit_leaves_nothing_of_it",)),
    Row(19, "a file of a record is cut", (
        "tests/sync/test_blobs.py::test_it_goes_on_from_wherever_the_county_was_cut",)),
    Row(20, "a file of a record is damaged", (
        "tests/sync/test_blobs.py::test_a_damaged_file_is_thrown_away_and_sent_again",)),
    Row(21, "a clock is years wrong", (
        "tests/faults/test_clocks.py::test_ids_are_never_alike_and_every_ticket_gets_a_number_of_its_own",
        HISTORIES)),
    Row(22, "an old laptop, a new county", (
        "tests/sync/test_exchange.py::test_fields_of_a_newer_release_survive_an_older_one",)),
    Row(23, "a copy of a village adds up to something else", (
        "tests/sync/matrix/test_digest_mismatch.py::test_it_is_read_again_whole_and_the_county_is_told",)),
    Row(24, "a stick is pulled out while it is written", (
        "tests/sync/test_sticks_carried.py"
        "::test_a_stick_that_fails_at_any_step_leaves_no_file_that_could_be_taken_for_whole",
        "tests/sync/test_sticks_carried.py"
        "::test_a_stick_cut_off_in_the_middle_of_a_write_keeps_only_a_beginning_nobody_reads")),
    Row(25, "the passphrase is lost", (
        "tests/sync/test_escrow.py::test_the_countys_answer_opens_and_who_said_yes_is_in_both_logs",)),
    Row(26, "the power goes while the key is exchanged", (
        "tests/unit/actions/test_rotation.py::test_the_power_may_go_at_every_step",)),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number} {row.breaks}")
def test_the_row_is_played_by_tests_that_are_there(row: Row) -> None:
    for name in row.tests:
        file, _, test = name.partition("::")
        assert re.search(rf"^def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), name


def test_every_row_is_there() -> None:
    assert [row.number for row in ROWS] == list(range(1, 27))
