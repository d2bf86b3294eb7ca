"""Pictures in the registers: a notice on its board, the bare board after it, signed minutes of a meeting.

They are what an inspection asks for: that it hung there, and that those who came have signed.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.photo import MOST_PHOTOS, Photo
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.review import Review
from app.domain.visits.form import FormField, Kind, Option

Pictured = PublicNotice | Review
POSTED, DOWN, SIGNED = "posted", "down", "signed"
BOARD = FormField(
    "photos", Kind.PHOTOS, "墙上的照片", "照片",
    (Option(POSTED, "贴出来"), Option(DOWN, "撤下来"), Option("other", "别的")), most=MOST_PHOTOS,
)  # fmt: skip
MINUTES = FormField(
    "papers", Kind.PHOTOS, "签了字的会议记录", "照片",
    (Option(SIGNED, "签字的记录"), Option("meeting", "开会的样子"), Option("other", "别的")),
    most=MOST_PHOTOS, hint="每一页都拍，签名、手印要看得清。",
)  # fmt: skip


def field_of(line: Pictured) -> FormField:
    """What pictures of the line are called and filed as."""
    return BOARD if isinstance(line, PublicNotice) else MINUTES


def pictures_of(line: Pictured) -> tuple[Photo, ...]:
    """Those it names."""
    return line.photos if isinstance(line, PublicNotice) else line.papers


def with_pictures(line: Pictured, photos: tuple[Photo, ...]) -> Pictured:
    """The line naming these."""
    return replace(line, photos=photos) if isinstance(line, PublicNotice) else replace(line, papers=photos)


def lacking(line: Pictured) -> tuple[str, ...]:
    """What should be seen and is not: a notice on the wall, and off it once it came down; signatures."""
    if isinstance(line, Review):
        wanted: tuple[str, ...] = (SIGNED,)
    else:
        wanted = (POSTED, DOWN) if line.down_on else (POSTED,)
    there = {one.category for one in pictures_of(line)}
    return tuple(code for code in wanted if code not in there)
