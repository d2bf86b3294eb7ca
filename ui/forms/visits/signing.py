"""Who signs, one after the other: on the screen, on paper, with a thumb, or somebody for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.domain.visits.form_words import SIGNED_HOW
from app.domain.visits.photos import ON_PAPER, is_on_paper
from ui import theme
from ui.forms.editors import Editor
from ui.forms.visits.paper_signing import PaperSigning
from ui.widgets.beside_layout import BesideLayout
from ui.widgets.choice import ChoiceGroup, Option
from ui.widgets.field import Field
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.signature import Signature
from ui.widgets.text import LineBox
from ui.widgets.words import Button, set_tone, words

BESIDE_FROM = 560  # px of the standard size from which the three stand beside each other
PROXY_PARTS = ("by", "relation", "why")


class ProxyPanel(QWidget):
    """Who signs for `signer`, what they are to each other, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.signer: str | None = None
        row = BesideLayout(self, gap=theme.soft(10), wide=lambda: theme.em(BESIDE_FROM))
        labels = (self.tr("谁代签"), self.tr("是什么关系"), self.tr("为什么代签"))
        self.boxes = {name: LineBox() for name in PROXY_PARTS}
        self.rows = {
            name: Field(f"proxy:{name}", label, box)
            for (name, box), label in zip(self.boxes.items(), labels, strict=True)
        }
        for field in self.rows.values():
            row.addWidget(field)

    def value(self) -> dict[str, str]:
        """What was written."""
        return {name: box.value() for name, box in self.boxes.items()}

    def told(self, signer: str) -> dict[str, str]:
        """The same when it is about `signer`, else nothing."""
        return self.value() if signer == self.signer else {}

    def complete(self) -> bool:
        """True when all three are told; else what is missing is said in its place."""
        for name, box in self.boxes.items():
            if not box.value():
                self.rows[name].show_problem(Problem(name, self.tr("代签要写清楚这一格。")))
                self.rows[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def set_value(self, given: dict[str, Any]) -> None:
        """Show what was written; silent."""
        for name, box in self.boxes.items():
            box.setText(str(given.get(name) or ""))


class SigningEditor(Editor):
    """`value()` is the names signed so far; `signing()` how each did, `strokes()` what was written.
    `print_asked` for the sheet to be signed by hand, `page_asked` for the photo of its signed page.

    Nothing moves under the pen: what a stroke changes stands below the pad and has its room from the start.
    """

    print_asked = Signal()
    page_asked = Signal()
    message_first = True  # what is missing is said above the pad, where the hint stands

    def __init__(self) -> None:
        super().__init__()
        self._how: dict[str, dict[str, Any]] = {}
        self._strokes: dict[str, str] = {}
        self._names: tuple[str, ...] = ()
        self._now, self._pad = "", Signature("")
        self.group = ChoiceGroup([])
        self.group.changed.connect(self._go)
        self.state = words("", "body", "quiet", wrap=True)
        self.paper = Button(self.tr("打出来手签，再拍回来"), "small", "print")
        self.paper.setCheckable(True)
        self.proxy = Button(self.tr("别人代签"), "small", "people")
        self.anew = Button(self.tr("不算，重新签"), "small")
        self.sheet = PaperSigning()
        self.panel = ProxyPanel()
        self._place = QVBoxLayout()
        buttons = QWidget()
        buttons.setProperty("surface", "clear")
        row = FlowLayout(buttons, theme.soft(10))
        for item in (self.paper, self.proxy, self.anew):
            row.addWidget(item)
        made = self.column(self.group, self.panel)
        made.addLayout(self._place)
        made.addWidget(self.state)
        made.addWidget(buttons)
        made.addWidget(self.sheet)
        self.setFocusProxy(self.group)
        self.paper.toggled.connect(lambda _on: (self._say_state(), self.sheet.come_forward()))
        self.sheet.print_asked.connect(self.print_asked)
        self.sheet.page_asked.connect(self.page_asked)
        self.sheet.signed.connect(lambda: self._sign("paper"))
        self.sheet.all_signed.connect(lambda: self._sign("paper", everyone=True))
        self.anew.clicked.connect(self._forget)
        self.proxy.clicked.connect(self._ask_proxy)
        for box in self.panel.boxes.values():
            box.editingFinished.connect(self._proxy_told)

    def value(self) -> tuple[str, ...]:
        return tuple(name for name in self._names if name in self._how)

    def signing(self) -> dict[str, Any]:
        """Signer to {"how": pad thumb paper proxy, and for a proxy by, relation, why}."""
        return {name: self._how[name] for name in self.value()}

    def strokes(self) -> dict[str, str]:
        """Signer to what the pad keeps."""
        return {name: self._strokes[name] for name in self.value() if name in self._strokes}

    def set_value(self, value: Any) -> None:
        """`value` is (names signed, signing, strokes)."""
        signed, how, strokes = value
        self._how = {name: dict((how or {}).get(name) or {"how": "paper"}) for name in signed or ()}
        self._strokes = dict(strokes or {})
        self._show()

    def ask(self, names: Sequence[str]) -> None:
        """These people are to sign."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self.group.set_options([Option(name, name) for name in names])
            self.group.set_label(self.accessibleName() or self.tr("签字"))
            self._now = ""
        self._show()

    def _go(self) -> None:
        chosen = self.group.value() or self._now
        if chosen != self._now:
            self.panel.signer = None
        self._now = chosen
        self._show()

    def _show(self) -> None:
        unsigned = [name for name in self._names if name not in self._how]
        if self._now not in self._names:
            self._now = unsigned[0] if unsigned else next(iter(self._names), "")
        self.group.set_value(self._now)
        for choice in self.group.buttons:
            done = choice.option.key in self._how
            said = self.tr("签好了") if done else self.tr("还没签")
            choice.setText(f"{choice.option.words} {said}")
            choice.setAccessibleName(choice.text())
        how = str(self._how.get(self._now, {}).get("how") or "")
        self.panel.setVisible(self.panel.signer == self._now)
        self._say_state()
        self._show_pad(self._strokes.get(self._now, ""), shown=how in ("", "pad", "proxy"))

    def _say_state(self) -> None:
        given = self._how.get(self._now, {})
        how = str(given.get("how") or "")
        told = f"：{given.get('by')}（{given.get('relation')}），{given.get('why')}" if how == "proxy" else ""
        said = f"{SIGNED_HOW.get(how, '')}{told}" if how else self.tr("还没签")
        self.state.setText(f"{self._now} {said}")
        self.state.setVisible(bool(self._now))
        set_tone(self.state, tone="ok" if how else "quiet")
        self.proxy.setVisible(not how and bool(self._names))
        unsigned = sum(name not in self._how for name in self._names)
        on_paper = any(is_on_paper(one) for one in self._how.values())
        self.paper.setVisible(bool(unsigned))
        self.sheet.say(self._now, unsigned=unsigned if not how else 0, on_paper=on_paper)
        self.sheet.setVisible(on_paper or (bool(unsigned) and self.paper.isChecked()))
        self.anew.setVisible(bool(how))

    def _show_pad(self, strokes: str, *, shown: bool) -> None:
        # One pad for as long as one person signs: a new one would take the sheet away from under the pen.
        if self._pad.signer != self._now:
            self._place.removeWidget(self._pad)
            self._pad.hide()
            self._pad.deleteLater()
            self._pad = Signature(self._now)
            self._pad.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._place.addWidget(self._pad)
            self._pad.changed.connect(self._written)
            self._pad.by_hand.connect(lambda: self._sign("thumb"))
        waiting = self.panel.signer == self._now and self._now not in self._how  # for who signs to be told
        if not waiting and not self._pad.writing and self._pad.strokes_json() != strokes:
            self._pad.set_strokes(strokes)
        if self.panel.signer != self._now:
            self._pad.say_signer(self._now)
        self._pad.setVisible(shown and bool(self._now))

    def _written(self) -> None:
        strokes = self._pad.strokes_json()
        if not strokes:
            self._forget()
            return
        told = self.panel.told(self._now)
        if told and not all(told.values()):
            # Said below: a message at the boxes would push the pad away from under the pen.
            self.state.setText(self.tr("上面三格还没写全，写全才算。"))
            set_tone(self.state, tone="bad")
            return
        self._strokes[self._now] = strokes
        self._how[self._now] = {"how": "proxy", **told} if told else {"how": "pad"}
        self._say_state()
        self.changed.emit()

    def _sign(self, how: str, *, everyone: bool = False) -> None:
        told = self.panel.told(self._now)
        if told and not self.panel.complete():
            return
        for name in [one for one in self._names if everyone and one not in self._how] or [self._now]:
            self._how[name] = {"how": how}
            if told and name == self._now:
                self._how[name] = {"how": "proxy", **told, **({"paper": True} if how == ON_PAPER else {})}
            self._strokes.pop(name, None)
        unsigned = [name for name in self._names if name not in self._how]
        self._now = unsigned[0] if unsigned else self._now
        self.panel.signer = None
        self._show()
        self.changed.emit()

    def _forget(self) -> None:
        self._how.pop(self._now, None)
        self._strokes.pop(self._now, None)
        self.panel.signer = None
        self._show()
        self.changed.emit()

    def _ask_proxy(self) -> None:
        self.panel.signer = self._now
        self.panel.set_value({})
        self._show()
        self.panel.boxes["by"].setFocus(Qt.FocusReason.TabFocusReason)

    def _proxy_told(self) -> None:
        told = self.panel.value()
        if all(told.values()):
            self._pad.say_signer(self.tr("{by} 代 {name}").format(by=told["by"], name=self._now))
            if self._pad.strokes_json():
                self._written()
