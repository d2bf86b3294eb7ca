"""Putting the errands of several matters together: one walk to one office, every paper named once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.checklists.checklist import Paper, Step, Unneeded, Want
from app.domain.checklists.checklist_steps import Key, Walk

AGAIN = "本人的再多复印"  # her own card is among the family's; only the copies are more
# Signed for one purpose and kept by the office: each matter has its own.
SIGNED = frozenset({"authorisation", "promise", "letter_of_request", "form", "sign"})
MOST_THEN = 4  # sentences under 办好了 that still fit on the paper
DAYS_OF = {"hour": 1, "calendar": 24, "workday": 34}  # hours; five working days are seven of the calendar


def together(matters: Sequence[Sequence[Walk]]) -> tuple[Step, ...]:
    """The steps of one list for `matters`, each given as its errands in order.

    Errands at the same office in the same round become one. What an errand depends on stays before it;
    where merging would turn an order round, both are walked. One matter alone keeps the pack's order.
    """
    if len(matters) == 1:
        return tuple(_drawn(walk) for walk in matters[0])
    joined: list[Walk] = []
    for number, walks in enumerate(matters):
        ids: dict[str, str] = {}
        mine: set[str] = set()
        for walk in walks:
            own = _renamed(walk, ids, number)
            base = _same_walk(own, joined, mine)
            if base is None:
                joined.append(own)
                kept = own
            else:
                kept = _merged(joined[base], own)
                joined[base] = kept
            ids[walk.step.step] = kept.step.step
            mine.add(kept.step.step)
    return tuple(_drawn(walk) for walk in _ordered(joined))


def _renamed(walk: Walk, ids: dict[str, str], number: int) -> Walk:
    # "town" of the second matter is another step than "town" of the first, until they are one.
    own = f"{walk.step.items[0]}.{walk.step.step}" if number else walk.step.step
    after = tuple(dict.fromkeys(ids[name] for name in walk.step.after if name in ids))
    return replace(walk, step=replace(walk.step, step=own, after=after))


def _same_walk(walk: Walk, joined: list[Walk], mine: set[str]) -> int | None:
    """Which of `joined` this errand can be done together with: of several the one with most in common.

    Errands of its own matter stay apart.
    """
    here = (walk.step.office, walk.step.external, walk.round)
    keys = {key for key, _ in walk.brought}
    found = [
        (len(keys & {key for key, _ in other.brought}), -index)
        for index, other in enumerate(joined)
        if here == (other.step.office, other.step.external, other.round)
        and other.step.step not in mine
        and not any(_comes_before(other.step.step, name, joined) for name in walk.step.after)
    ]
    return -max(found)[1] if found else None


def _comes_before(step: str, later: str, joined: list[Walk]) -> bool:
    """Whether `later` waits for `step`, directly or through others; a step waits for itself."""
    if step == later:
        return True
    after = next((one.step.after for one in joined if one.step.step == later), ())
    return any(_comes_before(step, name, joined) for name in after)


def _ordered(joined: list[Walk]) -> list[Walk]:
    """Earlier rounds first; within a round what others depend on, then as the matters were chosen."""
    left, ordered = list(joined), list[Walk]()
    while left:
        waiting = {walk.step.step for walk in left}
        free = [walk for walk in left if not waiting & set(walk.step.after)]
        first = min(free, key=lambda walk: walk.round)
        left.remove(first)
        ordered.append(first)
    return ordered


def _merged(base: Walk, other: Walk) -> Walk:
    one, two = base.step, other.step
    limits = [limit for limit in (one.limit, two.limit) if limit]
    longest = max(limits, key=lambda limit: limit.count * DAYS_OF[limit.unit], default=None)
    days = [day for day in (one.before, two.before) if day]
    step = replace(
        one,
        then=tuple(dict.fromkeys((*one.then, *two.then)))[:MOST_THEN],
        items=(*one.items, *two.items),
        must_come="、".join(dict.fromkeys(filter(None, (one.must_come, two.must_come)))),
        limit=longest,
        takes=f"最迟 {longest.words}" if longest else one.takes or two.takes,
        before=min(days, default=None),
        after=tuple(dict.fromkeys((*one.after, *two.after))),
    )
    brought = list(base.brought)
    for key, paper in other.brought:
        there = next((i for i, (known, _) in enumerate(brought) if known == key), None)
        if there is None:
            brought.append((key, paper))
        else:
            brought[there] = (key, _one_paper(brought[there][1], paper))
    return replace(base, step=step, brought=tuple(brought), spared=(*base.spared, *other.spared))


def _one_paper(one: Paper, two: Paper) -> Paper:
    """The same paper for one matter more: originals are shown to all, copies, photos and signed papers
    add up."""
    longer = max(one, two, key=lambda paper: len(paper.name))
    each_its_own = bool(one.unit) or (one.icon in SIGNED and not one.look_only)
    owed = [paper.owed_until for paper in (one, two) if paper.owed_until]
    return replace(
        longer,
        material=one.material,
        originals=one.originals + two.originals if each_its_own else max(one.originals, two.originals),
        copies=one.copies + two.copies,
        look_only=one.look_only and two.look_only,
        unverified=one.unverified or two.unverified,
        spec=one.spec or two.spec,
        held=one.held or two.held,
        held_why=one.held_why or two.held_why,
        may_follow=one.may_follow and two.may_follow,
        owed_until=min(owed, default=None) if one.may_follow and two.may_follow else None,
        wanted_by=_wants((*one.wanted_by, *two.wanted_by)),
    )


def _wants(wants: Iterable[Want]) -> tuple[Want, ...]:
    each: dict[str, Want] = {}
    for want in wants:
        before = each.get(want.item, Want(want.item))
        more = before.originals + want.originals, before.copies + want.copies
        each[want.item] = Want(want.item, *more)
    return tuple(each.values())


def _drawn(walk: Walk) -> Step:
    """The step with its papers; what one matter wants is not said to be needless by another."""
    brought = _within_family(walk.brought)
    needed = {key for key, _ in walk.brought}
    spared: dict[Key, Unneeded] = {}
    for key, unneeded in walk.spared:
        # 残疾人证 of one matter is 孩子残疾人证 of the other, which names whose.
        if key not in needed and not any(one.name.endswith(unneeded.name) for one in brought):
            spared.setdefault(key, unneeded)
    return replace(walk.step, papers=brought, unneeded=tuple(spared.values()))


def _within_family(brought: tuple[tuple[Key, Paper], ...]) -> tuple[Paper, ...]:
    """Everybody's card includes her own: the second time only the further copies are asked for."""
    whole = {icon: paper for (icon, whose), paper in brought if whose == "household"}
    papers = list[Paper]()
    for (icon, whose), paper in brought:
        family = whole.get(icon)
        wants = {want.item for want in paper.wanted_by}
        own = whose != "household" and not whose.startswith("=")
        if family is None or not own or wants & {want.item for want in family.wanted_by}:
            papers.append(paper)
        elif paper.copies:
            papers.append(replace(paper, originals=0, look_only=False, note=AGAIN))
    return tuple(papers)
