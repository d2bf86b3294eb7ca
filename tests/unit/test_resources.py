"""Shipped data is read by name, and only from where it is shipped."""

from __future__ import annotations

import pytest

import resources


def test_a_file_is_read_by_its_name() -> None:
    assert resources.read_text("pictograms/hall.svg").startswith("<svg")
    assert resources.read_bytes("fonts/ShoufangtongRare.ttf")[:4] == b"\x00\x01\x00\x00"
    assert "hall.svg" in resources.names("pictograms", ".svg")
    assert resources.names("no/such/folder") == ()


@pytest.mark.parametrize("name", ["/etc/passwd", "../pyproject.toml", "fonts/../../x", "C:/x", "a\\b", ""])
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a resource name"):
        resources.path(name)


def test_a_file_that_is_not_shipped_is_said_to_be_missing() -> None:
    with pytest.raises(FileNotFoundError):
        resources.read_text("pictograms/none.svg")
