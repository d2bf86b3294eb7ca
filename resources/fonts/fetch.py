"""Fetch the complete typefaces into `resources/fonts/full/`: `python -m resources.fonts.fetch`.

The committed subsets are enough to run and test; the complete files add every ideograph of
GB 18030-2022 level 3. They come from two public packages whose content is pinned by SHA-256, so a
second run does nothing and a changed package is refused. No Python dependency; npm and apt only.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FULL = Path(__file__).parent / "full"
NPM_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
DEBIAN_PACKAGE = "fonts-hanazono"
HANAZONO = "usr/share/fonts/truetype/hanazono/HanaMinB.ttf"


@dataclass(frozen=True)
class Wanted:
    """One file to end up in `full/`: where it lies in its package and what it must contain."""

    name: str
    member: str
    sha256: str


NOTO = (
    Wanted(
        "NotoSansSC-Regular.ttf",
        "package/400Regular/NotoSansSC_400Regular.ttf",
        "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    ),
    Wanted(
        "NotoSansSC-Bold.ttf",
        "package/700Bold/NotoSansSC_700Bold.ttf",
        "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    ),
)
HANA = (Wanted("HanaMinB.ttf", HANAZONO, "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c"),)


class CannotFetch(Exception):
    """A tool is absent, the network is, or a package no longer holds what was pinned."""


def fetch(folder: Path = FULL, say: Callable[[str], None] = print) -> None:
    """Make `folder` hold the three complete typefaces. Raises CannotFetch naming what to do.

    One source that cannot be had does not keep the other away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    problems = []
    for wanted, unpack in ((NOTO, unpack_npm), (HANA, unpack_debian)):
        names = ", ".join(item.name for item in wanted)
        if all(is_complete(folder, item) for item in wanted):
            say(f"{names}: already here")
            continue
        say(f"{names}: fetching …")
        try:
            bring(unpack, wanted, folder)
        except CannotFetch as problem:
            problems.append(f"{names}: {problem}")
        else:
            say(f"{names}: fetched")
    if problems:
        raise CannotFetch("\n".join(problems))


def bring(unpack: Callable[[Path], None], wanted: Sequence[Wanted], folder: Path) -> None:
    """Unpack one source beside the system's temporary files and keep what was pinned of it."""
    with tempfile.TemporaryDirectory() as scratch:
        unpack(Path(scratch))
        for item in wanted:
            keep(Path(scratch), folder, item)


def is_complete(folder: Path, item: Wanted) -> bool:
    """Whether the file is there with exactly the pinned content."""
    target = folder / item.name
    return target.is_file() and digest(target) == item.sha256


def unpack_npm(scratch: Path) -> None:
    """Unpack the Noto package into `scratch`, through npm itself."""
    run("npm", "pack", "--silent", NPM_PACKAGE, where=scratch, hint="install Node.js (it brings npm)")
    for archive in scratch.glob("*.tgz"):
        with tarfile.open(archive) as tar:
            for member in (tar.getmember(item.member) for item in NOTO):
                # `extract(filter=)` is younger than the oldest Python this must run on.
                if (source := tar.extractfile(member)) is not None:
                    (scratch / member.name).parent.mkdir(parents=True, exist_ok=True)
                    (scratch / member.name).write_bytes(source.read())


def unpack_debian(scratch: Path) -> None:
    """Unpack the Hanazono package into `scratch`, through apt and dpkg-deb."""
    run("apt-get", "download", DEBIAN_PACKAGE, where=scratch, hint="run it on Debian, Ubuntu, UOS or Kylin")
    for archive in scratch.glob("*.deb"):
        run("dpkg-deb", "-x", archive.name, ".", where=scratch, hint="install dpkg")


def keep(scratch: Path, folder: Path, item: Wanted) -> None:
    """Move one file into place, whole or not at all, after checking its digest."""
    source = scratch / item.member
    found = digest(source) if source.is_file() else "nothing"
    if found != item.sha256:
        raise CannotFetch(f"{item.name}: expected SHA-256 {item.sha256}, found {found}")
    partial = folder / (item.name + ".part")
    shutil.copyfile(source, partial)
    partial.replace(folder / item.name)


def run(tool: str, *arguments: str, where: Path, hint: str) -> None:
    """Run a tool in `where`; an absent or failing tool becomes CannotFetch with its last words."""
    found = shutil.which(tool)
    if found is None:
        raise CannotFetch(f"{tool} is not installed: {hint}, or copy the files into {FULL} by hand")
    command: Sequence[str] = (found, *arguments)
    done = subprocess.run(command, cwd=where, capture_output=True)  # noqa: S603  # fixed arguments
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", errors="replace")
        last = said.strip().splitlines()[-1:] or ["no message"]
        raise CannotFetch(f"{tool} {arguments[0]} failed: {last[0]}")


def digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main() -> int:
    """Fetch, or say in one line why not; the committed subsets keep working either way."""
    try:
        fetch()
    except CannotFetch as problem:
        print(
            f"{problem}\nEverything still runs: the committed subsets hold all but the rarest characters.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
