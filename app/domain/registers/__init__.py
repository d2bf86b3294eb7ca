"""The village's registers (台账): seal, democratic review, public notice, publicity, events."""

from app.domain.record import Record
from app.domain.registers.event import Event
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.publicity import Publicity
from app.domain.registers.review import Review
from app.domain.registers.seal import SealEntry

REGISTERS: tuple[type[Record], ...] = (SealEntry, Review, PublicNotice, Publicity, Event)
