"""Reading one certificate the village should not issue from its table."""

from __future__ import annotations

from app.domain.packs.pack_table import Table, read_standing
from app.domain.packs.proof import Proof

PAPER = 6  # characters under a picture
MOST_PAPERS = 3


def read_proof(table: Table, region: str) -> Proof:
    """The proof written in `table`; what is wrong is noted there and read on."""
    proof = Proof(
        code=table.text("id", required=True),
        name=table.text("name", required=True, longest=12),
        instead=table.text("instead", required=True),
        says=table.words("says"),
        papers=table.words("papers"),
        bring=table.words("bring"),
        office=table.text("office"),
        spared=table.text("spared", longest=16),
        standing=read_standing(table, region),
    )
    if any(len(word) < 2 for word in proof.says):
        table.wrong("says", "一个字的说法会认错，至少写两个字")
    carried = (*proof.papers, *proof.bring)
    if long := [paper for paper in carried if len(paper) > PAPER]:
        table.wrong("papers", f"“{long[0]}”太长，纸上图下面最多放 {PAPER} 个字")
    if len(carried) > MOST_PAPERS:
        table.wrong("papers", f"papers 和 bring 一共最多写 {MOST_PAPERS} 样，纸上放不下")
    return proof
