"""Where and when a fact of a policy pack holds, where it comes from, and whether it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# How far a fact reaches, by the digits of its code.
REACH = {2: "全省", 4: "全市（州）", 6: "全县（区）", 9: "全镇（乡）", 12: "本村"}


@dataclass(frozen=True)
class Standing:
    """Where and when a fact holds. `region` is a prefix of the 12-digit code; empty holds everywhere."""

    region: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    unverified: bool = False  # 待核
    key: str = ""  # what another layer calls the fact by
    layers: tuple[str, ...] = ()  # titles of the layers that wrote it, the lowest first

    def holds(self, region: str, on: date) -> bool:
        """Whether the fact holds in `region` (a 12-digit code or a prefix) on that day."""
        started = self.valid_from is None or self.valid_from <= on
        return region.startswith(self.region) and started and (self.valid_to is None or on <= self.valid_to)

    @property
    def rank(self) -> tuple[int, date]:
        """The nearer region wins, then the later start."""
        return len(self.region), self.valid_from or date.min

    @property
    def origin(self) -> tuple[str, ...]:
        """Where the fact comes from, in lines for whoever asks: layer, paper, days, place."""
        first, *later = self.layers or ("",)
        wrote = f"{first}写的" if first else "没写是哪一层的"
        changed = f"，{'、'.join(dict.fromkeys(later))}改过" if later else ""
        checked = "待核：还没有人和原文对过" if self.unverified else "和原文对过"
        return (
            f"{wrote}{changed}。{checked}。" if self.source else f"{wrote}{changed}。",
            f"出处：{self.source}" if self.source else "出处：没有写",
            self._term,
            f"管的地方：{REACH.get(len(self.region), '一片地方')}（代码 {self.region}）"
            if self.region
            else "管的地方：到处",
        )

    @property
    def _term(self) -> str:
        if self.valid_from and self.valid_to:
            return f"日子：{self.valid_from.isoformat()} 到 {self.valid_to.isoformat()}"
        if self.valid_from:
            return f"日子：{self.valid_from.isoformat()} 起"
        return f"日子：到 {self.valid_to.isoformat()} 为止" if self.valid_to else "日子：没有写期限"


EVERYWHERE = Standing()
