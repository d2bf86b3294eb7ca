"""Small pictures of finished pages, kept so that a layout that has shifted is seen in review.

`python -m tests.unit.documents.golden` draws them anew after a change that was meant; look at each before
it is committed. A page may differ by a hair, because rasterisers do, but not by a line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from app.documents import benefit_notice
from app.documents.benefit_notice import Home
from app.documents.checklists.checklist import render
from app.documents.preview import page_image
from app.documents.tickets import file_copy, slip
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.layout import PLAIN, Form, Layout
from app.domain.papers.granted import Grant
from tests.unit.documents.samples import DAY, ELDER, GAPS, ORPHAN
from tests.unit.documents.slips import COPY, SPARED, TOLD

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "paper"
WIDTH_PX = round(210 / 25.4 * 60)
GREYS = 16  # of 256: enough to see a stroke, and a third of the bytes
CLEARLY = 64  # a pixel that differs by this much is another pixel
MOST_DIFFERENT, MOST_MEAN = 0.001, 0.25  # of all pixels; of 255


@dataclass(frozen=True)
class Difference:
    """`mean` over all pixels, 0 to 255; `share` of the pixels that clearly differ, 0 to 1."""

    mean: float
    share: float

    @property
    def is_nothing(self) -> bool:
        return self.mean <= MOST_MEAN and self.share <= MOST_DIFFERENT


def _list(checklist: Checklist, layout: Layout = PLAIN, *, draft: bool = False) -> bytes:
    return render(checklist, printed_on=DAY, layout=layout, draft=draft)


def _notice() -> bytes:
    home = Home("蒋奶奶", "向海燕", "15400001108", simulated=True)
    drawn = [
        Grant("GE", "孤儿基本生活费", ("孙子",), 1, None, DAY, "每月打到孩子卡上"),
        Grant("GL", "高龄津贴", ("蒋奶奶",), 1, None, DAY, ""),
    ]
    return benefit_notice.render(home, drawn, printed_on=DAY)


# name of the file: how the document is made, and which of its pages (from 0)
PAGES: dict[str, tuple[Callable[[], bytes], int]] = {
    "steps-1": (lambda: _list(ORPHAN), 0),
    "steps-2": (lambda: _list(ORPHAN), 1),
    "elder": (lambda: _list(ELDER), 0),
    "draft": (lambda: _list(GAPS, draft=True), 0),
    "large-1": (lambda: _list(ORPHAN, Layout(large=True)), 0),
    "thrift-2": (lambda: _list(ORPHAN, Layout(thrift=True)), 1),
    "summary": (lambda: _list(ORPHAN, Layout(Form.SUMMARY)), 0),
    "slip": (lambda: _list(ORPHAN, Layout(Form.RECEIPT)), 0),
    "notice": (_notice, 0),
    "ticket-spared": (lambda: slip.render(SPARED, printed_on=DAY), 0),
    "ticket-told": (lambda: slip.render(TOLD, printed_on=DAY), 0),
    "ticket-file": (lambda: file_copy.render(COPY, printed_on=DAY), 0),
    "rare-names": (lambda: _list(replace(ORPHAN, called="䶮𠮷奶奶", worker_name="㛃𬀩𬎆")), 0),
}


def drawn(name: str) -> Image.Image:
    """The page as it looks today: grey, 60 dots to the inch."""
    make, page = PAGES[name]
    width, height, pixels = page_image(make(), page, WIDTH_PX)
    return _coarse(Image.frombytes("RGBX", (width, height), pixels).convert("L"))


def kept(name: str) -> Image.Image:
    """The page as it was last looked at."""
    with Image.open(BytesIO((FOLDER / f"{name}.png").read_bytes())) as image:
        return image.convert("L")


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """How far two pages are apart; pages of two sizes are as far apart as can be."""
    if one.size != other.size:
        return Difference(255, 1)
    counts = ImageChops.difference(one, other).histogram()
    pixels = one.width * one.height
    mean = sum(value * count for value, count in enumerate(counts)) / pixels
    return Difference(mean, sum(counts[CLEARLY:]) / pixels)


def _coarse(image: Image.Image) -> Image.Image:
    step = 255 / (GREYS - 1)
    return image.point([round(round(value / step) * step) for value in range(256)])


def main() -> None:
    """Draw every page anew, and say which changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        target, image = FOLDER / f"{name}.png", drawn(name)
        before = difference(image, kept(name)) if target.is_file() else Difference(255, 1)
        if before.mean:
            image.quantize(GREYS).save(target, optimize=True)
        print(f"{name:<12} {before.share:7.2%} of the pixels, mean {before.mean:.2f}")


if __name__ == "__main__":
    main()
