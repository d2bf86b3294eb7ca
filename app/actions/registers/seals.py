"""用章登记: a stamp is entered with its number, corrected, taken back; certificates are looked up first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.actions.desk import Desk
from app.actions.registers.writing import counting, enter, every, usual
from app.domain.ids import new_id
from app.domain.packs.proof import Proof
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.seal import Assembly, SealEntry, SealUse, problems, refused
from app.domain.tickets.ticket import SERIALS_PER_DEVICE


@dataclass(frozen=True)
class Stamp:
    """What the worker says of one stamping; see `SealEntry` for the words."""

    on: date | None
    use: SealUse
    paper: str
    who: str
    why: str
    approver: str
    sealer: str
    copies: int = 1
    person: str = ""
    household: str = ""
    basis: str = ""
    major: bool = False
    voted_on: date | None = None
    voted_by: Assembly | None = None
    noticed_until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Hands:
    """Who approved and who stamped so far, the usual ones first."""

    approvers: tuple[str, ...]
    sealers: tuple[str, ...]


def add(desk: Desk, said: Stamp, *, amends: str = "") -> SealEntry:
    """Enter a stamp; a correction keeps the number of what it `amends`.

    Raises UserError, at its field, when it may not be stamped.
    """
    now = desk.now
    entry = SealEntry(
        new_id(now), desk.village, said.on or desk.today, said.use, said.paper.strip(), said.who.strip(),
        said.why.strip(), said.approver.strip(), said.sealer.strip(), desk.worker, now, copies=said.copies,
        person=said.person, household=said.household, note=said.note.strip(), amends=amends,
    )  # fmt: skip
    if said.use is SealUse.PROOF:
        entry = replace(entry, basis=said.basis.strip())
    if said.major:
        entry = replace(
            entry,
            major=True,
            voted_on=said.voted_on,
            voted_by=said.voted_by,
            noticed_until=said.noticed_until,
            notice=_notice(desk, said.noticed_until),
        )
    found = problems(entry, proofs(desk), desk.today)
    if not found:
        number = desk.store.reading.get(SealEntry, amends).number if amends else _number(desk, entry.on.year)
        entry = replace(entry, number=number)
    return enter(desk, entry, found, "seal")


def look_up(desk: Desk, paper: str) -> Proof | None:
    """The certificate the village should not issue that `paper` is; None when it is none."""
    return refused(proofs(desk), paper)


def proofs(desk: Desk) -> tuple[Proof, ...]:
    """The certificates a village should not issue, here and today."""
    return desk.pack.proofs_at(desk.village, desk.today)


def hands(desk: Desk) -> Hands:
    """Whom to point at."""
    made = counting(desk, SealEntry)
    return Hands(usual(one.approver for one in made), usual(one.sealer for one in made))


def _notice(desk: Desk, until: date | None) -> str:
    """The notice in the register that ended that day, when there is just one."""
    found = [
        one.id
        for one in counting(desk, PublicNotice)
        if until is not None and until in (one.until, one.down_on) and not one.kind.of_a_family
    ]
    return found[0] if len(found) == 1 else ""


def _number(desk: Desk, year: int) -> str:
    """`2026-0137`: counted through the year, in a block of this computer's own, so that two laptops never
    give the same; what stands in the register already is never given again."""
    first = int(desk.store.meta.get("serial_block") or 0) * SERIALS_PER_DEVICE
    mine = range(first, first + SERIALS_PER_DEVICE)
    given = [int(one.number[5:]) for one in every(desk, SealEntry) if one.number.startswith(f"{year}-")]
    last = max((one for one in given if one in mine), default=first)
    return f"{year}-{last + 1:04d}"
