"""The peers themselves, brought from their registries into a folder of their own, outside the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ANKI = ("anki==26.9.3",)
POUCH = ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4")
MOST_SECONDS = 240


class NotThere(Exception):
    """A peer could not be brought here; the text says why and what helps."""


def folder() -> Path:
    """Where they stay from run to run: SFT_PEERS, or the system's folder for caches."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(os.environ.get("SFT_PEERS") or Path(base) / "shoufangtong-peers")


def anki() -> Path:
    """The Python that has Anki. Raises NotThere."""
    place = folder() / "anki"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not _done(place, ANKI):
        shutil.rmtree(place, ignore_errors=True)
        _run("Anki", [sys.executable, "-m", "venv", str(place)])
        _run("Anki", [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *ANKI])
        _note(place, ANKI)
    return python


def pouch() -> Path:
    """The folder whose node_modules has PouchDB and its server. Raises NotThere."""
    place = folder() / "pouch"
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NotThere("PouchDB 要 node 和 npm，这台电脑上没有。先装上，再来一次。")
    if not _done(place, POUCH):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / "package.json").write_text('{"private": true}', encoding="ascii")
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        _run("PouchDB", [npm, "install", "--prefix", str(place), *quiet, *POUCH])
        _note(place, POUCH)
    return place


def _done(place: Path, wanted: tuple[str, ...]) -> bool:
    stamp = place / "installed.txt"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == "\n".join(wanted)


def _note(place: Path, wanted: tuple[str, ...]) -> None:
    (place / "installed.txt").write_text("\n".join(wanted), encoding="utf-8")


def _run(name: str, command: list[str]) -> None:
    """Raises NotThere with the last words of the installer."""
    print(f"  装 {name}：{folder()}（只装一次）", file=sys.stderr, flush=True)
    outside = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    try:
        done = subprocess.run(
            command, env=outside, capture_output=True, text=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotThere(f"{name} 没装上：软件源 {MOST_SECONDS} 秒没有答完。有网时再来一次。") from None
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise NotThere(f"{name} 没装上，软件源连不上或没有它。有网时再来一次。{' '.join(last)}")
