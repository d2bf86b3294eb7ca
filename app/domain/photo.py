"""A picture that belongs to a record: what the record keeps of it, and how many there may be.

The pixels lie sealed beside the store. The record carries the id and the SHA-256 of every picture: one that
was changed or taken away is noticed by anybody who has the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.problem import UserError

MOST_PHOTOS = 12  # of one record


@dataclass(frozen=True)
class Photo:
    """`id` is its attachment, `sha256` (hex) that of its content, `category` what it shows.

    `document` says that a purpose watermark stands in its pixels; `thumb` is the SHA-256 of its small copy,
    by which another computer asks the county for that one first ("": of a release without).
    """

    id: str
    sha256: str
    category: str = ""
    document: bool = False
    thumb: str = ""

    def kept(self) -> dict[str, Any]:
        """As it stands among the answers of a visit."""
        plain: dict[str, Any] = {"id": self.id, "sha256": self.sha256, "category": self.category}
        marked = {**plain, "document": True} if self.document else plain
        return {**marked, "thumb": self.thumb} if self.thumb else marked


def read_photos(value: Any) -> tuple[Photo, ...]:
    """The pictures in the value of a field."""
    return tuple(
        Photo(
            str(one["id"]),
            str(one["sha256"]),
            str(one.get("category") or ""),
            bool(one.get("document")),
            str(one.get("thumb") or ""),
        )
        for one in value or ()
    )


def with_photo(photos: Sequence[Photo], new: Photo, most: int = MOST_PHOTOS) -> tuple[Photo, ...]:
    """`photos` and one more. Raises UserError when there are enough, or when it is there already."""
    if any(one.id == new.id for one in photos):
        raise UserError("这张照片已经有了，不用再加。", field="photos")
    if len(photos) >= most:
        raise UserError(f"最多 {most} 张照片。先去掉一张，再加。", field="photos")
    return (*photos, new)


def recategorised(photos: Iterable[Photo], photo: str, category: str) -> tuple[Photo, ...]:
    """The same pictures, one of them filed under another category."""
    return tuple(replace(one, category=category) if one.id == photo else one for one in photos)


def merged(there: Sequence[Photo], seen: Sequence[Photo], said: Sequence[Photo]) -> tuple[Photo, ...]:
    """`there`, with what was done to `seen` to make it `said`: what came or went meanwhile stays so."""
    told = {one.id: one for one in said}
    before = {one.id for one in seen}
    kept = [told.get(one.id, one) for one in there if one.id in told or one.id not in before]
    known = before | {one.id for one in there}
    return (*kept, *(one for one in said if one.id not in known))
