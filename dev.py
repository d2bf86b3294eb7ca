#!/usr/bin/env python3
"""The one door for developers: makes the environment, then demo, run, test, check, bench, screens, serve.

Standard library only, Linux and Windows, Python 3.11 or later. Everything is installed into
`.venv` from `requirements.lock`, where every file is pinned by its hash.
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "installed.sha256"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
# What Qt loads at run time on Linux, and the Debian package each comes from.
QT_LIBRARIES = {
    "EGL": "libegl1",
    "GL": "libgl1",
    "xkbcommon": "libxkbcommon0",
    "fontconfig": "libfontconfig1",
    "dbus-1": "libdbus-1-3",
    "glib-2.0": "libglib2.0-0",
}
# Only a real window on an X display needs these.
WINDOW_LIBRARIES = {
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-shape": "libxcb-shape0",
    "xcb-xinerama": "libxcb-xinerama0",
    "xkbcommon-x11": "libxkbcommon-x11-0",
}
CHECKS = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("imports", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
)


def main() -> int:
    arguments, rest = _parser().parse_known_args()
    if sys.version_info < OLDEST:
        return _complain(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.")
    try:
        _make_environment()
        _find_libraries(window=arguments.command in ("demo", "run") and "--headless" not in rest)
    except subprocess.CalledProcessError as error:
        return _complain(f"This step failed (exit {error.returncode}): {' '.join(map(str, error.cmd))}")
    return COMMANDS[arguments.command](rest)


def demo(rest: list[str]) -> int:
    """The whole job on a fictional village: in a window, or with --headless --out DIR."""
    return _python("-m", "demo", *rest)


def run(rest: list[str]) -> int:
    """Open the program as an installed one would."""
    return _python("-m", "ui", *rest)


def test(rest: list[str]) -> int:
    """Every test; further words go to pytest."""
    return _python("-m", "pytest", *rest)


def check(_: list[str]) -> int:
    """Import contracts, ruff, mypy --strict on app and sync."""
    failed = []
    for name, words in CHECKS:
        print(f"== {name}", flush=True)
        if _python(*words):
            failed.append(name)
    return _complain(f"Not clean: {', '.join(failed)}") if failed else 0


def bench(rest: list[str]) -> int:
    """The speed table, every figure a ratio measured side by side in this run."""
    return _python("-m", "bench", *rest)


def screens(rest: list[str]) -> int:
    """A picture of every page with the demo village, into the folder named."""
    return _python("-m", "demo.screens", *rest)


def serve(rest: list[str]) -> int:
    """A county server on this machine."""
    return _python("-m", "sync.server", "serve", *rest)


def fonts(rest: list[str]) -> int:
    """Fetch the full fonts that packaging and the rare-character tests use."""
    return _python("-m", "resources.fonts.fetch", *rest)


COMMANDS = {each.__name__: each for each in (demo, run, test, check, bench, screens, serve, fonts)}


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:8} {each.__doc__}" for name, each in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py", epilog=lines, formatter_class=argparse.RawDescriptionHelpFormatter, add_help=True
    )
    parser.add_argument("command", choices=COMMANDS)
    return parser


def _make_environment() -> None:
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Making the environment in .venv (once, about a minute) …", flush=True)
    if not PYTHON.exists():
        _make_venv()
    install = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q"]
    subprocess.run([PYTHON, *install, "--require-hashes", "-r", LOCK], check=True, cwd=ROOT)
    STAMP.write_text(wanted)


def _make_venv() -> None:
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except subprocess.CalledProcessError:
        # Debian keeps ensurepip in a package of its own.
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        _apt([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        venv.create(ENVIRONMENT, with_pip=True)


def _find_libraries(*, window: bool) -> None:
    if not sys.platform.startswith("linux"):
        return
    wanted = dict(QT_LIBRARIES)
    if window and os.environ.get("DISPLAY"):
        wanted |= WINDOW_LIBRARIES
    missing = [package for name, package in wanted.items() if ctypes.util.find_library(name) is None]
    if missing:
        _apt(missing)


def _apt(packages: list[str]) -> None:
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        sudo = " ".join(["sudo", *command])
        raise SystemExit(f"Some system libraries are missing. Run this once, then again:\n  {sudo}")
    print(f"Installing system libraries: {' '.join(packages)}", flush=True)
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=environment, **quiet)
    subprocess.run(command, env=environment, **quiet)


def _python(*words: str) -> int:
    try:
        return subprocess.run([PYTHON, *words], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


def _complain(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
