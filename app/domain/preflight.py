"""Looking a checklist over before it is printed: the wasted trips that can be seen coming today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.checklist import Checklist, Place, Step
from app.domain.checklist_place import place_of
from app.domain.closure import coming
from app.domain.eligibility import judge
from app.domain.facts import facts_of
from app.domain.household import Household
from app.domain.person import Life, Person
from app.domain.policy import Pack
from app.domain.workdays import china_day

ID_SOON_DAYS = 30  # a card that ends before the errand does is as good as expired
GROWN_UP = 18
SHUT_SOON_DAYS = 3  # she goes today or in the next days
CARD_SOON_DAYS = 90  # 残疾人证, where the pack does not say
NEW_CARD = "CZ"


@dataclass(frozen=True)
class Trap:
    """One trip that would be in vain. `code` is the cause (W03 …), `step` the index it belongs to.

    `words` say what is wrong and `do` what to do; `field` names the place where the worker mends it.
    """

    code: str
    words: str
    do: str
    field: str = ""
    step: int | None = None


def check(
    checklist: Checklist,
    applicant: Person,
    beneficiary: Person | None,
    pack: Pack,
    at: datetime,
    *,
    household: Household | None = None,
    members: Iterable[Person] = (),
) -> tuple[Trap, ...]:
    """Every preventable cause that today's facts already show; () means nothing is in sight.

    Only steps still to be done are looked at. `household` sharpens the question of age and hukou;
    `members` are asked whose signature is still missing.
    """
    on = china_day(at)
    subject = beneficiary or applicant
    people = tuple({each.id: each for each in (applicant, subject)}.values())
    home = household or Household(checklist.household, checklist.village, "", "")
    return (
        *(trap for person in people for trap in _identity(person, on)),
        *_disability(checklist, subject, pack, on),
        *_bank(checklist, subject, pack, on),
        *_signatures(checklist, pack, tuple(members), on),
        *_places(checklist),
        *_hours(checklist, pack, on),
        *_shut(checklist, pack, on),
        *_order(checklist, pack),
        *_hukou(checklist, subject),
        *_waiting(checklist, subject, home, pack, at),
    )


def _identity(person: Person, on: date) -> Iterator[Trap]:
    until = person.id_valid_until
    if person.life is Life.DEAD or until is None or until >= on + timedelta(days=ID_SOON_DAYS):
        return  # nobody renews the card of one who has died
    words = "过期了" if until < on else "快过期了"
    yield Trap(
        "W03",
        f"{person.name}的身份证{words}（{until.isoformat()}）。",
        "先到派出所换证，急用可办临时身份证。",
        "person.id_valid_until",
    )


def _disability(checklist: Checklist, person: Person, pack: Pack, on: date) -> Iterator[Trap]:
    # Who is on the way to a new card need not be told to go and get one.
    if checklist.item == NEW_CARD or not _mentions(checklist, "disability_card"):
        return
    if not person.disabilities and _her_own_card(checklist, pack):
        yield Trap(
            "W12", f"{person.name}还没有残疾人证。", "先到残联办残疾人证，再办这件事。", "person.disabilities"
        )
    remind = pack.setting("card.remind_days", checklist.village, on)
    days = remind.value if remind and isinstance(remind.value, int) else CARD_SOON_DAYS
    for disability in person.disabilities:
        until = disability.expires
        if until is not None and until < on + timedelta(days=days):
            left = "过期了" if until < on else f"还有 {(until - on).days} 天到期"
            yield Trap(
                "W04",
                f"{person.name}的残疾人证{left}（{until.isoformat()}）。",
                "先到残联换证，免得补贴停了。",
                "person.disabilities",
            )


def _her_own_card(checklist: Checklist, pack: Pack) -> bool:
    # 事实无人抚养 looks at a parent's card: the child is not to be sent for one.
    item = pack.item_table.get(checklist.item)
    papers = item.materials if item else ()
    return any(each.icon == "disability_card" and each.owner == "beneficiary" for each in papers)


def _bank(checklist: Checklist, person: Person, pack: Pack, on: date) -> Iterator[Trap]:
    if not _mentions(checklist, "bank_card"):
        return
    named = pack.setting("bank.named", person.hukou or checklist.village, on)
    bank = str(named.value) if named else ""
    if person.account is None:
        where = f"先到{bank}开卡。" if bank else "先问镇里认哪家银行，再去开卡。"
        yield Trap("W05", f"{person.name}还没登记银行卡。", where, "person.account")
        return
    if bank and bank not in person.account.bank:
        yield Trap(
            "W05",
            f"{person.name}的卡不是{bank}的。",
            f"先到{bank}开卡，并查一下卡还能不能用。",
            "person.account",
        )
    if person.account.holder and person.account.holder != person.name:
        yield Trap("W05", f"卡不是{person.name}本人的。", "换本人名下的卡，或先问镇里。", "person.account")


def _signatures(checklist: Checklist, pack: Pack, members: tuple[Person, ...], on: date) -> Iterator[Trap]:
    item = pack.item_table.get(checklist.item)
    if item is None or not item.for_household or not _mentions(checklist, "authorisation"):
        return
    away = [
        each.name
        for each in members
        if each.life is Life.AWAY and (each.age_on(on) is None or (each.age_on(on) or 0) >= GROWN_UP)
    ]
    if away:
        yield Trap(
            "W13",
            f"{'、'.join(away)}在外地，授权书还没签字。",
            "先让在外的人签好寄回，或在网上授权。",
            "members",
        )


def _places(checklist: Checklist) -> Iterator[Trap]:
    for index, step in _open_steps(checklist):
        for code, words, do, field in _blanks(step.place):
            yield Trap(code, f"第 {index + 1} 步{words}。", do, f"place.{field}", index)


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


def _hours(checklist: Checklist, pack: Pack, on: date) -> Iterator[Trap]:
    # A list made in September is still in the drawer in October, when the hall opens otherwise.
    if checklist.item not in {item.code for item in pack.items()}:
        return
    offices = {errand.id: errand.office for errand in pack.item(checklist.item).errands}
    for index, step in _open_steps(checklist):
        now = place_of(pack, offices.get(step.step, ""), checklist.village, on)
        printed = (step.place.morning, step.place.afternoon)
        if now.morning and step.place.morning and printed != (now.morning, now.afternoon):
            yield Trap(
                "W09",
                f"第 {index + 1} 步的开门时间换季了，现在是 {now.morning}、{now.afternoon}。",
                "改成现在的时间，重打一张。",
                "place.morning",
                index,
            )


def _shut(checklist: Checklist, pack: Pack, on: date) -> Iterator[Trap]:
    item = pack.item_table.get(checklist.item)
    offices = {errand.id: errand.office for errand in item.errands} if item else {}
    halls = {office.id: office.part_of for office in pack.offices}
    for index, step in _open_steps(checklist):
        office = offices.get(step.step, "")
        around = (office, halls.get(office, "")) if office else ()
        for closure in coming(pack.closures, around, checklist.village, on, SHUT_SOON_DAYS):
            yield Trap(
                "W09",
                f"第 {index + 1} 步的地方{closure.words}不开门（{closure.why}）。",
                "避开这几天再去，去之前打电话问一声。",
                "place.closed",
                index,
            )


def _order(checklist: Checklist, pack: Pack) -> Iterator[Trap]:
    if checklist.item not in {item.code for item in pack.items()}:
        return
    needs = {errand.id: errand.depends_on for errand in pack.item(checklist.item).errands}
    numbers = {step.step: number for number, step in enumerate(checklist.steps, 1)}
    undone = {step.step: step for step in checklist.steps if not step.done}
    for index, step in _open_steps(checklist):
        for earlier in needs.get(step.step, ()):
            if earlier in undone and undone[earlier].external:
                yield Trap(
                    "W12",
                    f"第 {numbers[earlier]} 步“{undone[earlier].title}”没办完，第 {index + 1} 步办不了。",
                    f"先办第 {numbers[earlier]} 步，办完打勾，再去下一处。",
                    "steps",
                    index,
                )


def _hukou(checklist: Checklist, person: Person) -> Iterator[Trap]:
    if person.hukou and person.hukou[:6] != checklist.village[:6]:
        yield Trap(
            "W16",
            f"{person.name}的户口不在本县。",
            "先打户籍地乡镇的电话，问能不能异地受理、跨省通办。",
            "person.hukou",
        )


def _waiting(
    checklist: Checklist, person: Person, household: Household, pack: Pack, at: datetime
) -> Iterator[Trap]:
    if checklist.item not in {item.code for item in pack.items()}:
        return
    item = pack.item(checklist.item)
    verdict = judge(item, facts_of(person, household, (person,), pack, at), at)
    if verdict.earliest is not None:
        yield Trap(
            "W17",
            f"{person.name}还没到时候：{'；'.join(reason.words for reason in verdict.decided)}。",
            f"{verdict.earliest.isoformat()} 起再去，到时提醒您。",
            verdict.decided[0].fact if verdict.decided else "person.birth",
        )


def _mentions(checklist: Checklist, icon: str) -> bool:
    steps = [step for _, step in _open_steps(checklist)]
    icons = {paper.icon for step in steps for paper in step.papers}
    return icon in icons | {paper.icon for step in steps for paper in step.unneeded}


def _open_steps(checklist: Checklist) -> Iterator[tuple[int, Step]]:
    return ((index, step) for index, step in enumerate(checklist.steps) if not step.done)
