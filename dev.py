#!/usr/bin/python3
"""The one door for developers: makes the environment, then demo, run, test, check, bench and the others.

Standard library only, Linux and Windows, Python 3.11 to 3.13. Everything is installed into
`.venv` from `requirements.lock`, where every file is pinned by its hash.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "installed.sha256"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST, NEWEST = (3, 11), (3, 13)  # Qt 6.9, the last that runs on glibc 2.28, has no wheel after 3.13
# What Qt loads at run time on Linux, and the Debian package each comes from.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
XCB = "cursor0 icccm4 image0 keysyms1 randr0 render-util0 shape0 sync1 xfixes0 xkb1".split()
# Only a real window needs these: the display, the keyboard, the printers.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libcups.so.2": "libcups2",
    **{f"libxcb-{one[:-1]}.so.{one[-1]}": f"libxcb-{one}" for one in XCB},
}
CHECKS = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("imports", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
)


def main(words: list[str]) -> int:
    """Prepare what the command needs, then become it. Exit status 2: not a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot show a character shows "?"
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return _complain(_wrong_python())
    chosen = _parser().parse_args(words or ["--help"])
    windowed = chosen.command in WINDOWED and "--headless" not in chosen.rest
    try:
        if chosen.command not in BARE:
            _find_system_packages(qt=chosen.command in WITH_QT, window=windowed)
            _make_environment()
    except subprocess.CalledProcessError as error:
        return _complain(f"This step failed (exit {error.returncode}): {' '.join(map(str, error.cmd))}")
    except OSError as error:
        return _complain(f"Cannot write into {ENVIRONMENT}: {error}")
    return COMMANDS[chosen.command](chosen.rest)


def demo(rest: list[str]) -> int:
    """The whole job on a fictional village: in a window, or with --headless --out DIR."""
    return _become("-m", "demo", *rest)


def run(rest: list[str]) -> int:
    """Open the program as an installed one would."""
    return _become("-m", "ui", *rest)


def test(rest: list[str]) -> int:
    """Every test, a run for each processor; further words go to one pytest."""
    os.chdir(ROOT)
    return _become("-m", "pytest", *rest) if rest else _become("-m", "tests")


def check(_: list[str]) -> int:
    """Import contracts, ruff, format, mypy --strict on app and sync."""
    os.chdir(ROOT)
    failed = []
    for name, words in CHECKS:
        print(f"== {name}", flush=True)
        if _wait(words):
            failed.append(name)
    return _complain(f"Not clean: {', '.join(failed)}") if failed else 0


def bench(rest: list[str]) -> int:
    """The speed table, every figure a ratio measured side by side in this run."""
    return _become("-m", "bench", *rest)


def faults(rest: list[str]) -> int:
    """Power cuts, bad disks and lines: [--kills N | --forms N | --histories N] [--seed S] [--minutes M]."""
    return _become("-m", "tests.faults", *rest)


def mutate(rest: list[str]) -> int:
    """Bugs put into a copy of the program, one by one, and what noticed each: [--only NAME]."""
    return _become("-m", "tests.sync.mutants", *rest)


def screens(rest: list[str]) -> int:
    """A picture of every page with the demo village, into the folder named."""
    return _become("-m", "demo.screens", *rest)


def serve(rest: list[str]) -> int:
    """A county server on this machine."""
    return _become("-m", "sync.server", "serve", *rest)


def fonts(rest: list[str]) -> int:
    """Fetch the full fonts that packaging and the rare-character tests use."""
    return _wait(["-m", "resources.fonts.fetch", *rest], python=Path(sys.executable))


COMMANDS = {
    each.__name__: each for each in (demo, run, test, check, bench, faults, mutate, screens, serve, fonts)
}
BARE = {"fonts"}  # nothing to install first
WITH_QT = {"demo", "run", "test", "bench", "screens"}
WINDOWED = {"demo", "run"}


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:8} {each.__doc__}" for name, each in COMMANDS.items())
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="dev.py", epilog=lines, formatter_class=plain)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="goes to the command")
    return parser


def _wrong_python() -> str:
    """One sentence, with the command that would work when there is one."""
    sentence = f"Python 3.{OLDEST[1]} to 3.{NEWEST[1]} is needed; this is {sys.version.split()[0]}."
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        if shutil.which(f"python3.{minor}"):
            return f"{sentence} Use the one you have: python3.{minor} dev.py"
    return sentence


