"""How a checklist is laid out on paper: which form, how large, how much toner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What the sheets show."""

    STEPS = "steps"  # one errand to a page, papers and all
    SUMMARY = "summary"  # every errand and every paper, for who reads
    RECEIPT = "receipt"  # 收条: what the window took in, for her to keep


@dataclass(frozen=True)
class Layout:
    """`large` sets the smallest letters at 26 pt instead of 18; `thrift` (省墨) draws thin lines only.

    `qr` adds a square that a grandchild's telephone reads: the same words, nothing personal.
    """

    form: Form = Form.STEPS
    large: bool = False
    thrift: bool = False
    qr: bool = False


PLAIN = Layout()
