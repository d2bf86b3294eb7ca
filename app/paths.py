"""Where this computer keeps the program's files. Everything personal below it is encrypted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "SHOUFANGTONG_HOME"


@dataclass(frozen=True)
class Paths:
    """All file places, derived from one folder so that a test or a demo can move them together."""

    root: Path

    @property
    def store(self) -> Path:
        """The encrypted SQLite file."""
        return self.root / "shoufangtong.db"

    @property
    def keys(self) -> Path:
        """The wrapped data key; useless without a passphrase."""
        return self.root / "keys.json"

    @property
    def attempts(self) -> Path:
        """How often a wrong passphrase was tried in a row."""
        return self.root / "attempts.json"

    @property
    def founding(self) -> Path:
        """The store while it is being made, until its key file is there."""
        return self.root / "shoufangtong.db.founding"

    @property
    def asking(self) -> Path:
        """A request to the county to open the store that waits for its answer."""
        return self.root / "asking.json"

    @property
    def enrolling(self) -> Path:
        """Keys that wait for the county's answer on a stick, locked under the code on the paper."""
        return self.root / "enrolling.json"

    @property
    def attachments(self) -> Path:
        """Sealed files that belong to records: photos, scans."""
        return self.root / "attachments"

    @property
    def packs(self) -> Path:
        """Policy packs the county gave this device, over the one shipped with the program."""
        return self.root / "packs"

    @property
    def fonts(self) -> Path:
        """Fonts the office added for names that no shipped font can draw."""
        return self.root / "fonts"

    @property
    def backups(self) -> Path:
        """The backups kept on this computer."""
        return self.root / "backups"

    @property
    def restoring(self) -> Path:
        """There while a backup is being put in the store's place."""
        return self.root / "restoring.json"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        return self.root / "log" / "shoufangtong.log"


def default_paths() -> Paths:
    """The user's data folder, or the folder named by SHOUFANGTONG_HOME."""
    if given := os.environ.get(HOME_VARIABLE):
        return Paths(Path(given))
    import platformdirs

    return Paths(platformdirs.user_data_path("shoufangtong", appauthor=False))
