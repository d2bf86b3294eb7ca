"""What stands on the outside of a backup: how much it holds and how to tell that it is whole.

It can be read without a key, so it says nothing about anybody: counts, sizes, hashes, the release.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.problem import NewerFile

FORMAT = 2  # 2: policy packs and settings among the parts
MOST_PARTS = 100_000


class Reason(StrEnum):
    """Why a backup was made."""

    NIGHTLY = "nightly"
    ASKED = "asked"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"

    @property
    def risky(self) -> bool:
        """Made before something that could go wrong: kept for 30 days whatever else was made."""
        return self in (Reason.BEFORE_MIGRATION, Reason.BEFORE_IMPORT, Reason.BEFORE_RESTORE)


@dataclass(frozen=True)
class Part:
    """One file inside: its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`line` is the same for every backup of one store and of its restored copies, "" when unknown.

    `generation` counts the backups of a line; `schema` are the store's migrations; `counts` are records
    by kind; `village` is the village's name.
    """

    release: str
    schema: tuple[str, ...]
    made_at: datetime
    reason: str
    village: str
    line: str
    generation: int
    counts: Mapping[str, int]
    parts: tuple[Part, ...]

    @property
    def risky(self) -> bool:
        """True for a backup before a risky step."""
        return self.reason in {reason.value for reason in Reason if reason.risky}


def to_bytes(manifest: Manifest) -> bytes:
    """The bytes that are stored and authenticated."""
    told = {
        "format": FORMAT,
        **vars(manifest),
        "schema": list(manifest.schema),
        "made_at": manifest.made_at.isoformat(),
        "counts": dict(sorted(manifest.counts.items())),
        "parts": [[part.name, part.size, part.sha256] for part in manifest.parts],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def from_bytes(raw: bytes) -> Manifest:
    """The reverse. Raises ValueError for what is no manifest, NewerFile for one of a later format."""
    try:
        told: dict[str, Any] = json.loads(raw)
        if int(told["format"]) > FORMAT:
            raise NewerFile("这份备份是新版做的。请先升级，备份没有动。")
        made_at = datetime.fromisoformat(told["made_at"])
        if made_at.tzinfo is None or len(told["parts"]) > MOST_PARTS:
            raise ValueError("a manifest without a time zone, or with too many parts")
        return Manifest(
            release=str(told["release"]),
            schema=tuple(str(name) for name in told["schema"]),
            made_at=made_at,
            reason=str(told["reason"]),
            village=str(told["village"]),
            line=str(told["line"]),
            generation=int(told["generation"]),
            counts={str(kind): int(count) for kind, count in told["counts"].items()},
            parts=tuple(Part(str(name), int(size), str(digest)) for name, size, digest in told["parts"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no manifest") from error
