"""Data shipped with the program, and the one accessor that reads it: packs, pictograms, fonts, forms, words.

Names are relative, with forward slashes: `pictograms/hall.svg`. The same call works from the source
tree, from an installed wheel and inside a PyInstaller folder.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

# Always a folder on disk: importlib.resources would cost the start more than all the icons together.
HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Where `name` lies on disk; it need not exist. Raises ValueError for an absolute path or `..`."""
    pure = PurePosixPath(name)
    if not name or pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        raise ValueError(f"not a resource name: {name!r}")
    return HERE.joinpath(*pure.parts)


def read_bytes(name: str) -> bytes:
    """The content of `name`. Raises FileNotFoundError when it is not shipped."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """The content of `name` as UTF-8. Raises FileNotFoundError when it is not shipped."""
    return path(name).read_text(encoding="utf-8")


def names(folder: str, suffix: str = "") -> tuple[str, ...]:
    """The files directly inside `folder` whose name ends with `suffix`, sorted: `("hall.svg", …)`."""
    inside = path(folder)
    if not inside.is_dir():
        return ()
    return tuple(
        sorted(item.name for item in inside.iterdir() if item.is_file() and item.name.endswith(suffix))
    )
