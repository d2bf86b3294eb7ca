"""The sheet in the safe has the whole code, whose computer it opens, and one page."""

from __future__ import annotations

from datetime import date

import pypdfium2

from app.documents.preview import page_count
from app.documents.recovery_sheet import render
from app.vault.recovery import new_code

ON = date(2026, 11, 20)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return text


def test_every_group_stands_under_its_number_on_one_page() -> None:
    code = new_code()
    pdf = render(code, village="青石垭村", worker="向海燕", printed_on=ON)
    assert page_count(pdf) == 1
    lines = text_of(pdf).split()
    for number, group in enumerate(code.split(), 1):
        assert lines[lines.index(group) - 1] == str(number)


def test_it_says_whose_it_is_and_where_it_is_kept() -> None:
    text = text_of(render(new_code(), village="青石垭村", worker="李𬎆", printed_on=ON))
    for words in ("青石垭村的电脑", "李𬎆", "2026年11月20日", "交镇里锁进柜子", "忘了口令"):
        assert words in text.replace("\r\n", "").replace("\n", "")


def test_the_same_code_and_day_give_the_same_bytes() -> None:
    code = new_code()
    first, second = (render(code, village="甲村", worker="乙", printed_on=ON) for _ in range(2))
    assert first == second
