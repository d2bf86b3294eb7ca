"""The few things a worker may set on this computer; nothing personal is kept here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.files import write_whole

SIZES = ("standard", "large", "largest")
PROFILES = ("international", "guomi")


@dataclass(frozen=True)
class Settings:
    """`size` is one of SIZES; minutes without a key or a click before the screen locks; `profile` names
    the algorithms of new key slots (`app.vault.profiles`), set by whoever installs for a county;
    `backup_folder` is the drive or folder that gets a copy of every backup, "" for none."""

    size: str = "standard"
    high_contrast: bool = False
    save_toner: bool = False
    lock_after_minutes: int = 5
    profile: str = "international"
    backup_folder: str = ""


def load(path: Path) -> Settings:
    """The saved settings; a missing or damaged file gives the defaults, never an error."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _checked(found) if isinstance(found, dict) else Settings()


def save(path: Path, settings: Settings) -> None:
    """Raises StorageFault when the disk refuses."""
    write_whole(path, json.dumps(asdict(settings), indent=2).encode())


def _checked(found: dict[str, Any]) -> Settings:
    known = {field.name: type(field.default) for field in fields(Settings)}
    good: dict[str, Any] = {name: value for name, value in found.items() if known.get(name) is type(value)}
    settings = Settings(**good)
    if settings.size not in SIZES:
        settings = replace(settings, size=Settings.size)
    if settings.profile not in PROFILES:
        settings = replace(settings, profile=Settings.profile)
    return replace(settings, lock_after_minutes=min(max(settings.lock_after_minutes, 1), 60))
