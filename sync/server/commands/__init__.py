"""The county clerk's commands, one module for each subject; each has `add`, which registers its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable

# Makes a command that has a database: (where to add it, its name, what runs it, what it is for).
Command = Callable[..., argparse.ArgumentParser]
