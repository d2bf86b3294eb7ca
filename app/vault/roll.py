"""Who has a way into the store, read from the key file for the lock page, which must stand at once.

Names and roles only: what opens anything is read by `app.vault.keyfile` when somebody tries.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.domain.problem import NewerFile, StorageFault
from app.domain.roles import Role

FORMAT = 2  # of the key file
NEWER = "这份资料是新版写的。请先升级，资料没有动。"
DAMAGED = "钥匙文件坏了，资料打不开，也没有被动过。请镇里用备份或恢复码来开。"


def names(path: Path) -> tuple[tuple[str, str, Role], ...]:
    """(id, name, role) of each worker in order.

    Raises StorageFault when neither copy can be read, NewerFile for one of a later release.
    """
    for candidate in (path, path.with_name(path.name + ".copy")):
        try:
            data = json.loads(candidate.read_bytes())
            if data["format"] > FORMAT:
                raise NewerFile(NEWER)
            # Format 1 had one list of slots; the recovery sheet's names nobody.
            slots = data["slots"] if data["format"] == 1 else data["workers"]
            return tuple(
                (str(one["worker"]), str(one["name"]), Role(one.get("role", Role.WORKER.value)))
                for one in slots
                if "worker" in one
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    raise StorageFault(DAMAGED)
