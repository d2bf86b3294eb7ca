"""What ReportLab is spared is not what it would have written otherwise."""

from __future__ import annotations

from app.documents.typography import mending


def test_what_is_remembered_is_what_reportlab_would_have_written() -> None:
    mending.mend()
    pdfdoc = mending.pdfdoc
    numbers = [0, 1, -1, 0.5, -0.0, 1e-8, 0.1 + 0.2, 123.456789, 99999.5, 1234567.25, True]
    for number in numbers * 2:
        assert mending.figures(number) == mending._own_figures(number)
    assert mending.figures(*numbers) == mending._own_figures(*numbers) == mending.figures(numbers)
    for text in ("".join(map(chr, (*range(24), *range(32, 127)))), "Größe •", b"\x80"):
        assert mending.plain(text) == mending._own_bytes(text)
    for name in ("BaseFont", "A B#(生)"):
        assert pdfdoc.PDFName(name) == mending._own_name(name)
    for value in (7, 0.25, "/Type", b"<00>", pdfdoc.PDFArray([1, 0.5, "/A", b"b"])):
        assert mending.element(value, None) == mending._own_element(value, None)
