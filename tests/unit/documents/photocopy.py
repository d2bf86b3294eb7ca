"""A bad photocopier: what an elder holds is often a copy of a copy, from a machine nobody has cleaned.

`python -m tests.unit.documents.photocopy FOLDER` puts the copied specimen sheets there, to be looked at.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image, ImageFilter

from app.documents import specimen

DPI = 200
SHRINK = 0.98  # what a machine set to 100 % makes of a page, so that its own edge does not print
BLUR_PX = 1.4  # 0.18 mm: worn optics
GRAIN = 0.3  # share of every pixel that is noise
SPECK_PX = 3  # 0.4 mm: dust on the glass, flakes of toner
GENERATIONS = 2


@dataclass(frozen=True)
class Machine:
    """One copier by how dark it must see the paper (0 black … 255 white) before it prints there."""

    name: str
    prints_below: int


DARK = Machine("dark", 165)  # lines grow, gaps close
PALE = Machine("pale", 95)  # the cartridge is nearly empty: lines thin out and have holes
MACHINES = (DARK, PALE)


def printed(pdf: bytes) -> list[Image.Image]:
    """Every page in grey at 200 dpi, as a printer puts it down."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def copied(page: Image.Image, machine: Machine, *, times: int = GENERATIONS) -> Image.Image:
    """`page` copied, and the copy copied again; black and white, the same every time."""
    for generation in range(times):
        page = _copy(page, machine, Random(f"{machine.name} {generation}"))
    return page


def shrunk(page: Image.Image, *, times: int = GENERATIONS) -> Image.Image:
    """The page as small as its copies are, with nothing else lost: what a copy is measured against."""
    for _ in range(times):
        page = _smaller(page)
    return page.point(lambda value: 255 * (value >= 128))


def _copy(page: Image.Image, machine: Machine, chance: Random) -> Image.Image:
    page = _smaller(page)
    width, height = page.size
    grain = Image.frombytes("L", page.size, chance.randbytes(width * height))
    small = (width // SPECK_PX, height // SPECK_PX)
    dust = Image.frombytes("L", small, chance.randbytes(small[0] * small[1])).resize(page.size, 0)
    page.paste(0, mask=dust.point(lambda value: 255 * (value == 0)))
    page.paste(255, mask=dust.point(lambda value: 255 * (value == 255)))
    page = Image.blend(page, grain, GRAIN).filter(ImageFilter.GaussianBlur(BLUR_PX))
    return page.point(lambda value: 255 * (value >= machine.prints_below))


def _smaller(page: Image.Image) -> Image.Image:
    width, height = page.size
    inner = page.resize((round(width * SHRINK), round(height * SHRINK)), Image.Resampling.BICUBIC)
    whole = Image.new("L", page.size, 255)
    whole.paste(inner, ((width - inner.width) // 2, (height - inner.height) // 2))
    return whole


def main(folder: Path) -> None:
    """Save the specimen sheets as each machine copies them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(printed(specimen.render(date(2026, 11, 20))), 1):
        for machine in MACHINES:
            copied(page, machine).save(folder / f"{machine.name}_{number}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
