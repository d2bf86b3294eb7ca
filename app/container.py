"""The one file of a backup: an uncompressed zip with a manifest, its stamp, and the encrypted parts."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from app.domain.manifest import Manifest, Part, from_bytes
from app.domain.problem import StorageFault
from app.files import disk_fault, forget_cached

ENDING = ".sftbak"
MANIFEST, STAMP = "manifest.json", "manifest.stamp"
STORE, KEYS, ATTACHMENTS = "store.db", "keys.json", "attachments/"
SETTINGS, PACKS = "settings.json", "packs/"
PIECE = 1 << 20
MOST_MANIFEST_BYTES = 16 << 20
BROKEN = "这份备份坏了，或不是首访通的备份，没有用它。换一份试试。"
EPOCH_OF_ZIP = (1980, 1, 1, 0, 0, 0)  # the time a backup was made is in its manifest and nowhere else


@dataclass(frozen=True)
class Outside:
    """What can be read of a backup without a key. `raw` is what `stamp` was made over."""

    manifest: Manifest
    raw: bytes
    stamp: str


def write(path: Path, manifest: bytes, stamp: str, parts: Mapping[str, Path]) -> None:
    """Write a container to `path` and bring it to the disk. Raises StorageFault."""
    try:
        with open(path, "xb", opener=_private) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as box:
                box.writestr(zipfile.ZipInfo(MANIFEST, EPOCH_OF_ZIP), manifest)
                box.writestr(zipfile.ZipInfo(STAMP, EPOCH_OF_ZIP), stamp)
                for name, source in parts.items():
                    _put(box, name, source)
            file.flush()
            os.fsync(file.fileno())
            forget_cached(file.fileno())
    except OSError as error:
        raise disk_fault(error) from error


def outside(path: Path) -> Outside:
    """The manifest of the backup at `path`, not yet proven. Raises StorageFault for what is none."""
    with _opened(path) as box:
        raw = _small(box, MANIFEST)
        found = Outside(from_bytes(raw), raw, _small(box, STAMP).decode("ascii", "replace"))
        names = {part.name for part in found.manifest.parts}
        if not {STORE, KEYS} <= names or not all(_proper(name) for name in names):
            raise ValueError("parts that do not belong into a backup")
        return found


def take_out(path: Path, part: Part, target: Path) -> None:
    """Write one part to `target`, on the disk when this returns.

    Raises StorageFault when it is not what the manifest says, or the disk refuses.
    """
    with _opened(path) as box:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with box.open(_entry(box, part.name)) as source, open(target, "xb", opener=_private) as file:
                digest, size = _pour(source, file)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise disk_fault(error) from error
        if (digest, size) != (part.sha256, part.size):
            raise StorageFault(BROKEN)


def small_part(path: Path, name: str) -> bytes:
    """The bytes of a small part, such as the key file; not yet proven. Raises StorageFault."""
    with _opened(path) as box:
        return _small(box, name)


def check_parts(path: Path, manifest: Manifest) -> None:
    """Read every part and compare it with the manifest. Raises StorageFault at the first that differs."""
    with _opened(path) as box:
        for part in manifest.parts:
            with box.open(_entry(box, part.name)) as source:
                if _pour(source, None) != (part.sha256, part.size):
                    raise ValueError("a part is not what the manifest says")


def part_of(name: str, source: Path) -> Part:
    """The manifest's line about a file. Raises StorageFault."""
    try:
        with source.open("rb") as file:
            digest, size = _pour(file, None)
    except OSError as error:
        raise disk_fault(error) from error
    return Part(name, size, digest)


def digest_of(path: Path) -> str:
    """SHA-256 of a whole file, read anew. Raises OSError."""
    with path.open("rb") as file:
        return _pour(file, None)[0]


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file to a new one and bring it to the disk. Raises OSError."""
    with source.open("rb") as given, open(target, "xb", opener=_private) as file:
        _pour(given, file)
        file.flush()
        os.fsync(file.fileno())
        forget_cached(file.fileno())


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as box:
            yield box
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, NotImplementedError) as error:
        raise StorageFault(BROKEN) from error
    except OSError as error:
        raise StorageFault("这份备份读不出来。U 盘插紧再试，或换一份。") from error


def _entry(box: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    entry = box.getinfo(name)
    # Nothing is compressed: a small file that unpacks into a full disk is none of ours.
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        raise ValueError("a packed part")
    return entry


def _small(box: zipfile.ZipFile, name: str) -> bytes:
    entry = _entry(box, name)
    if entry.file_size > MOST_MANIFEST_BYTES:
        raise ValueError("a manifest larger than any")
    return box.read(entry)


def _proper(name: str) -> bool:
    """True for a name that stays inside the folder it is taken out into."""
    if name in (STORE, KEYS, SETTINGS):
        return True
    inner = name.removeprefix(PACKS if name.startswith(PACKS) else ATTACHMENTS)
    parts = PurePosixPath(inner).parts
    odd = "\\" in name or ":" in name or "\0" in name or inner.startswith("/")
    return inner != name and bool(parts) and ".." not in parts and not odd


def _put(box: zipfile.ZipFile, name: str, source: Path) -> None:
    entry = zipfile.ZipInfo(name, EPOCH_OF_ZIP)
    entry.file_size = source.stat().st_size
    with source.open("rb") as given, box.open(entry, "w") as into:
        _pour(given, into)


def _pour(source: IO[bytes], into: IO[bytes] | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
        if into is not None:
            into.write(piece)
    return digest.hexdigest(), size


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
