"""The diary may travel where the village's data may not: no name, number or quoted value is in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import log
from app.log import Redacting

SECRETS = (
    "蒋桂英", "𬎆", "古丽·买买提", "43990119440302302X", "439901 19440302 3028", "154-0000-3013",
    "154 0000 3013", "１５４００００３０１３", "9999990000001234567", "茶园组",
)  # fmt: skip


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    path = tmp_path / "log" / "d.log"
    log.start(path)
    yield path
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.mark.parametrize("secret", SECRETS)
def test_names_and_numbers_are_blanked_wherever_they_stand(diary: Path, secret: str) -> None:
    writer = logging.getLogger("test.diary")
    writer.info("opened %s by click", secret)
    writer.info(f"opened {secret} by click")
    writer.info("kept %r", {"name": secret})
    lines = diary.read_text(encoding="utf-8").splitlines()
    said = [line.split(" test.diary ")[1] for line in lines]
    assert said == ["opened • by click", "opened • by click", "kept {'name': '•'}"]


def test_of_an_error_only_its_kind_is_kept(diary: Path) -> None:
    try:
        raise ValueError("蒋桂英 43990119440302302X jiang gui ying")
    except ValueError:
        logging.getLogger("test.diary").info("could not read", exc_info=True, stack_info=True)
    text = diary.read_text(encoding="utf-8")
    assert text.endswith("could not read [ValueError]\n")
    assert "jiang" not in text


def test_a_traceback_another_handler_has_spelt_out_is_not_kept_either() -> None:
    try:
        raise ValueError("jiang gui ying")
    except ValueError as error:
        record = logging.LogRecord(
            "n", logging.INFO, "f", 1, "m", (), (type(error), error, error.__traceback__)
        )
    assert "jiang" in logging.Formatter().format(record)  # leaves its spelling on the record
    assert Redacting().format(record) == "m [ValueError]"
    assert record.exc_info, "other handlers still get the record as it was"


def test_what_a_technician_needs_is_left(diary: Path) -> None:
    logging.getLogger("sync.client").info("page of %d rows, seq %d, 3.5 s, op 0190-7f", 500, 99_999)
    assert diary.read_text(encoding="utf-8").endswith("page of 500 rows, seq 99999, 3.5 s, op 0190-7f\n")


def test_one_entry_is_one_line(diary: Path) -> None:
    logging.getLogger("test.diary").info("first\nsecond")
    assert diary.read_text(encoding="utf-8").count("\n") == 1


def test_the_diary_never_grows_beyond_its_files(diary: Path) -> None:
    writer = logging.getLogger("test.diary")
    for _ in range(60):
        writer.info("x" * 100_000)
    sizes = [path.stat().st_size for path in diary.parent.iterdir()]
    assert len(sizes) <= 1 + log.KEPT_FILES
    assert max(sizes) <= log.ONE_FILE_BYTES


def test_a_folder_that_cannot_be_made_does_not_keep_the_program_shut(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"a file where the folder should be")
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log.start(tmp_path / "log" / "d.log")
    added = [one for one in root.handlers if one not in before]
    for handler in added:
        root.removeHandler(handler)
    root.setLevel(level)
    assert added
