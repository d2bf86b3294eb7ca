"""The file of a backup: a dump and what was written down about it, opened only when it is whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.problem import NewerFile, StorageFault, UserError
from app.files import replace_whole
from sync.server import scratch
from sync.server.census import Census
from sync.server.postgres import schemas

SUFFIX = ".sftcounty"
MANIFEST, DUMP = "manifest.json", "county.dump"
FORMAT = 1
PIECE = 1024 * 1024
NOT_OURS = "这个文件不是县里的备份，或者没拷完整。现有的资料没有动。"
NEWER = "这份备份是新版做的，这一版太旧，读不了。先装新版再恢复。现有的资料没有动。"
FULL = (errno.ENOSPC, errno.EDQUOT)
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
# What comes of bytes that say they are a packed file and are none.
BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """Written down when the dump was made: up to which number it holds each county, its rows, its steps.

    `steps` are the migrations the county had taken; a backup of an earlier release names none.
    """

    made_at: datetime
    upto: Mapping[str, int]
    census: Census
    steps: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.census.values())


def name_of(manifest: Manifest) -> str:
    """By its county, or by how many there are: a file name has no room for the codes of a province."""
    places = tuple(manifest.upto)
    whose = places[0] if len(places) == 1 else f"{len(places)}个县"
    return f"县资料-{whose}-{manifest.made_at:%Y%m%d-%H%M%S}{SUFFIX}"


@contextlib.contextmanager
def place_in(folder: Path) -> Iterator[Path]:
    """A closed folder on the disk of `folder`, which is made when it is not there, for what is on its way.

    Raises UserError when it is a file, StorageFault when nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratched = contextlib.ExitStack()
        inside = scratched.enter_context(scratch.folder_in(folder))
    except (FileExistsError, NotADirectoryError) as error:
        raise UserError(f"{folder} 是文件，不是文件夹。--out 写一个文件夹。", field="out") from error
    except OSError as error:
        raise _not_written(error, folder) from error
    with scratched:
        scratch.sweep(Path(tempfile.gettempdir()))  # where earlier releases had theirs, and restores have
        yield inside


def pack(file: Path, dumped: Path, manifest: Manifest) -> None:
    """Write the backup beside `dumped`, then put it in its place and read it there. Raises StorageFault."""
    told = {
        "v": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "upto": manifest.upto,
        "census": manifest.census,
        "steps": manifest.steps,
        "sha256": _hash(dumped),
    }
    temporary = dumped.with_name(file.name)
    try:
        temporary.touch(0o600)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr(MANIFEST, json.dumps(told, ensure_ascii=False))
            packed.write(dumped, DUMP)
        replace_whole(temporary, file)
        with zipfile.ZipFile(file) as packed:  # as it lies there now, perhaps on a stick
            whole = packed.testzip() is None
    except OSError as error:
        raise _not_written(error, file.parent) from error
    except zipfile.BadZipFile:
        whole = False
    if not whole:
        with contextlib.suppress(OSError):
            file.unlink()
        raise StorageFault("写出来的备份读着不对，没有算数。换一个地方存。")


@contextlib.contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, Path]]:
    """The manifest, and the dump taken out into the system's temporary folder and found whole.

    Raises UserError when the file is away, may not be read, is no backup or is damaged; NewerFile when a
    newer release made it; StorageFault when the temporary folder does not hold it.
    """
    here = Path(tempfile.gettempdir())
    scratched = contextlib.ExitStack()
    with scratched:
        try:
            inside = scratched.enter_context(scratch.folder_in(here))
        except OSError as error:
            raise _no_room(error) from error
        yield _taken_out(file, inside / DUMP)


def _taken_out(file: Path, out: Path) -> tuple[Manifest, Path]:
    try:
        with file.open("rb") as read, zipfile.ZipFile(read) as packed:
            told = json.loads(packed.read(MANIFEST))
            manifest = _understood(told)
            with packed.open(DUMP) as dump:
                found = _copied(iter(lambda: dump.read(PIECE), b""), out)
    except OSError as error:
        raise _not_read(error, file) from error
    except BROKEN as error:
        raise UserError(NOT_OURS, field="file") from error
    if told.get("sha256") != found:
        raise UserError(NOT_OURS, field="file")
    return manifest, out


def _understood(told: dict[str, Any]) -> Manifest:
    if told["v"] > FORMAT or set(told.get("steps", ())) - set(schemas()):
        raise NewerFile(NEWER)
    if told["v"] != FORMAT:
        raise ValueError("a form that never was")
    return Manifest(
        datetime.fromisoformat(told["made_at"]),
        {str(place): int(number) for place, number in told["upto"].items()},
        {str(name): (int(rows), str(content)) for name, (rows, content) in told["census"].items()},
        tuple(told.get("steps", ())),
    )


def _copied(pieces: Iterator[bytes], out: Path) -> str:
    """Written to `out`; returns the SHA-256. Raises StorageFault when `out` has no room."""
    digest = hashlib.sha256()
    with contextlib.ExitStack() as open_file:
        try:
            write = open_file.enter_context(out.open("wb", buffering=0))
        except OSError as error:
            raise _no_room(error) from error
        for piece in pieces:
            digest.update(piece)
            rest = memoryview(piece)
            while rest:
                try:
                    rest = rest[write.write(rest) :]
                except OSError as error:
                    raise _no_room(error) from error
    return digest.hexdigest()


def _not_written(error: OSError, folder: Path) -> StorageFault:
    if error.errno in FULL:
        return StorageFault(f"{folder} 所在的盘满了，备份没做成。资料没有动。清出地方，或换一个地方存。")
    if error.errno in DENIED:
        return StorageFault(f"{folder} 不让写，备份没做成。资料没有动。看看文件夹的权限，或换一个地方存。")
    return StorageFault(
        f"{folder} 写不进去，备份没做成（{error.strerror}）。资料没有动。换一个地方存，再做一次。"
    )


def _not_read(error: OSError, file: Path) -> UserError:
    if error.errno == errno.EINVAL:  # it was to be read at a place before its beginning
        return UserError(NOT_OURS, field="file")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        words = f"没有 {file} 这个文件。看看写得对不对，盘插好了没有。"
    elif error.errno in DENIED:
        words = f"{file} 不让读。换一个有权限的用户再恢复，或改文件的权限。"
    elif isinstance(error, IsADirectoryError):
        words = f"{file} 是文件夹。写里面的备份文件（{SUFFIX}）。"
    else:
        words = f"{file} 读不出来（{error.strerror}）。盘可能坏了，换一份备份再试。"
    return UserError(f"{words}现有的资料没有动。", field="file")


def _no_room(error: OSError) -> StorageFault:
    what = "满了" if error.errno in FULL else f"写不进去（{error.strerror}）"
    return StorageFault(
        f"临时文件夹 {tempfile.gettempdir()} {what}，备份拆不开，没有恢复。现有的资料没有动。"
        "备份文件没看出有什么不对。清出地方，或先把 TMPDIR 设到别的盘上，再恢复一次。"
    )


def _hash(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
