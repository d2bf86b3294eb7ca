"""A number reads alike everywhere, whatever it was typed with."""

from __future__ import annotations

import pytest

from app.domain.people.phone import spoken


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("15400003013", "154-0000 3013"),
        ("154-0000-3013", "154-0000 3013"),
        ("154 0000 3013", "154-0000 3013"),
        ("07441234567", "0744-123 4567"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_number_is_grouped_as_it_is_read_aloud(given: str, said: str) -> None:
    assert spoken(given) == said
