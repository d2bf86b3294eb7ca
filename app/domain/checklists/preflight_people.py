"""What about the people would make a trip vain: their cards, banks, signatures, age, hukou and names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.checklists.checklist import Going
from app.domain.checklists.trap import Ground, Trap
from app.domain.packs.service_item import Item
from app.domain.people.names import Likeness, likeness, rare
from app.domain.people.person import Life, Person
from app.domain.rules.eligibility import judge
from app.domain.rules.facts import SAID_OF_PERSON, facts_of, receives

ID_SOON_DAYS = 30  # a card that ends before the errand does is as good as expired
GROWN_UP = 18
OLD = 60
CARD_SOON_DAYS = 90  # 残疾人证, where the pack does not say
NEW_CARD = "CZ"
OFFSPRING = ("2", "3")  # GB/T 4761: sons and daughters of the head


def traps(ground: Ground) -> Iterator[Trap]:
    """W03 W04 W05 W07 W12 W13 W14 W15 W16 W17 W19, as far as the register shows them."""
    for person in ground.people:
        yield from _identity(person, ground.on, "W03")
    yield from _agent(ground)
    yield from _register(ground)
    for item, person in ground.items:
        yield from _disability(ground, item, person)
        yield from _bank(ground, item, person)
        yield from _drawn(ground, item, person)
        yield from _waiting(ground, item, person)
    yield from _signatures(ground)
    yield from _relatives(ground)
    for person in ground.people:
        yield from _hukou(ground, person)
        yield from _name(ground, person)


def _identity(person: Person, on: date, code: str) -> Iterator[Trap]:
    until = person.id_valid_until
    if person.life is Life.DEAD or until is None or until >= on + timedelta(days=ID_SOON_DAYS):
        return  # nobody renews the card of one who has died
    words = "过期了" if until < on else "快过期了"
    yield Trap(
        code,
        f"{person.name}的身份证{words}（{until.isoformat()}）。",
        "先到派出所换证，急用可办临时身份证。",
        "person.id_valid_until",
    )


def _agent(ground: Ground) -> Iterator[Trap]:
    goer = ground.checklist.goer
    if goer.role is not Going.AGENT:
        return
    agent = next((one for one in ground.members if one.id == goer.person), None)
    if agent is not None:
        yield from _identity(agent, ground.on, "W07")
        years = agent.age_on(ground.on)
        if years is not None and years < GROWN_UP:
            yield Trap("W07", f"{agent.name}没满 18 岁，不能代办。", "换一个大人去。", "goer")
    for index, step in ground.steps():
        if step.must_come:
            words = f"第 {index + 1} 步{step.must_come}要到场，别人代不了。"
            yield Trap("W07", words, "跟家里说好，那天一起去。", "goer", index)
        elif not any(paper.icon == "proxy" for paper in step.papers):
            words = f"第 {index + 1} 步没写代办人带什么。"
            yield Trap("W07", words, "先打电话问窗口，别人代办要带什么。", "goer", index)


def _register(ground: Ground) -> Iterator[Trap]:
    gone = [each.name for each in ground.members if each.life in (Life.DEAD, Life.MOVED)]
    if gone and ground.mentions("hukou"):
        yield Trap(
            "W03",
            f"{'、'.join(gone)}去世或迁走了，户口本改了没有？",
            "看一眼户口本。没改的先到派出所改，再去办。",
            "members",
        )


def _disability(ground: Ground, item: Item, person: Person) -> Iterator[Trap]:
    # Who is on the way to a new card need not be told to go and get one.
    if item.code == NEW_CARD or not ground.mentions("disability_card"):
        return
    # 事实无人抚养 looks at a parent's card: the child is not to be sent for one.
    own = any(each.icon == "disability_card" and each.owner == "beneficiary" for each in item.materials)
    if not person.disabilities and own:
        words = f"{person.name}还没有残疾人证。"
        yield Trap("W12", words, "先到残联办残疾人证，再办这件事。", "person.disabilities")
    remind = ground.pack.setting("card.remind_days", ground.checklist.village, ground.on)
    days = remind.value if remind and isinstance(remind.value, int) else CARD_SOON_DAYS
    for disability in person.disabilities:
        until = disability.expires
        if until is not None and until < ground.on + timedelta(days=days):
            left = "过期了" if until < ground.on else f"还有 {(until - ground.on).days} 天到期"
            words = f"{person.name}的残疾人证{left}（{until.isoformat()}）。"
            yield Trap("W04", words, "先到残联换证，免得补贴停了。", "person.disabilities")


def _bank(ground: Ground, item: Item, subject: Person) -> Iterator[Trap]:
    material = next((each for each in item.materials if each.icon == "bank_card"), None)
    if material is None or not ground.mentions("bank_card"):
        return
    person = ground.owner(material, subject)
    named = ground.pack.setting("bank.named", person.hukou or ground.checklist.village, ground.on)
    bank = str(named.value) if named else ""
    if person.account is None:
        where = f"先到{bank}开卡。" if bank else "先问镇里认哪家银行，再去开卡。"
        yield Trap("W05", f"{person.name}还没登记银行卡。", where, "person.account")
        return
    if bank and bank not in person.account.bank:
        do = f"先到{bank}开卡，并查一下卡还能不能用。"
        yield Trap("W05", f"{person.name}的卡不是{bank}的。", do, "person.account")
    holder = person.account.holder
    match likeness(holder, person.name) if holder else Likeness.SAME:
        case Likeness.OTHER:
            do = "换本人名下的卡，或先问镇里。"
            yield Trap("W05", f"卡不是{person.name}本人的。", do, "person.account")
        case Likeness.NEAR:
            words = f"卡上写的是“{holder}”，名册里是“{person.name}”，写法不一样。"
            yield Trap("W19", words, "对着户口本看哪个对。卡错了先到银行改。", "person.account")


def _signatures(ground: Ground) -> Iterator[Trap]:
    if not any(item.for_household for item, _ in ground.items) or not ground.mentions("authorisation"):
        return
    away = [
        each.name
        for each in ground.members
        if each.life is Life.AWAY and (each.age_on(ground.on) or GROWN_UP) >= GROWN_UP
    ]
    if away:
        words = f"{'、'.join(away)}在外地，授权书还没签字。"
        yield Trap("W13", words, "先让在外的人签好寄回，或在网上授权。", "members")


def _relatives(ground: Ground) -> Iterator[Trap]:
    """An old person of a house without grown-up children has them, if at all, in another house.

    Who was asked and whose answer is known (无赡养人 …) is not asked again.
    """
    known = SAID_OF_PERSON["person.obligors"]
    wanting = [person for item, person in ground.items if "W14" in item.causes]
    asking = [person for person in wanting if not known.keys() & set(person.tags)]
    if not asking or not ground.mentions("authorisation"):
        return
    heirs = [one for one in ground.members if one.relation[:1] in OFFSPRING]
    old = [one for one in asking if (one.age_on(ground.on) or 0) >= OLD]
    if old and not any((one.age_on(ground.on) or GROWN_UP) >= GROWN_UP for one in heirs):
        words = f"{old[0].name}分家另过的儿女，名册里没有。"
        yield Trap("W14", words, "问清有没有、叫什么、电话多少，让他们也在授权书上签字。", "members")


def _drawn(ground: Ground, item: Item, person: Person) -> Iterator[Trap]:
    drawn = receives(person, ground.household)
    if item.code in drawn:
        words = f"名册里，{person.name}已经在领{item.name}。"
        yield Trap("W15", words, "先问镇里是不是断了。还在领的不用再办。", "person.benefits")
    for pair in ground.pack.exclusions:
        here = pair.standing.holds(ground.checklist.village, ground.on)
        if here and not pair.either and pair.items[1] == item.code and pair.items[0] in drawn:
            yield Trap("W15", f"{person.name}：{pair.words}。", "先打电话问镇里，再去。", "person.benefits")


def _hukou(ground: Ground, person: Person) -> Iterator[Trap]:
    if person.hukou and person.hukou[:6] != ground.checklist.village[:6]:
        do = "先打户籍地乡镇的电话，问能不能异地受理、跨省通办。"
        yield Trap("W16", f"{person.name}的户口不在本县。", do, "person.hukou")


def _waiting(ground: Ground, item: Item, person: Person) -> Iterator[Trap]:
    verdict = judge(item, facts_of(person, ground.household, (person,), ground.pack, ground.at), ground.at)
    if verdict.earliest is not None:
        why = "；".join(reason.words for reason in verdict.decided)
        do = f"{verdict.earliest.isoformat()} 起再去，到时提醒您。"
        fact = verdict.decided[0].fact if verdict.decided else "person.birth"
        yield Trap("W17", f"{person.name}还没到时候：{why}。", do, fact)


def _name(ground: Ground, person: Person) -> Iterator[Trap]:
    if characters := rare(person.name):
        words = f"{person.name}名字里的“{characters}”是生僻字，各处写法容易不一样。"
        yield Trap("W19", words, "身份证、户口本、银行卡上一个字一个字对一遍。", "person.name")
