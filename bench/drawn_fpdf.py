"""The same page by fpdf2, set up as its manual says: fallback fonts, subsets, drawings made ready once."""

from __future__ import annotations

from functools import cache
from typing import Any

from fpdf import FPDF
from fpdf.drawing import GraphicsContext, PaintedPath
from fpdf.drawing_primitives import Transform
from fpdf.enums import StrokeCapStyle, StrokeJoinStyle

from app.documents import pictograms
from app.documents.paper import ASCENT
from app.documents.typography.faces import faces
from bench.drawn import Bar, Drawn, Frame, Picture, Stroke, Text

MIDDLE = 0.3  # em: how far below the middle of its cell fpdf2 sets the baseline
HAIR = 0.01


def page(drawn: list[Drawn], title: str) -> bytes:
    """The page as PDF. Each document opens its fonts anew: fpdf2 offers no way to share them."""
    pdf = opened(title)
    for one in drawn:
        _put(pdf, one)
    return bytes(pdf.output())


def opened(title: str) -> FPDF:
    """A document with its fonts and an empty page."""
    pdf = FPDF(unit="pt", format="A4")
    files = faces().files
    pdf.add_font("text", "", files.regular)
    pdf.add_font("text", "B", files.bold)
    rare = [f"rare{number}" for number, _ in enumerate(files.rare)]
    for name, file in zip(rare, files.rare, strict=True):
        pdf.add_font(name, "", file)
    pdf.set_fallback_fonts(rare, exact_match=False)
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_auto_page_break(False)
    pdf.add_page()
    return pdf


def _put(pdf: FPDF, one: Any) -> None:
    match one:
        case Text():
            size = one.style.size
            pdf.set_font("text", "B" if one.style.bold else "", size)
            pdf.set_text_color(one.ink)
            pdf.set_xy(one.left, one.top + size * (ASCENT - 0.5 - MIDDLE))
            pdf.cell(h=size, text=one.words)
        case Stroke():
            path = PaintedPath(*one.points[0])
            for point in one.points[1:]:
                path.line_to(*point)
            path.style.auto_close = False
            _styled(path, "none", one.ink, one.thick)
            pdf.draw_path(path, copy=False)
        case Frame():
            pdf.set_line_width(one.thick)
            pdf.set_fill_color("#000")
            # A corner of half the side is taken for none at all.
            corner = min(one.radius, (min(one.width, one.height) - one.thick) / 2 - HAIR)
            pdf.rect(
                one.left + one.thick / 2, one.top + one.thick / 2, one.width - one.thick,
                one.height - one.thick, style="DF" if one.solid else "D", round_corners=True,
                corner_radius=corner,
            )  # fmt: skip
        case Bar():
            pdf.set_fill_color("#000")
            pdf.rect(one.left, one.top, one.width, one.height, style="F")
        case Picture():
            _picture(pdf, one)


def _picture(pdf: FPDF, one: Picture) -> None:
    group = GraphicsContext()
    scale = one.size / pictograms.SIZE
    group.transform = Transform.scaling(scale, scale).translate(one.left, one.top)
    for shape in _shapes(pictograms.known(one.name)):
        group.add_item(shape, clone=False)
    pdf.draw_path(group, copy=False)


@cache
def _shapes(name: str) -> tuple[PaintedPath, ...]:
    made = []
    for shape in pictograms.load(name).shapes:
        path = PaintedPath()
        for kind, numbers in shape.segments:
            {"M": path.move_to, "L": path.line_to, "C": path.curve_to, "Z": path.close}[kind](*numbers)
        path.style.auto_close = False
        made.append(_styled(path, shape.fill, shape.stroke, shape.stroke_width))
    return tuple(made)


def _styled(path: PaintedPath, fill: str, stroke: str, thick: float) -> PaintedPath:
    path.style.fill_color = None if fill == "none" else fill
    path.style.stroke_color = None if stroke == "none" else stroke
    path.style.stroke_width = thick
    path.style.stroke_cap_style = StrokeCapStyle.ROUND
    path.style.stroke_join_style = StrokeJoinStyle.ROUND
    return path
