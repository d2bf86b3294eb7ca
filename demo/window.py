"""The demo in a real window: the county runs in this program, the village waits behind the lock."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from app.domain.problem import UserError
from demo import stage
from demo.village import story
from ui.gatekeeper import now

READY = "roster.xlsx"


def show(home: Path) -> int:
    """Set the stage in `home` (or go on with the one there) and open the window; returns its status."""
    find_screen()
    done = home / "ready"
    if done.exists():
        print(f"接着用 {home} 里的村子（换新的加 --fresh）。", flush=True)
        play = stage.start_county(home, now, _say)
        stage.lead(play, play.paths, stage.FIRST, play.server.url)
    else:
        shutil.rmtree(home, ignore_errors=True)
        play = stage.set_up(home, now, _say)
        done.touch()
    print(f"\n口令：{story.PASSPHRASE}\n关上窗口就结束，记下的东西都留着。\n", flush=True)
    from ui.bootstrap import PRODUCT, run

    with play:
        return run(play.paths, product=f"{PRODUCT} · 模拟数据 · 口令 {story.PASSPHRASE}")


def find_screen() -> None:
    """Raises UserError where there is none."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        raise UserError("没有屏幕可用。加 --headless --out 文件夹，让它自己走一遍。")


def _say(words: str) -> None:
    print(words, flush=True)
