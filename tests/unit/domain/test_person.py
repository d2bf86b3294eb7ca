"""What somebody is called on paper: known to the neighbours, and no more than that given away."""

from __future__ import annotations

import pytest

from app.domain.people.identity import Sex
from app.domain.people.person import called


@pytest.mark.parametrize(
    ("name", "sex", "years", "words"),
    [
        ("蒋桂英", Sex.FEMALE, 82, "蒋奶奶"),
        ("欧阳锋", Sex.MALE, 70, "欧阳爷爷"),
        ("欧阳", Sex.MALE, 70, "欧爷爷"),
        ("万俟明", Sex.MALE, 40, "万俟先生"),
        ("买买提·阿依", Sex.MALE, 70, "买买提爷爷"),
        ("𠮷田", Sex.FEMALE, 80, "𠮷奶奶"),
        ("李", Sex.FEMALE, None, "李女士"),
        ("蒋子轩", Sex.MALE, 9, "蒋小朋友"),
        ("蒋子轩", Sex.MALE, 16, "蒋同学"),
        ("无名氏", Sex.UNKNOWN, 65, "无老人家"),
    ],
)
def test_a_printed_list_names_a_person_as_the_neighbours_would(
    name: str, sex: Sex, years: int | None, words: str
) -> None:
    assert called(name, sex, years) == words
