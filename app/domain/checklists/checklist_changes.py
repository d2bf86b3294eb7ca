"""What a newer policy pack changes for a list that was made before, and the list brought up to it.

A list is compared as it stands with the one that would be begun today. What the worker ticked or wrote
by hand is hers: it is no difference, and it stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from app.domain.checklists.checklist import Checklist, Paper, Place, Step
from app.domain.checklists.checklist_place import place_of
from app.domain.packs.policy import Pack, version_key

# What is shown of each part, and what it is called. Whatever is not named here is compared too, and told
# as 别的: a field that is new must not pass unseen.
PLACE = {
    "name": "地方", "floor": "几楼", "window": "几号窗", "person": "找谁", "phone": "电话",
    "phone2": "第二个电话", "morning": "上午几点", "afternoon": "下午几点", "closed": "哪天不开门",
    "building": "哪栋楼",
    "route": "怎么走", "bus": "坐什么车", "market": "赶集的日子",
}  # fmt: skip
PAPER = {
    "name": "名称", "originals": "原件", "copies": "复印", "look_only": "看不看原件", "unit": "怎么数",
    "note": "说明", "issuer": "哪里开", "spec": "要什么样的", "may_follow": "能不能后补",
    "wanted_by": "哪件事要",
}  # fmt: skip
STEP = {
    "title": "这步做什么", "takes": "要等多久", "limit": "要等多久", "then": "办完以后",
    "external": "归哪家办",
    "must_come": "谁要亲自去", "before": "最晚哪天去", "items": "办哪件事", "after": "先办哪步",
}  # fmt: skip
# The worker's own, or parts that are compared one by one.
NOT_COMPARED = {
    "icon", "windows", "material", "held", "held_why", "changed", "unverified", "owed_until",
    "office", "step", "place", "papers", "unneeded", "done", "done_on",
}  # fmt: skip
COUNTED = ("originals", "copies")
YES_NO = {True: "是", False: "不是"}


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise now. `key` names it (`town/place/phone`), `step` is its errand's id."""

    step: str
    key: str
    words: str


def made_before(made: str, now: str) -> bool:
    """Whether a pack's label `made` is older than `now`: no layer of it newer, and none that is not there
    any more — a computer that has lost its county's pack knows less, not more."""
    before, after = _versions(made), _versions(now)
    if before == after or not before.keys() <= after.keys():
        return False
    return all(version_key(before[name]) <= version_key(after[name]) for name in before)


def differences(made: Checklist, fresh: Checklist) -> tuple[Difference, ...]:
    """Everything the list `fresh`, begun today, says otherwise of what is still to be done."""
    return tuple(_differences(made, fresh))


def renewed(made: Checklist, fresh: Checklist) -> Checklist:
    """`made` as `fresh` has it, with every tick and everything the worker wrote by hand.

    Steps that are done stay as they were. A paper of it that was given away keeps its number; the next
    one printed is another edition.
    """
    known = {step.step: step for step in made.steps}
    coming = {step.step for step in fresh.steps}
    ticked = (paper for step in made.steps for paper in step.papers if paper.held and not paper.held_why)
    held = {paper.material for paper in ticked}
    gone = tuple(step for step in made.steps if step.done and step.step not in coming)
    steps = tuple(_step(known.get(step.step), step, made.by_hand, held) for step in fresh.steps)
    return replace(
        made,
        item_name=fresh.item_name,
        headline=fresh.headline,
        bundled=fresh.bundled,
        steps=(*gone, *steps),
        pack=fresh.pack,
        simulated=fresh.simulated,
        edition=made.edition + (1 if made.given_away else 0),
    )


def by_hand(made: Checklist, step: int, place: Place) -> tuple[str, ...]:
    """The keys of everything written by hand once `place` stands in that step."""
    before, errand = made.steps[step].place, made.steps[step].step
    typed = {_place_key(errand, name) for name in PLACE if getattr(before, name) != getattr(place, name)}
    return tuple(sorted({*made.by_hand, *typed}))


def not_the_packs(made: Checklist, pack: Pack) -> tuple[str, ...]:
    """The keys of every place on a new list that the village remembers and the pack does not say."""
    return tuple(
        _place_key(step.step, name)
        for step in made.steps
        for said in [place_of(pack, step.office, made.village, made.made_on)]
        for name in PLACE
        if getattr(step.place, name) != getattr(said, name)
    )


