"""A port of this computer that stays ours while nobody listens at it."""

from __future__ import annotations

import socket


def kept(port: int = 0) -> socket.socket:
    """A socket that holds `port`, or any that is free, and never listens: whoever calls there is refused, and
    no other program is given the number meanwhile. Raises OSError when somebody listens at it."""
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # ours may listen there beside it
        held.bind(("127.0.0.1", port))
    except OSError:
        held.close()
        raise
    return held
