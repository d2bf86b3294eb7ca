"""Looking up policy the way people ask: the items in force, what they give, and who may qualify here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from app.actions.desk import Desk
from app.domain.money import exact
from app.domain.packs.office import Office
from app.domain.packs.policy import Pack, Standard
from app.domain.packs.proof import Proof, told_of
from app.domain.packs.service_item import Item
from app.domain.packs.standing import Standing
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.rules import eligibility
from app.domain.rules.eligibility import Kind, Suggestion
from app.store import terms

OLDEST = 120  # a bracket to here is open upwards
TENS = re.compile("([一二三四五六七八九])十")
ASKING = re.compile(
    "有没有|能不能|可不可以|怎么办|怎么|哪个|哪里|多少|可以|[吗呢么嘛啊的了吧有请问?？，。！ ]"
)
WORD = re.compile("[a-z0-9]+|[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Candidate:
    """A household of this village that may qualify, with the reason."""

    household: str
    place: str
    suggestion: Suggestion


@dataclass(frozen=True)
class Fact:
    """One sentence of policy and where it comes from."""

    words: str
    standing: Standing


@dataclass(frozen=True)
class Instead:
    """A certificate the village should not issue, and the office to ring; None where nobody need be rung."""

    proof: Proof
    office: Office | None
    label: str


@dataclass(frozen=True)
class Answer:
    """One item as it is in force here today. `amounts` are as published, one sentence each; `places` say
    where each step is done.

    `refer` is the office that decides, where the village only hands it over and follows it. Departments
    in the item bear today's names, and a basis of another county is left out.
    """

    item: Item
    amounts: tuple[Fact, ...]
    label: str
    expired: bool
    places: tuple[Fact, ...] = ()
    refer: Office | None = None


@dataclass(frozen=True)
class InForce:
    """What is worked by: `signed` is the version of the county's signed pack, `unsigned` name layers that
    nobody signed; neither: only the reference that came with the program."""

    label: str
    signed: str
    unsigned: tuple[str, ...]
    expired: bool


def items(desk: Desk, query: str = "") -> tuple[Item, ...]:
    """The items in force; with a query those it speaks of, nearest first.

    A question is taken as people ask it (老人八十了有钱领吗): what counts is how many of its words an
    item's names hold. Letters are pinyin, whole or initials, as in the search for people.
    """
    found = desk.pack.items()
    wanted = _said(query)
    if not wanted:
        return found
    scores = {item.code: _nearness(item, wanted) for item in found}
    best = max(scores.values(), default=0)
    near = [item for item in found if scores[item.code] and scores[item.code] * 2 > best]
    return tuple(sorted(near, key=lambda item: -scores[item.code]))


def proofs(desk: Desk, query: str = "") -> tuple[Proof, ...]:
    """Certificates the village should not issue here; with a query those it speaks of, nearest first."""
    here = desk.pack.proofs_at(desk.village, desk.today)
    wanted = terms.normal(query)
    if not wanted:
        return here
    if wanted.isascii():
        return tuple(each for each in here if any(one.startswith(wanted) for one in _proof_sounds(each)))
    return told_of(here, ASKING.sub("", query))


def proof(desk: Desk, code: str) -> Instead:
    """Where to turn instead of the village. Raises UserError when the pack has no such certificate."""
    found = next((each for each in proofs(desk) if each.code == code), None)
    if found is None:
        raise UserError("县里的清单上没有这样证明，打电话问镇里。")
    office = desk.pack.office(found.office, desk.today, village=desk.village) if found.office else None
    return Instead(found, office, edition(desk.pack))


def answer(desk: Desk, item: str) -> Answer:
    """One item with the amounts in force in this village. Raises UserError when it is not in the pack."""
    try:
        found = desk.pack.item(item).held(desk.village, desk.today)
    except KeyError:
        raise UserError("县里还没发这件事的政策。") from None
    on = desk.today
    standing = [one for one in desk.pack.standards if one.kind == (found.standard or found.code)]
    here = [one for one in standing if one.standing.holds(desk.village, on)]
    nearest = max((len(one.standing.region) for one in here), default=0)
    amounts = tuple(Fact(_amount(one), one.standing) for one in here if len(one.standing.region) == nearest)
    refer = desk.pack.office(found.refer, on, village=desk.village) if found.refer else None
    shown, label = _renamed(desk, found), edition(desk.pack)
    return Answer(shown, amounts, label, desk.pack.expired(on), _places(desk, found), refer)


def pack_in_force(desk: Desk) -> InForce:
    """Which pack is worked by, and who stands for it."""
    pack = desk.pack
    return InForce(edition(pack), pack.signed, pack.unsigned, pack.expired(desk.today))


def candidates(desk: Desk, item: str) -> tuple[Candidate, ...]:
    """Households that may qualify for `item` and do not draw it yet: match first, then maybe."""
    reading = desk.store.reading
    members: dict[str, list[Person]] = {}
    for person in reading.each(Person):
        members.setdefault(person.household, []).append(person)
    found = []
    for household in reading.each(Household):
        if household.moved_out:
            continue
        at_home = tuple(members.get(household.id, ()))
        for one in eligibility.suggest(household, at_home, desk.pack, desk.now, only=item):
            if one.verdict.kind is not Kind.NO:
                found.append(Candidate(household.id, household.place, one))
    return tuple(sorted(found, key=lambda one: (one.suggestion.verdict.kind is not Kind.MATCH, one.place)))


def _renamed(desk: Desk, item: Item) -> Item:
    def named(words: str) -> str:
        return desk.pack.named(words, desk.village, desk.today)

    papers = [replace(one, issuer=named(one.issuer), keeper=named(one.keeper)) for one in item.materials]
    stages = [replace(one, who=named(one.who)) for one in item.stages]
    basis = tuple(one for one in item.basis if one.standing.holds(desk.village, desk.today))
    return replace(item, materials=tuple(papers), stages=tuple(stages), basis=basis)


def _proof_sounds(proof: Proof) -> frozenset[str]:
    return _sounds(proof.title, *proof.says)


def _said(query: str) -> str:
    # 八十 is what is said and 80 what is printed; words of asking belong to every question.
    figures = TENS.sub(lambda found: f"{'一二三四五六七八九'.index(found[1]) + 1}0", query)
    return terms.normal(ASKING.sub(" ", figures))


def _nearness(item: Item, wanted: str) -> int:
    names = f"{item.name} {item.spoken} {item.code}"
    if wanted.isascii() and not wanted.isdigit():
        return int(any(sound.startswith(wanted) for sound in _sounds(item.name, item.spoken, item.code)))
    asked = terms.fragments(wanted)
    shared = asked & terms.fragments(names)
    if any(len(one) > 1 for one in asked) and all(len(one) == 1 for one in shared):
        return 0  # 火星 and 火化 share a character and no meaning
    return sum(3 if len(one) > 1 else 1 for one in shared)


@cache
def _sounds(*names: str) -> frozenset[str]:
    parts = [part for name in names for part in WORD.findall(terms.normal(name))]
    return frozenset(sound for part in parts for sound in (*terms.name_terms(part), part))


def _amount(standard: Standard) -> str:
    hukou = {"rural": "农村", "urban": "城市"}.get(standard.hukou, "")
    ages = _years(*standard.ages) if standard.ages else ""
    who = " ".join(part for part in (hukou, ages) if part)
    shares = "，".join(f"{share.payer} {exact(share.amount)} 元" for share in standard.shares)
    words = f"{who}：{standard.words}" if who else standard.words
    return f"{words}{f'（{shares}）' if shares else ''}"


def _places(desk: Desk, item: Item) -> tuple[Fact, ...]:
    found = []
    for errand in item.errands:
        office = desk.pack.office(errand.office, desk.today, village=desk.village)
        if office is None:
            continue
        floor = f"{office.floor} 楼" if office.floor else ""
        window = f"{office.window} 号窗" if office.window.isdigit() else office.window
        people = "、".join(f"{one.name} {one.phone}".strip() for one in office.contacts)
        said = " ".join(part for part in (office.name, floor, window, people) if part)
        found.append(Fact(f"{errand.title}：{said}", office.standing))
    return tuple(found)


def _years(first: int, last: int) -> str:
    return f"{first} 岁以上" if last >= OLDEST else f"{first}–{last} 岁"


def edition(pack: Pack) -> str:
    """`湖南参考 2026.11 + 云岭区 1`: which rules these are, in words to show and to print."""
    return " + ".join(f"{layer.title} {layer.version}" for layer in pack.layers)
