"""A page of rows that cannot be read to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from app.domain.change import Incoming


class Breaking(Sequence[Incoming]):
    """Rows of which the second can never be read."""

    def __init__(self, first: Incoming) -> None:
        self._first = first

    def __len__(self) -> int:
        return 2

    @overload
    def __getitem__(self, index: int) -> Incoming: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Incoming]: ...
    def __getitem__(self, index: int | slice) -> Incoming | Sequence[Incoming]:
        if index != 0:
            raise RuntimeError("the disk is full")
        return self._first

    def __iter__(self) -> Iterator[Incoming]:
        yield self._first
        raise RuntimeError("the disk is full")