def _differences(made: Checklist, fresh: Checklist) -> Iterator[Difference]:
    known = {step.step: step for step in made.steps}
    coming = {step.step for step in fresh.steps}
    for step in fresh.steps:
        old = known.get(step.step)
        if old is None:
            where = f"，去{step.place.name}" if step.place.name else ""
            yield Difference(step.step, step.step, f"多一步：{step.title}{where}")
        elif not old.done:
            for key, words in _in_step(old, step, made.by_hand):
                yield Difference(step.step, f"{step.step}/{key}", f"{old.title}：{words}")
    for step in made.steps:
        if step.step not in coming and not step.done:
            yield Difference(step.step, step.step, f"少一步：{step.title}，不用去了")


def _in_step(old: Step, new: Step, hand: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from _fields(old, new, STEP)
    for key, words in _fields(old.place, new.place, PLACE):
        if f"{old.step}/place/{key}" not in hand:
            yield f"place/{key}", words
    yield from _in_papers(_papers(old), _papers(new), {each.name: each.why for each in new.unneeded})
    named = {each.name for each in old.unneeded} | {paper.name for paper in old.papers}
    for one in new.unneeded:
        if one.name not in named:
            yield f"unneeded[{one.name}]", f"写明不用带{one.name}{_why(one.why)}"


def _in_papers(
    before: dict[str, Paper], after: dict[str, Paper], spared: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for material, paper in after.items():
        if material not in before:
            yield f"paper[{material}]", f"多带一样，{paper.name}{_how_many(paper)}"
            continue
        for key, words in _fields(before[material], paper, PAPER):
            if not (before[material].changed and key in COUNTED):
                yield f"paper[{material}]/{key}", f"{paper.name}，{words}"
    for material, paper in before.items():
        if material not in after:
            yield f"paper[{material}]", f"{paper.name}不用带了{_why(spared.get(paper.name, ''))}"


def _fields(old: Any, new: Any, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    told: set[str] = set()
    for one in fields(old):
        before, after = getattr(old, one.name), getattr(new, one.name)
        label = names.get(one.name, "别的")
        if one.name in NOT_COMPARED or before == after or label in told:
            continue
        told.add(label)
        yield one.name, _changed(one.name, label, before, after)


def _changed(name: str, label: str, before: object, after: object) -> str:
    old, new = _said(name, before), _said(name, after)
    if old is None or new is None:
        return f"{label}改了"
    if not new:
        return f"{label}不写了，原来是 {old}"
    return f"{label}从 {old} 改成 {new}" if old else f"{label}是 {new}"


def _said(name: str, value: object) -> str | None:
    """The value in a few words, or None when it has too many parts to be said in a line."""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, date):
        return f"{value.month}月{value.day}日"
    if isinstance(value, str | int):
        return f"{value} 份" if name in COUNTED else str(value or "")
    return None


def _why(words: str) -> str:
    return f"，{words}" if words else ""


def _how_many(paper: Paper) -> str:
    if paper.unit:
        return f" {paper.originals} {paper.unit}"
    told = [
        f"{label} {count} 份" for label, count in (("原件", paper.originals), ("复印", paper.copies)) if count
    ]
    return f"（{'，'.join(told)}）" if told else ""


def _step(old: Step | None, new: Step, hand: tuple[str, ...], held: set[str]) -> Step:
    if old is not None and old.done:
        return old
    if old is None:
        return replace(new, papers=tuple(_paper(None, each, held) for each in new.papers))
    mine = {name: getattr(old.place, name) for name in PLACE if _place_key(old.step, name) in hand}
    before = _papers(old)
    papers = tuple(_paper(before.get(each.material), each, held) for each in new.papers)
    return replace(new, place=replace(new.place, **mine), papers=papers, done_on=old.done_on)


def _paper(old: Paper | None, new: Paper, held: set[str]) -> Paper:
    if old is None:  # ticked elsewhere, or only proposed
        return replace(new, held=True, held_why="") if new.material in held else new
    kept = replace(new, held=old.held, held_why=old.held_why, owed_until=old.owed_until or new.owed_until)
    if not old.changed or (old.originals, old.copies) == (new.originals, new.copies):
        return kept
    return replace(kept, originals=old.originals, copies=old.copies, changed=True)


def _papers(step: Step) -> dict[str, Paper]:
    return {paper.material: paper for paper in step.papers}


def _place_key(step: str, name: str) -> str:
    return f"{step}/place/{name}"


def _versions(label: str) -> dict[str, str]:
    pairs = (part.rpartition(" ") for part in label.split(" + "))
    return {name: version for name, _, version in pairs if name}
