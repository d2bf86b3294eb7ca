"""What the worker does with a stick: write everything that waits, read the answers, and leave it tidy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from app.domain.packs.policy import version_key
from app.domain.problem import StorageFault, UserError
from app.domain.workdays import china_day
from app.vault import parcel_files
from sync.client import stick
from sync.client.blobs import Album
from sync.client.ledger import Ledger
from sync.protocol import bundle
from sync.protocol.errors import Refused

NO_ANSWER = "这个 U 盘上没有给这台电脑的回执。县里收了以后，回执会写在 U 盘上；先别删 U 盘上的文件。"


@dataclass(frozen=True)
class Written:
    """What now lies on the stick: how many matters and photos, in how many files."""

    matters: int = 0
    photos: int = 0
    files: int = 0
    stopped: bool = False


@dataclass(frozen=True)
class Home:
    """What came home: how many matters have their receipt now, records, photos the county has, a newer policy
    pack (its version, and the file unchecked), the names of her villages by code as the county has them, and
    what the worker must hear, None when all is well."""

    matters: int = 0
    rows: int = 0
    photos: int = 0
    pack: str = ""
    pack_file: bytes = field(default=b"", repr=False)
    villages: Mapping[str, str] = field(default_factory=dict)
    problem: Exception | None = None


def carry_out(
    ledger: Ledger,
    album: Album,
    root: Path,
    app: str,
    *,
    at: datetime,
    cancelled: Callable[[], bool] = lambda: False,
    told: Callable[[Written], None] = lambda _: None,
    pack: str | None = None,
) -> Written:
    """Write everything that waits to the stick at `root`; earlier ones go when all is there. `pack` is the
    version of the policy pack in force here, None where none is to come.

    Raises UserError without the county's key, StorageFault for the stick; what was whole by then stays.
    """
    device = ledger.identity().device
    before = _mine(root, bundle.UP_SUFFIX, device) if root.is_dir() else ()
    done = Written(matters=ledger.matters())
    for made in stick.make(ledger, album, app, at=at, cancelled=cancelled, pack=pack):
        day = f"{china_day(at):%m%d}"
        name = f"送县里-{day}-{made.id[-8:]}{bundle.UP_SUFFIX}"
        parcel_files.put(root / parcel_files.FOLDER / name, made.data)
        done = replace(done, photos=done.photos + made.photos, files=done.files + 1)
        told(done)
    if cancelled():
        return replace(done, stopped=True)
    for file in before:  # all of it that still waits is in the new ones
        if not file.with_suffix(bundle.DOWN_SUFFIX).exists():
            parcel_files.sweep(file)
    return done


def bring_home(ledger: Ledger, album: Album, root: Path, *, at: datetime) -> Home:
    """Read every answer for this computer on the stick; what is settled is taken off it.

    Raises UserError when there is none, or none that could be read; StorageFault for the stick.
    """
    answers = _mine(root, bundle.DOWN_SUFFIX, ledger.identity().device)
    before, home, damaged = ledger.matters(), Home(), None
    read = 0
    for file in answers:
        try:
            taken = stick.take(ledger, album, parcel_files.get(file, bundle.BUNDLE_BYTES), at=at)
        except UserError as error:
            damaged = error
            continue
        read += 1
        rows, photos = home.rows + taken.rows, home.photos + taken.photos
        home = replace(home, rows=rows, photos=photos, problem=taken.problem or home.problem)
        home = replace(home, villages=taken.villages or home.villages)
        if taken.pack_file and version_key(taken.pack) > version_key(home.pack):
            home = replace(home, pack=taken.pack, pack_file=taken.pack_file)
        parcel_files.sweep(file.with_suffix(bundle.UP_SUFFIX))
        parcel_files.sweep(file)
    if not read:
        raise damaged or UserError(NO_ANSWER)
    return replace(home, matters=max(0, before - ledger.matters()), problem=home.problem or damaged)


def _mine(root: Path, suffix: str, device: str) -> tuple[Path, ...]:
    """The files of this computer on the stick; a half-copied one counts by its name, so that it is named."""
    found = []
    for file in parcel_files.found([root], suffix):
        try:
            header = bundle.apart(parcel_files.get(file, bundle.BUNDLE_BYTES)).header
        except (Refused, StorageFault):
            if suffix == bundle.DOWN_SUFFIX:
                found.append(file)
            continue
        if header.device == device:
            found.append(file)
    return tuple(found)
