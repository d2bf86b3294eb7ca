"""Reading the county's answer beside the request it was asked with."""

from __future__ import annotations

from collections.abc import Sequence

from sync.client.http import LINE_CUT, Cut
from sync.protocol import codec
from sync.protocol.errors import Astray
from sync.protocol.messages import Op, Reply


def read_answer(answer: bytes, ops: Sequence[Op], asked: bytes) -> Reply:
    """The answer to the packed request `asked`, which carried `ops`.

    Raises Cut for the answer to another request: a box on the way that mixes answers up is as good as a
    broken line. Raises Malformed or TooLarge for what is no answer.
    """
    try:
        return codec.decode_reply(answer, [op.id for op in ops], asked)
    except Astray as astray:
        raise Cut(LINE_CUT) from astray
