"""A telephone number as it is read aloud and dialled, whatever separators it was typed with."""

from __future__ import annotations

import re

MOBILE = re.compile(r"1\d{10}")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d\d)(\d{3,4})(\d{4})")


def spoken(number: str) -> str:
    """`154-0000 2201`, `0744-123 4567`; what is neither a mobile nor a landline stays as it was given."""
    digits = re.sub(r"[\s-]", "", number)
    if MOBILE.fullmatch(digits):
        return f"{digits[:3]}-{digits[3:7]} {digits[7:]}"
    area = LANDLINE.fullmatch(digits)
    return f"{area[1]}-{area[2]} {area[3]}" if area else number
