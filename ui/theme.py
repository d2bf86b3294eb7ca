"""The look of the program in one place: colours, three letter sizes, high contrast, and how they are applied.

Nothing else names a colour or a point size. Lengths are written as they are at the standard size and
pass through `em` (grows with the letters) or `soft` (grows at under half that rate, so that a large
size still fits a 1366×768 screen).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from ui import fonts, stylesheet

STANDARD_POINTS = 16
# Added to the size. 标准 16 18 22 24, 大 19 21 25 27, 特大 23 24 28 30.
ROLES = {"body": 0, "strong": 2, "title": 6, "figure": 8, "hero": 14}
ROLES_EXTRA = {"body": 0, "strong": 1, "title": 5, "figure": 7, "hero": 10}
SOFT_GROWTH = 0.45
# Goes to QApplication: asking for the style by a call would bring all of QStyle into Python at the start.
STYLE_ARGUMENTS = ("-style", "Fusion")


class Size(IntEnum):
    """The three letter sizes; the value is the smallest text on screen, in points."""

    STANDARD = 16
    LARGE = 19
    EXTRA = 23

    @property
    def word(self) -> str:
        """What the worker calls it."""
        return {16: "标准", 19: "大", 23: "特大"}[self.value]


class Colours(NamedTuple):
    """Every colour of the program, as `#RRGGBB`."""

    bg: str = "#F5F3EE"
    card: str = "#FFFFFF"
    sunk: str = "#EAE6DE"
    line: str = "#D6D0C4"
    edge: str = "#857D70"
    ink: str = "#24211D"
    ink2: str = "#57524A"
    pri: str = "#17605A"
    pri2: str = "#0F4A45"
    on_pri: str = "#FFFFFF"
    tint: str = "#E3EFEC"
    nav: str = "#173F3C"
    on_nav: str = "#E9F1EF"
    nav2: str = "#CFE0DC"
    nav_hover: str = "#21524E"
    warn: str = "#7A4A00"
    warn_bg: str = "#FBF0DA"
    bad: str = "#9B2F24"
    bad_bg: str = "#FAE9E5"
    info: str = "#2A4F7C"
    info_bg: str = "#E6EDF5"
    ok: str = "#2C6330"
    ok_bg: str = "#E6F1E5"
    off: str = "#6B655B"
    hit: str = "#FFE9A8"
    focus: str = "#1A4FB4"
    focus_nav: str = "#FFD666"


PAPER = Colours()
CONTRAST = Colours(
    bg="#FFFFFF", sunk="#E6E6E6", line="#000000", edge="#000000", ink="#000000", ink2="#1A1A1A",
    pri="#003B36", pri2="#002521", tint="#D9EEEA", nav="#00211E", on_nav="#FFFFFF", nav2="#FFFFFF",
    nav_hover="#003B36", warn="#4A2C00", warn_bg="#FFF3D6", bad="#7A120A", bad_bg="#FFE7E2",
    info="#0F2F57", info_bg="#E3EEFF", ok="#0E3F12", ok_bg="#E2F5E0", off="#3D3D3D", hit="#FFE066",
    focus="#0037A8",
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """One choice of letter size and contrast."""

    size: Size = Size.STANDARD
    high_contrast: bool = False

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return CONTRAST if self.high_contrast else PAPER

    def points(self, role: str = "body") -> int:
        """Point size of `role`: body, strong (buttons, values), title, figure (phones, totals), hero."""
        steps = ROLES_EXTRA if self.size is Size.EXTRA else ROLES
        return int(self.size) + steps[role]

    def em(self, px: float) -> int:
        """`px` of the standard size, grown with the letters."""
        return round(px * self.size / STANDARD_POINTS)

    def soft(self, px: float) -> int:
        """`px` of the standard size, grown gently: heights and paddings."""
        return round(px * (1 + (self.size / STANDARD_POINTS - 1) * SOFT_GROWTH))

    def larger(self) -> Theme:
        """The next size up, or the same theme at the largest."""
        return self._step(1)

    def smaller(self) -> Theme:
        """The next size down, or the same theme at the smallest."""
        return self._step(-1)

    def _step(self, by: int) -> Theme:
        sizes = list(Size)
        place = min(max(sizes.index(self.size) + by, 0), len(sizes) - 1)
        return Theme(sizes[place], self.high_contrast)


_current = Theme()


def current() -> Theme:
    """The theme applied last."""
    return _current


def apply(app: QApplication, theme: Theme) -> None:
    """Make `theme` the look of every window at once."""
    global _current
    if theme.size is not _current.size:
        from ui import spacing  # nothing stands yet at the start, which must be quick

        spacing.follow(_current.soft, theme.soft)
    _current = theme
    fonts.register()
    app.setFont(font())
    app.setPalette(_palette(theme.colours))
    sheet = stylesheet.build(theme.colours, fonts.families(), theme.points, theme.em, theme.soft)
    if sheet != app.styleSheet():  # styling every living widget anew takes a noticeable moment
        app.setStyleSheet(sheet)


def font(role: str = "body", *, bold: bool = False) -> QFont:
    """The program's font for `role`; for widgets that paint their own text."""
    made = QFont()
    made.setFamilies(fonts.families())
    made.setPointSize(_current.points(role))
    made.setBold(bold)
    return made


def bold_width(words: str) -> int:
    """Pixels `words` take in bold letters of the body; layouts ask for it many times over."""
    return _bold_width(words, _current.points(), len(fonts.families()))


@lru_cache(maxsize=1_000)
def _bold_width(words: str, _points: int, _families: int) -> int:
    return QFontMetrics(font(bold=True)).horizontalAdvance(words)


def colour(name: str) -> QColor:
    """The token `name` (for example `ink2`) as a QColor."""
    return QColor(getattr(_current.colours, name))


def em(px: float) -> int:
    """`Theme.em` of the current theme."""
    return _current.em(px)


def soft(px: float) -> int:
    """`Theme.soft` of the current theme."""
    return _current.soft(px)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1–21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def names() -> tuple[str, ...]:
    """Every colour token."""
    return Colours._fields


def _luminance(hex_colour: str) -> float:
    def linear(channel: str) -> float:
        value = int(channel, 16) / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(hex_colour[place : place + 2]) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, "bg"), (role.Base, "card"), (role.AlternateBase, "sunk"), (role.Button, "card"),
        (role.WindowText, "ink"), (role.Text, "ink"), (role.ButtonText, "ink"), (role.Highlight, "pri"),
        (role.HighlightedText, "on_pri"), (role.PlaceholderText, "ink2"), (role.Link, "pri"),
        (role.ToolTipBase, "ink"), (role.ToolTipText, "card"),
    ):  # fmt: skip
        palette.setColor(target, QColor(getattr(colours, name)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.off))
    return palette
