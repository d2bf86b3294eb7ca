"""The one style sheet: design tokens in, Qt style sheet out. Border weight says "pressable"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

SHEET = """
* { font-family: @families; font-size: @pt(body); color: @ink; outline: 0; }
QMainWindow, QWidget[surface="page"], QScrollArea, QStackedWidget { background: @bg; border: 0; }
QScrollArea > QWidget > QWidget[surface="clear"], QWidget[surface="clear"] { background: transparent; }
QWidget[surface="card"] { background: @card; }
QFrame[card="true"] QScrollArea { background: @card; }
QFrame[card="true"] { background: @card; border: 1px solid @line; border-radius: 10px; }
QFrame[floating="true"] { background: @card; border: 2px solid @edge; border-radius: 10px; }
QFrame[rule="true"] { background: @line; border: 0; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: @pt(title); font-weight: 700; }
QLabel[kind="section"] { font-size: @pt(strong); font-weight: 700; }
QLabel[kind="strong"] { font-size: @pt(strong); }
QLabel[kind="label"] { font-weight: 700; }
QLabel[kind="figure"] { font-size: @pt(figure); font-weight: 700; }
QLabel[tone="quiet"] { color: @ink2; } QLabel[tone="bad"] { color: @bad; }
QLabel[tone="warn"] { color: @warn; }
QLabel[tone="ok"] { color: @ok; } QLabel[tone="info"] { color: @info; } QLabel[tone="pri"] { color: @pri; }
QLabel[tone="nav"] { color: @on_nav; } QLabel[tone="nav2"] { color: @nav2; }
QLabel[tone="white"] { color: @on_pri; }

QPushButton { min-height: @soft(48)px; padding: 2px @soft(18)px; background: @card; border: 2px solid @edge;
  border-radius: 8px; font-weight: 700; }
QPushButton:hover { background: @tint; } QPushButton:pressed { background: @tint; border-color: @pri; }
QPushButton[role="main"] { background: @pri; border-color: @pri; color: @on_pri; font-size: @pt(strong);
  min-height: @soft(48)px; }
QPushButton[role="main"]:hover, QPushButton[role="main"]:pressed { background: @pri2; border-color: @pri2; }
QPushButton[role="door"] { min-height: @soft(70)px; font-size: @pt(strong); text-align: left;
  padding: 0 @soft(26)px; }
QPushButton[role="maindoor"] { min-height: @soft(70)px; font-size: @pt(strong); text-align: left;
  padding: 0 @soft(26)px;
  background: @pri; border-color: @pri; color: @on_pri; }
QPushButton[role="maindoor"]:hover, QPushButton[role="maindoor"]:pressed { background: @pri2;
  border-color: @pri2; }
QPushButton[role="primary"] { border-color: @pri; color: @pri; }
QPushButton[role="danger"] { color: @bad; border-color: @bad; }
QPushButton[role="danger"]:hover { background: @bad_bg; }
QPushButton[role="text"] { border-color: transparent; background: transparent; color: @pri;
  min-height: @soft(40)px;
  padding: 0 6px; }
QPushButton[role="text"]:hover { background: @tint; }
QPushButton[role="small"] { min-height: @soft(40)px; padding: 0 @soft(13)px; }
QPushButton[role="user"] { border-color: transparent; font-weight: 400; min-height: @soft(44)px;
  padding: 0 @soft(8)px; }
QPushButton[role="badge"] { border: 2px solid transparent; min-height: @soft(44)px; padding: 0 @soft(12)px; }
QPushButton[role="badge"][tone="warn"] { background: @warn_bg; color: @warn; }
QPushButton[role="badge"][tone="ok"] { background: @ok_bg; color: @ok; }
QPushButton[role="badge"][tone="bad"] { background: @bad_bg; color: @bad; }
QPushButton[role="badge"][tone="info"] { background: @info_bg; color: @info; }
QPushButton[role="badge"][tone="neutral"] { background: @sunk; color: @ink; }
QPushButton[role="badge"]:hover { border-color: @edge; }
QPushButton[role="undo"] { background: @ink; color: @card; border-color: @card; min-height: @soft(40)px;
  padding: 0 14px; }
QPushButton:disabled { background: @sunk; border-color: @sunk; color: @off; }
QPushButton::menu-indicator { image: none; width: 0; }

