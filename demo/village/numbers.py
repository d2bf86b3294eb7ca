"""Numbers that look right and belong to nobody: identity, telephone, account, certificate, record ids."""

from __future__ import annotations

import random
from datetime import date, datetime
from uuid import UUID

from app.domain.people.identity import Sex, check_character
from demo.village.place import COUNTY_CODE

BANK = "云岭农村商业银行（虚构）"
OTHER_BANK = "外省某银行（虚构）"
RESERVED_PHONES = frozenset(
    {1, 2, 1108, 1109, 3013, 3031, 3127, 2999, 4412, *range(2200, 2300)}
)  # workers and offices, and the people written by hand


class Numbers:
    """Hands out each number once."""

    def __init__(self, rng: random.Random, at: datetime) -> None:
        self._rng = rng
        self._milliseconds = int(at.timestamp() * 1000)
        self._taken: set[str] = set()
        self._phones = [tail for tail in range(10_000) if tail not in RESERVED_PHONES]
        rng.shuffle(self._phones)

    def card(self, birth: date, sex: Sex, *, area: str = COUNTY_CODE, ending: str = "") -> str:
        """An identity number with the right check character; `ending` asks for that last character."""
        while True:
            serial = self._rng.randrange(10, 499) * 2 + (sex is Sex.MALE)
            first = f"{area}{birth:%Y%m%d}{serial:03d}"
            number = first + check_character(first)
            if number not in self._taken and number.endswith(ending):
                self._taken.add(number)
                return number

    def phone(self) -> str:
        """A mobile number in 154-0000-xxxx, a range nobody was ever given."""
        return f"1540000{self._phones.pop():04d}"

    def account(self) -> str:
        """A 19-digit account under the unused prefix 999999, with a right Luhn digit."""
        first = "999999" + "".join(str(self._rng.randrange(10)) for _ in range(12))
        return first + luhn_digit(first)

    def passbook(self) -> str:
        """A 19-digit passbook number whose last digit is no Luhn digit, as passbooks often have."""
        account = self.account()
        return account[:-1] + str((int(account[-1]) + 5) % 10)

    def record_id(self) -> str:
        """A UUIDv7 whose random bits come from the seed, so that two runs make the same village."""
        self._milliseconds += 1
        noise = self._rng.getrandbits(74)
        high = (self._milliseconds << 16) | 0x7000 | (noise >> 62)
        return str(UUID(int=(high << 64) | 0x8000_0000_0000_0000 | (noise & 0x3FFF_FFFF_FFFF_FFFF)))


def luhn_digit(first: str) -> str:
    """The last digit that makes `first` a valid card number (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(first)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
