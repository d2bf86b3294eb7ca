"""What about the papers would make a trip vain: originals, copies, photos, proofs and hospital papers."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.checklists.checklist import Paper
from app.domain.checklists.trap import Ground, Trap

PHOTOS = ("photo_1inch", "photo_2inch")
MEDICAL = ("diagnosis", "hospital_bill", "discharge_summary")


def traps(ground: Ground) -> Iterator[Trap]:
    """W01 W02 W06 W11 W18; what the page prints by itself needs no look."""
    for index, paper in ground.papers():
        yield from _originals(ground, index, paper)
        yield from _copies(index, paper)
        yield from _kind(index, paper)
        yield from _village_proof(ground, index, paper)


def _originals(ground: Ground, index: int, paper: Paper) -> Iterator[Trap]:
    keepers = [want.item for want in paper.wanted_by if want.originals]
    if len(keepers) > 1 and paper.originals < len(keepers) and not paper.look_only and not paper.unit:
        names = "、".join(ground.checklist.names.get(item, item) for item in keepers)
        words = f"{paper.name}：{names}都要收原件。"
        do = "原件只有一份，先打电话问窗口交给哪件，另一件怎么办。"
        yield Trap("W01", words, do, "papers", index)


def _copies(index: int, paper: Paper) -> Iterator[Trap]:
    # A number the worker set lower than the county's may be right: then she has asked, and knows.
    number = paper.originals if paper.unit else paper.copies
    wanted = sum(want.originals if paper.unit else want.copies for want in paper.wanted_by)
    if paper.changed and paper.wanted_by and number < wanted:
        unit = paper.unit or "份"
        words = f"{paper.name}改成了 {number} {unit}，县里写的是 {wanted} {unit}。"
        yield Trap("W02", words, "拿不准就多备一份。", "papers", index)


def _kind(index: int, paper: Paper) -> Iterator[Trap]:
    if paper.spec:
        return
    if paper.icon in PHOTOS:
        words = f"{paper.name}：不知道要几寸、什么底色。"
        yield Trap("W06", words, "打电话问一声，再去照相。", "papers", index)
    elif paper.icon in MEDICAL:
        words = f"{paper.name}：不知道要哪一种。"
        do = "问清要诊断书、出院小结还是结算单，要不要盖章。"
        yield Trap("W18", words, do, "papers", index)


def _village_proof(ground: Ground, index: int, paper: Paper) -> Iterator[Trap]:
    if paper.icon != "village_proof" and "证明" not in paper.name:
        return
    for proof in ground.pack.proofs:
        if proof.name in paper.name and (paper.icon == "village_proof" or "村" in paper.issuer):
            words = f"“{paper.name}”不该由村里开。"
            yield Trap("W11", words, f"{proof.instead}。窗口还要的，请他打 12345 问。", "papers", index)
            return
