"""Trips in vain that can be seen coming are told before the paper leaves the printer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from app import packs
from app.domain.checklists import checklist_plan, preflight
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.preflight import Trap
from app.domain.packs.policy import Pack
from app.domain.people.person import BankAccount, Disability, Life, Person
from app.domain.people.person import ParentState as P
from app.domain.workdays import CHINA
from tests.facts import NOW, household, person
from tests.policy import child, county, father, mother

BANK = BankAccount("云岭农村商业银行", "9999990000000000", "蒋桂英")
READY = person(id_valid_until=date(2040, 1, 1), account=BANK)


def begin(item: str, who: Person, whom: Person | None = None, pack: Pack | None = None) -> Checklist:
    return checklist_plan.begin(
        pack or county(), item, who, household(), whom, "向海燕", "", NOW, "1", "K7M2P4"
    )


def traps(
    item: str, who: Person, whom: Person | None = None, *, pack: Pack | None = None, at: datetime = NOW
) -> tuple[Trap, ...]:
    chosen = pack or county()
    return preflight.check(begin(item, who, whom, chosen), who, whom, chosen, at)


def codes(found: tuple[Trap, ...]) -> list[str]:
    return [trap.code for trap in found]


def test_whoever_has_everything_is_told_nothing() -> None:
    assert traps("GL", READY) == ()


def test_an_expired_card_and_one_that_soon_will_be() -> None:
    (late,) = traps("GL", replace(READY, id_valid_until=date(2026, 11, 19)))
    assert (late.code, late.words) == ("W03", "蒋桂英的身份证过期了（2026-11-19）。")
    assert "派出所" in late.do
    (soon,) = traps("GL", replace(READY, id_valid_until=date(2026, 12, 1)))
    assert "快过期了" in soon.words


def test_a_disability_card_with_20_days_left_is_renewed_first() -> None:
    card = Disability(4, 2, "", NOW.date() + timedelta(days=20))
    (trap,) = traps("CH", replace(READY, disabilities=(card,)))
    assert (trap.code, "还有 20 天到期" in trap.words) == ("W04", True)
    fine = Disability(4, 2, "", NOW.date() + timedelta(days=91))
    assert traps("CH", replace(READY, disabilities=(fine,))) == ()


def test_without_a_disability_card_the_federation_comes_first() -> None:
    assert codes(traps("CH", READY)) == ["W12"]


def test_a_healthy_child_is_not_sent_for_a_disability_card_because_its_mother_has_one() -> None:
    boy = child(father(P.DEAD), mother(P.SEVERE_DISABILITY), account=replace(BANK, holder=""))
    assert traps("SW", READY, boy) == ()


def test_the_bank_must_be_the_one_the_county_pays_into() -> None:
    (trap,) = traps("GL", replace(READY, account=replace(BANK, bank="外省某银行")))
    assert (trap.code, "云岭农村商业银行" in trap.do) == ("W05", True)
    (other,) = traps("GL", replace(READY, account=replace(BANK, holder="蒋志强")))
    assert other.words == "卡不是蒋桂英本人的。"
    (none,) = traps("GL", replace(READY, account=None))
    assert none.words == "蒋桂英还没登记银行卡。"


def test_a_blank_window_person_telephone_or_hour_is_a_trap_each() -> None:
    found = traps("GL", READY, pack=packs.load(packs.reference()))
    assert codes(found) == ["W08", "W09", "W10", "W10"]
    assert [trap.field for trap in found] == ["place.window", "place.morning", "place.person", "place.phone"]
    assert found[0].step == 0


def test_a_list_from_last_season_has_the_wrong_hours() -> None:
    trap, past = traps("GL", READY, at=datetime(2027, 5, 6, 9, tzinfo=CHINA))
    assert trap.code == past.code == "W09"
    assert "8:00–12:00、3:00–6:00" in trap.words
    assert "11月21日（周六）去，已经过了" in past.words


def test_an_unfinished_court_step_stops_the_next_until_it_is_ticked() -> None:
    boy = child(father(P.DEAD), mother(P.LOST_CONTACT, date(2024, 3, 1)), account=BANK)
    boy = replace(boy, account=replace(BANK, holder=boy.name), id_valid_until=None)
    found = [trap for trap in traps("GE", READY, boy) if trap.code == "W12"]
    assert [trap.step for trap in found] == [1, 2]
    made = begin("GE", READY, boy)
    done = made.with_step(0, replace(made.steps[0], done=True)).with_step(
        1, replace(made.steps[1], done=True)
    )
    done = replace(done, going_on=date(2026, 11, 24))
    assert preflight.check(done, READY, boy, county(), NOW) == ()


def test_those_working_away_must_sign_the_authorisation_first() -> None:
    made = begin("DB", READY)
    son = person(id="s", name="蒋志强", life=Life.AWAY, relation="20", birth=date(1970, 1, 1))
    pupil = person(id="p", name="蒋小宝", life=Life.AWAY, birth=date(2012, 1, 1))
    (trap,) = preflight.check(made, READY, None, county(), NOW, members=(READY, son, pupil))
    assert (trap.code, trap.words) == ("W13", "蒋志强在外地，授权书还没签字。")
    assert preflight.check(begin("GL", READY), READY, None, county(), NOW, members=(son,)) == ()


def test_hukou_elsewhere_is_seen_before_the_journey() -> None:
    assert "W16" in codes(traps("GL", replace(READY, hukou="430802001001")))


def test_a_few_days_short_is_told_with_the_day() -> None:
    (trap,) = traps("GL", replace(READY, birth=date(1946, 11, 25)))
    assert (trap.code, trap.do) == ("W17", "2026-11-25 起再去，到时提醒您。")
    assert "差 5 天满 80 岁" in trap.words
