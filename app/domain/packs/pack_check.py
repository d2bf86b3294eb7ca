"""What must hold between the facts of a pack: names that lead somewhere, terms that do not clash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from app.domain.icons import ICONS
from app.domain.packs.department_check import departments
from app.domain.packs.office import Office, Season
from app.domain.packs.pack_references import item_problems, lost, proxy_problems, rule_problems
from app.domain.packs.policy import EVERY_PURPOSE, Pack, Standard
from app.domain.packs.standing import Standing
from app.domain.packs.survey_check import surveys
from app.domain.problem import Problem
from app.domain.tickets.limits import Timed
from app.domain.visits.visit import PURPOSES


def consistency(pack: Pack) -> tuple[Problem, ...]:
    """Every reference that leads nowhere and every pair of facts that contradict each other."""
    found: list[Problem] = []
    for item in pack.items():
        found.extend(item_problems(item, pack))
    for name, rule in pack.rules.items():
        found.extend(rule_problems(rule, f"rules.toml：rules.{name}", pack))
    found.extend(proxy_problems(pack))
    found.extend(_offices(pack))
    found.extend(_standards(pack.standards))
    found.extend(_rounds(pack))
    for limit in pack.limits:
        if limit.id not in tuple(Timed):
            found.append(lost("limits.toml", f"limit[{limit.id}]", "id", limit.id, tuple(Timed)))
    found.extend(_offices_named(pack))
    found.extend(departments(pack.departments))
    found.extend(surveys(pack))
    found.extend(_sources(pack))
    return tuple(dict.fromkeys(found))


def _rounds(pack: Pack) -> Iterator[Problem]:
    for cadence in pack.cadences:
        place = f"cadence[{cadence.standing.key or cadence.id}]"
        if cadence.purpose not in PURPOSES:
            yield lost("cadence.toml", place, "purpose", cadence.purpose, PURPOSES)
        for purpose in cadence.counts:
            if purpose not in (*PURPOSES, EVERY_PURPOSE):
                yield lost("cadence.toml", place, "counts", purpose, (*PURPOSES, EVERY_PURPOSE))
        if cadence.whom is not None:
            yield from rule_problems(cadence.whom, f"cadence.toml：{place}.whom", pack)
    for group in pack.groups:
        place = f"groups.toml：group[{group.standing.key or group.id}].whom"
        yield from rule_problems(group.whom, place, pack)


def _offices(pack: Pack) -> Iterator[Problem]:
    ids = {each.id for each in pack.offices}
    for office in pack.offices:
        place = f"office[{office.standing.key or office.id}]"
        if office.icon not in ICONS:
            yield lost("offices.toml", place, "icon", office.icon, ICONS)
        for way in office.route:
            if way.icon not in ICONS:
                yield lost("offices.toml", f"{place}.route", "icon", way.icon, ICONS)
        if office.part_of and office.part_of not in ids:
            yield lost("offices.toml", place, "part_of", office.part_of, ids)
        if office.window.isdigit() and 0 < _windows(office, pack) < int(office.window):
            yield Problem(f"offices.toml：{place}.window", "窗口号比窗口总数还大，看看哪个写错了")
        if office.seasons:
            yield from _hours(office.seasons, place)


def _offices_named(pack: Pack) -> Iterator[Problem]:
    ids = [each.id for each in pack.offices]
    for proof in pack.proofs:
        if proof.office and proof.office not in ids:
            yield lost("proofs.toml", f"proof[{proof.code}]", "office", proof.office, ids)
    for closure in pack.closures:
        if closure.office and closure.office not in ids:
            yield lost("closures.toml", f"closure[{closure.id}]", "office", closure.office, ids)


def _windows(office: Office, pack: Pack) -> int:
    place = office.standing.region
    halls = [each for each in pack.offices if each.id == office.part_of]
    shared = [each for each in halls if place.startswith(each.standing.region)]
    hall = max(shared, key=lambda each: each.standing.rank, default=office)
    return office.windows or hall.windows


def _hours(seasons: tuple[Season, ...], place: str) -> Iterator[Problem]:
    for ordinal in range(date(2028, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        open_on = [season.id for season in seasons if season.covers(day)]
        if len(open_on) != 1:
            words = "没有写开门时间" if not open_on else f"写了两种开门时间（{'、'.join(open_on)}）"
            yield Problem(
                f"offices.toml：{place}.hours", f"{day.month} 月 {day.day} 日{words}，改 from 和 to"
            )
            return


def _standards(standards: tuple[Standard, ...]) -> Iterator[Problem]:
    for one, other in combinations(standards, 2):
        same = (one.kind, one.hukou, one.standing.region) == (other.kind, other.hukou, other.standing.region)
        if same and _overlap(one.standing, other.standing) and _same_ages(one, other):
            yield Problem(
                f"standards.toml：standard[{other.standing.key or other.id}]",
                f"和 {one.id} 在同一时间都有效，给旧的写上 valid_to",
            )


def _overlap(one: Standing, other: Standing) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts <= ends


def _same_ages(one: Standard, other: Standard) -> bool:
    if one.ages is None or other.ages is None:
        return one.ages is other.ages
    return max(one.ages[0], other.ages[0]) <= min(one.ages[1], other.ages[1])


def _sources(pack: Pack) -> Iterator[Problem]:
    # An amount nobody can trace is worse than none: a worker would quote it to a family.
    for standard in pack.standards:
        if not standard.standing.source:
            yield Problem(
                f"standards.toml：standard[{standard.standing.key or standard.id}].source",
                "金额要写出处：哪份文件、哪一天",
            )
