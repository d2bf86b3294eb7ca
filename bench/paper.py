"""Checklists on paper: one page warm, five hundred different lists, and the same page by other libraries.

What is promised in milliseconds is the processor's own time, so that a machine busy with other things gives
no other answer; what the clock on the wall said stands beside it. What is compared is timed by the wall, all
in turn, and only drawing is compared: the breaking of lines and the laying out is done once, by us.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pypdfium2

from app import packs
from app.documents.checklists.checklist import render
from app.domain.checklists import checklist_plan
from app.domain.checklists.checklist import Checklist
from app.domain.ids import new_code, new_id
from bench import batch, drawn, drawn_fpdf, drawn_qt
from bench.drawn import Drawn, Text
from bench.measure import MEGABYTE, Row, absolute, all_in_turn, memory, processor_seconds, seconds
from demo.stage import PACK
from demo.village import story
from demo.village.village import generate

ROUNDS = 20
PAGE_LIMIT_SECONDS = 0.040
BATCH_LIMIT_SECONDS, BATCH_LIMIT_BYTES = 0.012, 120 * MEGABYTE
BESIDE_ROUNDS = 5
RARE = ("䶮奶奶", "㛃𬀩", "𠮷𬎆𫘧")
TITLE = "办事清单"


def rows() -> list[Row]:
    """Three rows with a promise, three to compare."""
    return [_warm(), *_batch(), *_beside()]


def _warm() -> Row:
    """The grandmother's list, four pages, fonts loaded."""
    checklist = _list()
    pages = len(checklist.steps)

    def work() -> None:
        render(checklist, printed_on=story.ON)

    work()
    wall = statistics.median(seconds(work) / pages for _ in range(ROUNDS))
    found = statistics.median(processor_seconds(work) / pages for _ in range(ROUNDS))
    words = f"处理器时间，四页一份，平均到页；墙上的钟 {wall * 1000:.1f} ms"
    return absolute("一页办事清单（热）", found, words, PAGE_LIMIT_SECONDS)


def _batch() -> list[Row]:
    """In a process of its own, so that the memory is that of the lists and of nothing else."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.batch"], check=True, capture_output=True, text=True
    ).stdout
    found = json.loads(told)
    pages, wall = found["pages"], found["taken"] / found["pages"]
    words = f"处理器时间，{pages} 页，平均到页；墙上的钟 {wall * 1000:.1f} ms"
    name = f"{batch.LISTS} 张不同的清单"
    return [
        absolute(name, found["worked"] / pages, words, BATCH_LIMIT_SECONDS),
        memory("　多占的内存", found["grown"], "最多的时候，比打完第一张", BATCH_LIMIT_BYTES),
    ]


def _beside() -> list[Row]:
    """One page drawn by three libraries, as well as each can."""
    page = drawn.fullest_page(_with_rare_names(_list()), story.ON)
    makers: dict[str, Callable[[], bytes]] = {
        "首访通（ReportLab）": lambda: drawn.ours(page, TITLE, story.ON),
        "Qt QPdfWriter": lambda: drawn_qt.page(page, TITLE),
        "fpdf2": lambda: drawn_fpdf.page(page, TITLE),
    }
    made = [make() for make in makers.values()]
    times = all_in_turn(list(makers.values()), BESIDE_ROUNDS)
    opening = all_in_turn([lambda: drawn_fpdf.opened(TITLE)], BESIDE_ROUNDS)[0]
    fonts = f"，其中打开字体 {opening * 1000:.0f} ms（每份都要）"
    return [
        Row(
            f"同一页：{name}",
            f"{taken * 1000:.1f} ms，{len(pdf) / 1000:.0f} kB，{_told(page, pdf)}",
            f"{len(page)} 笔{fonts if name == 'fpdf2' else ''}",
        )
        for name, taken, pdf in zip(makers, times, made, strict=True)
    ]


def _told(page: list[Drawn], pdf: bytes) -> str:
    whole, rare = readable(page, pdf)
    return f"读回 {whole:.0%}，生僻字 {rare:.0%}"


def readable(page: list[Drawn], pdf: bytes) -> tuple[float, float]:
    """The share of the texts that PDFium reads back to the letter, of all and of the rare names."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = _bare(document[0].get_textpage().get_text_range())
    finally:
        document.close()
    written = {_bare(one.words) for one in page if isinstance(one, Text)}
    rare = {name for name in RARE if any(name in words for words in written)}
    assert len(rare) == len(RARE), "every rare name stands on the page"
    return sum(one in found for one in written) / len(written), sum(one in found for one in rare) / len(rare)


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def _with_rare_names(checklist: Checklist) -> Checklist:
    called, officer, worker = RARE
    steps = tuple(replace(step, place=replace(step.place, person=officer)) for step in checklist.steps)
    return replace(checklist, called=called, worker_name=worker, steps=steps)


def _list() -> Checklist:
    village = generate(1, story.ON)
    granny, child = village.grandmother, village.grandson
    return checklist_plan.begin(
        packs.load(packs.reference(), PACK), story.ITEM, granny, village.home_of(granny), child,
        story.WORKER.name, story.WORKER.phone, story.AT, new_id(story.AT), new_code(),
        members=village.members(granny.household),
    )  # fmt: skip