QPushButton[choice="true"] { min-height: @soft(52)px; font-weight: 400; padding: 2px 6px; }
QPushButton[choice="true"]:checked { border: 3px solid @pri; background: @tint; color: @pri2;
  font-weight: 700;
  padding: 1px 5px; }
QPushButton[choice="true"][big="true"] { min-height: @soft(78)px; text-align: left; font-size: @pt(strong);
  padding: 0 @soft(15)px; }
QPushButton[choice="true"][big="true"]:checked { padding: 0 @soft(14)px; }

QLineEdit, QPlainTextEdit { background: @card; border: 2px solid @edge; border-radius: 8px;
  font-size: @pt(strong);
  selection-background-color: @pri; selection-color: @on_pri; placeholder-text-color: @ink2; }
QLineEdit { min-height: @soft(52)px; padding: 0 @soft(12)px; }
QPlainTextEdit { padding: 6px @soft(8)px; }
QLineEdit[big="true"] { min-height: @soft(60)px; font-size: @pt(title); }
QLineEdit[echoMode="2"] { letter-spacing: 5px; }
QPushButton[tall="true"] { min-height: @soft(60)px; }
QLineEdit[money="true"] { font-weight: 700; }
QLineEdit[short="true"] { min-height: @soft(44)px; }
QLineEdit[find="true"] { min-height: @soft(44)px; font-size: @pt(body); }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"] { border-color: @bad; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: @sunk; border-color: @sunk; color: @off; }
QLineEdit:read-only { border-color: transparent; background: transparent; padding: 0; }

QFrame[note="warn"] { background: @warn_bg; border-radius: 8px; } QFrame[note="bad"] { background: @bad_bg;
  border-radius: 8px; }
QFrame[note="info"] { background: @info_bg; border-radius: 8px; } QFrame[note="ok"] { background: @ok_bg;
  border-radius: 8px; }
QFrame[note="warn"] QLabel { color: @warn; } QFrame[note="bad"] QLabel { color: @bad; }
QFrame[note="info"] QLabel { color: @info; } QFrame[note="ok"] QLabel { color: @ok; }
QFrame[toast="true"] { background: @ink; border-radius: 10px; } QFrame[toast="true"] QLabel { color: @card; }

#rail { background: @nav; } #brand { color: @on_pri; font-size: @pt(strong); font-weight: 700;
  letter-spacing: 2px; }
#topBar { background: @card; border: 0; border-bottom: 1px solid @line; }
#unlockSide { background: @nav; } #logo { background: @card; border-radius: @soft(20)px; }
#product { color: @on_pri; font-size: @pt(hero); font-weight: 700; letter-spacing: 4px; }

QListView { background: @card; border: 1px solid @line; border-radius: 10px; }
QListView[plain="true"] { border: 0; background: transparent; }
QListView::item { border: 0; }
QMenu { background: @card; border: 2px solid @edge; padding: 6px; }
QMenu::item { min-height: @soft(40)px; padding: @soft(6)px @soft(24)px @soft(6)px @soft(16)px;
  border-radius: 6px; }
QMenu::item:selected { background: @tint; color: @pri2; }
QMenu::separator { height: 1px; background: @line; margin: 6px 8px; }
QToolTip { background: @ink; color: @card; border: 0; padding: 8px; }
QProgressBar { border: 1px solid @edge; border-radius: 6px; background: @sunk; min-height: 10px;
  max-height: 10px; }
QProgressBar::chunk { background: @pri; border-radius: 5px; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 2px; }
QScrollBar::handle:vertical { background: @edge; border-radius: 5px; min-height: 44px; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 2px; }
QScrollBar::handle:horizontal { background: @edge; border-radius: 5px; min-width: 44px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

MEASURE = re.compile(r"@(pt|em|soft)\((\w+)\)")
TOKEN = re.compile(r"@(\w+)")


def build(
    colours: Any,
    families: Sequence[str],
    points: Callable[[str], int],
    em: Callable[[float], int],
    soft: Callable[[float], int],
) -> str:
    """The sheet with every token filled. A token that does not exist raises AttributeError."""
    chain = ", ".join(f'"{name}"' for name in families)

    def measure(found: re.Match[str]) -> str:
        kind, value = found[1], found[2]
        if kind == "pt":
            return f"{points(value)}pt"
        return str((em if kind == "em" else soft)(float(value)))

    sheet = SHEET.replace("@families", chain)
    return TOKEN.sub(lambda found: str(getattr(colours, found[1])), MEASURE.sub(measure, sheet))
