"""The developers' door works on a bare machine, says what is missing, and the lock names no place of ours."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT = Path(dev.__file__).resolve().parent
COMMANDS = {"demo", "run", "test", "check", "bench", "faults", "mutate", "screens", "serve", "fonts"}
PINNED = re.compile(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)")
# Dots and strokes stand in brackets, or this file would be the first to be found.
PLACES = re.compile(
    r"pypi[.]org|pythonhosted[.]|[/]simple\b|[-]-(?:extra-)?index-url|[-]-find-links|registry[.]npmjs"
    r"|[/]work/|[/]opt/(?:pypi|wheels)|[/]root/|[/]home/[a-z]+/|C:[\\]+Users"
)

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages of Linux")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("path", ["dev.py", "resources/fonts/fetch.py"])
def test_before_anything_is_installed_only_the_standard_library_is_asked(path: str) -> None:
    assert set(imported(ROOT / path)) <= sys.stdlib_module_names


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_help_names_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.main(words)
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert set(dev.COMMANDS) == COMMANDS
    for name, command in dev.COMMANDS.items():
        assert f"  {name:8} {command.__doc__}" in said


def test_a_word_that_is_no_command_is_refused_before_anything_is_made() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "dev.py", "deploy"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "invalid choice: 'deploy'" in done.stderr


def test_what_follows_the_command_goes_to_it_untouched() -> None:
    assert dev._parser().parse_args(["demo", "--headless", "--out", "x", "-h"]).rest == [
        "--headless", "--out", "x", "-h",
    ]  # fmt: skip


def test_continuous_integration_uses_the_same_door() -> None:
    called = re.findall(r"dev\.py (\w+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert {"test", "check"} <= set(called) <= COMMANDS


def test_a_python_of_the_wrong_age_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST", (3, 98))
    monkeypatch.setattr(dev, "NEWEST", (3, 99))
    assert dev.main(["test"]) == 1
    said = capsys.readouterr().err
    assert said == f"Python 3.98 to 3.99 is needed; this is {sys.version.split()[0]}.\n"


@linux
def test_only_libraries_the_loader_cannot_find_are_missing() -> None:
    asked = {"libc.so.6": "libc6", "libno-such-thing.so.9": "libno-such-thing9"}
    assert dev.missing_libraries(asked) == {"libno-such-thing.so.9": "libno-such-thing9"}


@linux
def test_who_may_not_install_is_given_one_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for tool in ("apt-get", "sudo"):
        (tmp_path / tool).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (tmp_path / tool).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as ended:
        dev.bring({"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "ensurepip": "python3.11-venv"})
    said = str(ended.value.code).splitlines()
    assert said[0] == "Missing on this system: libGL.so.1, libEGL.so.1, ensurepip"
    assert said[-1] == (
        "  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends"
        " libegl1 libgl1 python3.11-venv'"
    )


@linux
def test_a_system_without_apt_is_told_what_to_look_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"Missing on this system: libGL\.so\.1\nInstall what holds them"):
        dev.bring({"libGL.so.1": "libgl1"})


def test_our_programs_speak_utf8_and_find_their_rooms_from_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "app.py").write_text("raise SystemExit('a stranger called app')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONIOENCODING", "")
    words = "import sys, app.domain; sys.exit(40 + sys.flags.utf8_mode)"
    assert dev._wait(["-c", words], python=Path(sys.executable)) == 41


def test_progress_counts_only_what_this_system_takes() -> None:
    other = "linux" if sys.platform == "win32" else "win32"
    assert dev._is_for_here("requests==2.34.2 \\")
    assert dev._is_for_here(f"thing==1.0 ; sys_platform == '{sys.platform}' \\")
    assert not dev._is_for_here(f"thing==1.0 ; sys_platform == '{other}' \\")
    assert not dev._is_for_here("    --hash=sha256:0123 \\")


def test_every_library_is_pinned_with_its_hash_and_fits_what_the_project_asks() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        found = PINNED.match(entry)
        assert found, entry[:60]
        assert "--hash=sha256:" in entry, found[1]
        pinned[canonicalize_name(found[1])] = found[2]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # These libraries are large, never required, and installed by whoever wants them.
    apart = ("camera", "s3", "far")
    wanted = {name: group for name, group in project["optional-dependencies"].items() if name not in apart}
    groups = [project["dependencies"], *wanted.values()]
    for requirement in (Requirement(words) for group in groups for words in group):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_no_file_names_a_package_index_or_somebodys_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        if (path := ROOT / name).is_file():
            text = path.read_bytes().decode("utf-8", errors="ignore")
            found += [f"{name}: {hit[0]}" for hit in PLACES.finditer(text)]
    assert not found
