"""The whole job with no display: the real pages, the real store, the real county; then both are compared."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from app.actions.checklists import papers
from app.actions.desk import Desk
from app.actions.sync_state import KIND_WORDS
from app.domain.checklists.checklist import Checklist
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from demo import stage
from demo.hand import Hand
from demo.job import grandmothers_job
from demo.village import story
from sync.server import query
from sync.server.postgres import connect

SHOWN_KINDS = ("visit", "ticket", "checklist")


def play(out: Path) -> int:
    """Do the job, write what came of it into `out`.

    0 only if county and device hold exactly the same, and nothing went wrong unseen.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / "screens", ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="shoufangtong-demo-") as folder:
        # A quick derivation: the demo's passphrase is public anyway.
        play = stage.set_up(Path(folder), lambda: story.AT, _say, cost=Cost(1, FLOOR_MEMORY_KIB))
        with play:
            device = _work(play, out)
            county = _held(play)
            faults = sorted((play.paths.root / "reports").glob("*.txt"))
            for fault in faults:
                _say(fault.read_text(encoding="utf-8"))
    (out / "county.json").write_text(
        json.dumps(_shown(county), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return _compare(device, county, out) or len(faults)


def _work(play: stage.Stage, out: Path) -> dict[str, dict[str, Any]]:
    from ui.bootstrap import Program, application

    app = application(["demo"])
    program = Program(app, play.paths, play.clock, automatic_sync=False)
    hand = Hand(program, out / "screens")
    program.opened.connect(lambda: program.courier.failed.connect(_say_failure))
    program.start()
    try:
        _say("在真的页面上办事…")
        grandmothers_job(hand, _say)
        kept: list[dict[str, dict[str, Any]]] = []
        program.tasks.run(program, lambda desk: _take(desk, out), kept.append)
        hand.settle()
        return kept[0]
    finally:
        program.stop()
        program.window.deleteLater()
        app.processEvents()


def _say_failure(error: Exception) -> None:
    """Why a round ended early, with what was behind it: the page says only what helps a worker."""
    link: BaseException | None = error
    while link is not None:
        _say(f"  没传成：{type(link).__name__} {link}")
        link = link.__cause__


def _take(desk: Desk, out: Path) -> dict[str, dict[str, Any]]:
    made = max(desk.store.reading.each(Checklist), key=lambda one: one.id)
    papers.export_checklist(desk, made.id, out / "checklist.pdf", draft=bool(made.gaps))
    return {kind: desk.store.reading.bodies(kind) for kind in KIND_WORDS}


def _held(play: stage.Stage) -> dict[str, dict[str, Any]]:
    with connect(play.database.url) as connection:
        return {
            kind: {one.record: one.body for one in query.bodies(connection, stage.COUNTY, kind)}
            for kind in KIND_WORDS
        }


def _shown(county: dict[str, dict[str, Any]]) -> dict[str, Any]:
    counts = {kind: len(held) for kind, held in county.items()}
    return {"county": stage.COUNTY, "counts": counts} | {kind: county[kind] for kind in SHOWN_KINDS}


def _compare(device: dict[str, dict[str, Any]], county: dict[str, dict[str, Any]], out: Path) -> int:
    same = True
    for kind, words in KIND_WORDS.items():
        here, there = device[kind], county[kind]
        differing = [record for record in here.keys() | there.keys() if here.get(record) != there.get(record)]
        same = same and not differing
        _say(
            f"{words}：这台电脑 {len(here)}，县里 {len(there)}"
            + (f"，对不上 {len(differing)}" if differing else "")
        )
    _say(f"清单、每一页的样子、县里有什么，都在 {out}")
    _say("县里和这台电脑一模一样。" if same else "县里和这台电脑对不上。")
    return 0 if same else 1


def _say(words: str) -> None:
    print(words, flush=True)