def _make_environment() -> None:
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    print("Making the environment in .venv (once, one to three minutes) …", flush=True)
    if not _has_pip():
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    _install()
    STAMP.write_text(wanted, encoding="ascii")


def _has_pip() -> bool:
    """Whether `.venv` is whole: an earlier run may have been interrupted, or its Python removed."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], check=False, capture_output=True).returncode == 0


def _install() -> None:
    """Everything in the lock, with a line of progress. Raises CalledProcessError, after pip's own words."""
    total = sum(_is_for_here(line) for line in LOCK.read_text(encoding="utf-8").splitlines())
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar=off", "--root-user-action=ignore", "--require-hashes", "-r", str(LOCK)]
    seen, said = 0, deque[str](maxlen=30)
    pipe, joined = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(
        command, env=_surroundings(), stdout=pipe, stderr=joined, encoding="utf-8", errors="replace"
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                seen += 1
                _progress(f"{seen} of {total}: {line.split()[1]}", often=seen % 10 == 0)
            elif line.startswith("Installing "):
                _progress("unpacking", often=True)
            elif "Retrying" in line:
                _progress("the package index does not answer; trying again", often=True)
    if pip.returncode:
        print(f"\n{''.join(said)}", end="", file=sys.stderr)
        raise subprocess.CalledProcessError(pip.returncode, command)
    _progress("ready\n" if sys.stdout.isatty() else "ready", often=True)


def _is_for_here(line: str) -> bool:
    """Whether a line of the lock names a package this system takes."""
    named = re.match(r"[a-z][^ ]*==", line) is not None
    return named and ("sys_platform" not in line or f"sys_platform == '{sys.platform}'" in line)


def _progress(words: str, *, often: bool) -> None:
    """One line that changes on a terminal; in a file only now and then."""
    if sys.stdout.isatty():
        print(f"\r  {words:60}", end="", flush=True)
    elif often:
        print(f"  {words}", flush=True)


def _find_system_packages(*, qt: bool, window: bool) -> None:
    """Install or name, in one command, everything that only the system can bring (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    libraries = QT_LIBRARIES if qt else {}
    if window and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        libraries = libraries | WINDOW_LIBRARIES
    missing = missing_libraries(libraries)
    # Debian keeps the part of Python that makes environments in a package of its own.
    if importlib.util.find_spec("ensurepip") is None and not _has_pip():
        missing["ensurepip"] = f"python3.{sys.version_info[1]}-venv"
    bring(missing)


def missing_libraries(libraries: dict[str, str]) -> dict[str, str]:
    """Those of `libraries` (file name → Debian package) that this system cannot load."""
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _loads(library: str) -> bool:
    """Asks the loader itself: `ctypes.util.find_library` needs a compiler or ldconfig on the PATH."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def bring(missing: dict[str, str]) -> None:
    """Install the packages when this may; else stop with the command to give. `missing`: thing → package."""
    if not missing:
        return
    packages = sorted(set(missing.values()))
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SystemExit(
            f"Missing on this system: {', '.join(missing)}\n"
            f"Install what holds them (Debian's names: {' '.join(packages)}), then run this again."
        )
    if os.geteuid() != 0:
        words = f"apt-get update && {' '.join(install)}"
        line = f"sudo sh -c '{words}'" if shutil.which("sudo") else f"su -c '{words}'"
        raise SystemExit(
            f"Missing on this system: {', '.join(missing)}\nGive this command, then again yours:\n  {line}"
        )
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A failed update may still leave lists that will do; the install says so if not.
    subprocess.run(["apt-get", "update", "-q"], env=environment, check=False, stdout=subprocess.DEVNULL)
    subprocess.run(install, env=environment, check=True, stdout=subprocess.DEVNULL)


def _become(*words: str) -> int:
    """Run a module in the place of this program, so that a signal reaches it and nobody else."""
    if os.name == "nt":  # there a new program would not be waited for by the console
        return _wait([*words])
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), "-P", *words], _surroundings())


def _wait(words: list[str], python: Path = PYTHON) -> int:
    """Run Python to its end; Ctrl+C is for it to answer, in its own time."""
    with subprocess.Popen([python, "-P", *words], env=_surroundings()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def _surroundings() -> dict[str, str]:
    """UTF-8 whatever the console's code page, and our rooms importable from any folder."""
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}


def _complain(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
