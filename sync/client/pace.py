"""How much one request carries over a line that breaks or holds."""

from __future__ import annotations

from dataclasses import dataclass

from sync.protocol.limits import BATCH_BYTES, BATCH_FLOOR_BYTES, ROWS, ROWS_FLOOR


@dataclass(frozen=True)
class Pace:
    """How much one request carries; a line that breaks gets less, one that holds gets more again."""

    batch_bytes: int = BATCH_BYTES
    rows: int = ROWS

    def slower(self) -> Pace | None:
        """Half as much to send and a quarter of the rows to hear, or None when there is no less."""
        if self.batch_bytes <= BATCH_FLOOR_BYTES and self.rows <= ROWS_FLOOR:
            return None
        return Pace(max(BATCH_FLOOR_BYTES, self.batch_bytes // 2), max(ROWS_FLOOR, self.rows // 4))

    def faster(self) -> Pace:
        return Pace(min(BATCH_BYTES, self.batch_bytes * 2), min(ROWS, self.rows * 4))


FULL_PACE = Pace()
