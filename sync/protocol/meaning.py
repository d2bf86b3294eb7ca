"""What a value means, whatever keyboard it was typed on: for comparing only, nothing is ever stored so.

Bodies are canonical when this program saves them; an older release, a roster or another program may have
written the same fact with full-width digits, a small x or a date with strokes.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.domain.record import Json

# Digits and letters of full width, and the space between them: U+FF01 to U+FF5E lie 0xFEE0 above ASCII.
_NARROW = {0xFEE0 + plain: plain for plain in range(0x21, 0x7F) if chr(plain).isalnum()} | {0x3000: 0x20}
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})日?"
)
_NUMBERED = re.compile(r"[0-9]{17}x")


def meant(value: Json) -> Json:
    """`value` in the one spelling that all spellings of it have in common. Doing it twice changes nothing."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [meant(item) for item in value]
    if isinstance(value, dict):
        return {key: meant(item) for key, item in value.items()}
    return value


def _text(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_NARROW).strip()
    if _NUMBERED.fullmatch(text):
        return text.upper()
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    month = next(part for part in found.groups()[1:5] if part)
    try:
        return date(int(found[1]), int(month), int(found[6])).isoformat()
    except ValueError:  # the 31st of February means itself
        return text
