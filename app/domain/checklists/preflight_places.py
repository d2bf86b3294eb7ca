"""What about places, days and order would make a trip vain: blanks, shut doors, a step not yet done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from app.domain.checklists.checklist import Place, Step
from app.domain.checklists.checklist_place import place_of
from app.domain.checklists.open_days import (
    break_until,
    day_words,
    is_market,
    next_open,
    over_for_today,
    why_shut,
)
from app.domain.checklists.trap import Ground, Trap
from app.domain.packs.closure import coming
from app.domain.workdays import CHINA

CLOSING_SOON_DAYS = 7
SHUT_SOON_DAYS = 3  # she goes today or in the next days


def traps(ground: Ground) -> Iterator[Trap]:
    """W08 W09 W10 W12 W20."""
    for index, step in ground.steps():
        for code, words, do, field in _blanks(step.place):
            yield Trap(code, f"第 {index + 1} 步{words}。", do, f"place.{field}", index)
    yield from _season(ground)
    yield from _day(ground)
    yield from _shut(ground)
    yield from _closing(ground)
    yield from _order(ground)


def _blanks(place: Place) -> Iterator[tuple[str, str, str, str]]:
    ask = f"打 {place.phone} 问一声，填上再打。" if place.phone else "问镇里，填上再打。"
    if not place.name:
        yield "W08", "不知道去哪里", ask, "name"
    if not place.window:
        yield "W08", "不知道几号窗", ask, "window"
    if not place.morning:
        yield "W09", "不知道几点开门", ask, "morning"
    if not place.person:
        yield "W10", "不知道找谁", ask, "person"
    if not place.phone:
        yield "W10", "没有电话", ask, "phone"
    elif not place.phone2:
        yield "W10", "只有一个电话，没人接就白跑", "问清第二个电话，填上再打。", "phone2"


def _season(ground: Ground) -> Iterator[Trap]:
    # A list made in September is still in the drawer in October, when the hall opens otherwise.
    offices = _offices(ground)
    for index, step in ground.steps():
        now = place_of(ground.pack, offices.get(step.step, ""), ground.checklist.village, ground.on)
        printed = (step.place.morning, step.place.afternoon)
        if now.morning and step.place.morning and printed != (now.morning, now.afternoon):
            words = f"第 {index + 1} 步的开门时间换季了，现在是 {now.morning}、{now.afternoon}。"
            yield Trap("W09", words, "改成现在的时间，重打一张。", "place.morning", index)


def _offices(ground: Ground) -> Mapping[str, str]:
    """The pack's office of every step; lists from before steps knew theirs are looked up by name."""
    item = ground.pack.item_table.get(ground.checklist.item)
    known = {errand.id: errand.office for errand in item.errands} if item else {}
    return {step.step: step.office or known.get(step.step, "") for step in ground.checklist.steps}


def _day(ground: Ground) -> Iterator[Trap]:
    """The day the next errand is planned for; without a plan, tomorrow."""
    _, step = next(ground.steps(), (0, None))
    if step is None or not step.place.name:
        return
    place, planned = step.place, ground.checklist.going_on
    if planned is not None and planned < ground.on:
        yield Trap("W09", f"原来说 {day_words(planned)}去，已经过了。", "另定一天，重打一张。", "going_on")
        return
    day = planned or ground.on + timedelta(days=1)
    if why := why_shut(place, day, ground.calendar):
        first = next_open(place, day, ground.calendar)
        words = f"{day_words(day)}{place.name}不开门（{why}）。"
        yield Trap("W09", words, f"最早 {day_words(first)}去，跟她说清楚。", "going_on")
    elif planned and is_market(place, day):
        yield Trap("W09", f"{day_words(day)}是赶集日，人多车挤。", "早点出门，或者换一天。", "going_on")
    if planned == ground.on:
        yield from _hour(ground, place)


def _shut(ground: Ground) -> Iterator[Trap]:
    """Days on which the county's pack says a door stays shut; she goes today or in the next days."""
    offices, halls = _offices(ground), {office.id: office.part_of for office in ground.pack.offices}
    for index, step in ground.steps():
        office = offices.get(step.step, "")
        around = (office, halls.get(office, "")) if office else ()
        village = ground.checklist.village
        for closure in coming(ground.pack.closures, around, village, ground.on, SHUT_SOON_DAYS):
            words = f"第 {index + 1} 步的地方{closure.words}不开门（{closure.why}）。"
            yield Trap("W09", words, "避开这几天再去，去之前打电话问一声。", "place.closed", index)


def _hour(ground: Ground, place: Place) -> Iterator[Trap]:
    now = ground.at.astimezone(CHINA).time()
    if opens := break_until(place, now):
        yield Trap("W09", f"{place.name}现在午休。", f"{opens} 再到，别去早了白等。", "going_on")
    elif over_for_today(place, now):
        first = next_open(place, ground.on + timedelta(days=1), ground.calendar)
        yield Trap("W09", f"{place.name}今天下班了。", f"{day_words(first)}再去。", "going_on")


def _closing(ground: Ground) -> Iterator[Trap]:
    for index, step in ground.steps():
        day = ground.checklist.going_on or ground.on
        if step.before is None:
            continue
        if step.before < day:
            words = f"第 {index + 1} 步{day_words(step.before)}就截止了。"
            yield Trap("W20", words, "先打电话问还能不能补办，再去。", "steps", index)
        elif step.before <= ground.on + timedelta(days=CLOSING_SOON_DAYS):
            words = f"第 {index + 1} 步{day_words(step.before)}截止，没几天了。"
            yield Trap("W20", words, "这几天就去，别拖过了。", "steps", index)


def _order(ground: Ground) -> Iterator[Trap]:
    steps = ground.checklist.steps
    numbers = {step.step: number for number, step in enumerate(steps, 1)}
    undone = {step.step: step for step in steps if not step.done}
    needs = _needs(ground)
    for index, step in ground.steps():
        for earlier in needs.get(step.step, ()):
            if earlier in undone and undone[earlier].external:
                first = numbers[earlier]
                words = f"第 {first} 步“{undone[earlier].title}”没办完，第 {index + 1} 步办不了。"
                do = f"先办第 {first} 步，办完打勾，再去下一处。"
                yield Trap("W12", words, do, "steps", index)


def _needs(ground: Ground) -> Mapping[str, tuple[str, ...]]:
    steps: tuple[Step, ...] = ground.checklist.steps
    if any(step.office for step in steps):
        return {step.step: step.after for step in steps}
    item = ground.pack.item_table.get(ground.checklist.item)
    return {errand.id: errand.depends_on for errand in item.errands} if item else {}
