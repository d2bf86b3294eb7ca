"""The pictures of a visit (照片): which are still wanted, how many fit, and what stands across a document.

The visit carries inside its seal what it keeps of each: whoever has the signed visit notices a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.photo import MOST_PHOTOS, Photo, read_photos
from app.domain.visits.form import Form, FormField, Kind
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES, Visit

PHOTOS = "photos"  # the field of a visit at home
SIGNED_PAGE = "signed"  # the printed sheet after it was signed by hand
WHY_NONE = "photos_why"  # the field that says why a wanted picture cannot be taken
ON_PAPER = "paper"  # how somebody signs on the printed sheet


def photos_of(visit: Visit, form: Form) -> tuple[Photo, ...]:
    """Every picture of a visit, in the order of the form's fields."""
    names = (one.id for one in form.fields.values() if one.kind is Kind.PHOTOS)
    return tuple(photo for name in names for photo in read_photos(visit.answers.get(name)))


def wanted(field: FormField, visit: Visit, *, required: bool) -> tuple[str, ...]:
    """The categories this visit must have a picture of: those of an investigation, and the signed page."""
    signed = SIGNED_PAGE in {one.code for one in field.options} and signs_on_paper(visit)
    return (*(field.wanted if required else ()), *((SIGNED_PAGE,) if signed else ()))


def lacking(field: FormField, visit: Visit, *, required: bool) -> tuple[str, ...]:
    """The categories of `wanted` without a picture. A reason why stands for those of an investigation, never
    for the signed page: without it nobody would have signed."""
    there = {one.category for one in read_photos(visit.answers.get(field.id))}
    excused = bool(str(visit.answers.get(WHY_NONE) or "").strip())
    return tuple(
        code
        for code in wanted(field, visit, required=required)
        if code not in there and (code == SIGNED_PAGE or not excused)
    )


def signs_on_paper(visit: Visit) -> bool:
    """Whether somebody's signature stands on the printed sheet, which is then to be photographed."""
    signing: Mapping[str, Any] = visit.answers.get("signing") or {}
    return any(is_on_paper(given) for given in signing.values())


def is_on_paper(given: Mapping[str, Any]) -> bool:
    """Whether one person's way of signing left ink on the printed sheet; a proxy may have too."""
    return given.get("how") == ON_PAPER or bool(given.get("paper"))


def lack_words(field: FormField, visit: Visit, *, required: bool) -> str:
    """`还差 2 张照片：住房、主要困难凭据。`; empty when nothing is missing."""
    if len(read_photos(visit.answers.get(field.id))) > (field.most or MOST_PHOTOS):
        return f"一次走访最多 {field.most or MOST_PHOTOS} 张照片。去掉几张。"
    missing = lacking(field, visit, required=required)
    names = "、".join(field.words_of(code) for code in missing)
    return f"还差 {len(missing)} 张照片：{names}。" if missing else ""


def count_words(field: FormField, value: Any) -> str:
    """`3 张：入户合影、住房、证件`."""
    photos = read_photos(value)
    names = dict.fromkeys(field.words_of(one.category) for one in photos)
    return f"{len(photos)} 张：{'、'.join(names)}" if photos else ""


def purpose_mark(village: str, purpose: str, on: date) -> str:
    """What is drawn across the picture of a document: for whom, for what, and the day.

    >>> purpose_mark("青石垭村", "VP04", date(2026, 11, 20))
    '仅供青石垭村申请调查用 2026年11月20日'
    """
    # 「看孩子用」 would say little to whoever finds a copy; only an investigation is named.
    what = PURPOSES[purpose] if purpose in INVESTIGATIONS else "入户走访"
    return f"仅供{village}{what}用 {on.year}年{on.month}月{on.day}日"
