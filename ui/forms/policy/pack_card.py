"""Which policy pack is worked by, who stands for it, and the way to bring a new one on a stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.policy.policies import InForce
from app.domain.problem import UserError
from ui import notices, theme
from ui.widgets import file_dialogs
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button, words

MOST_TOLD = 3
Run = Callable[[Callable[[Desk], Any], Callable[[Any], None]], None]
Failed = Callable[[Exception], None]
Install = Callable[[Path, Callable[[], None], Failed], None]


class PackCard(Card):
    """`look()` asks anew. `changed` is called when another pack is in force, `failed` when it was refused."""

    def __init__(self, run: Run, install: Install, changed: Callable[[], None], failed: Failed) -> None:
        super().__init__()
        self._run, self._install, self._changed, self._failed = run, install, changed, failed
        self.body.setSpacing(theme.soft(6))
        self.label = words("", "body", "quiet", wrap=True)
        self.trust = Chip("")
        self.button = Button(self.tr("装县里的新政策包"), "small", "usb")
        self.button.clicked.connect(self._choose)
        self.add(self.label)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(8))
        flow.addWidget(self.trust)
        flow.addWidget(self.button)
        self.add(holder)

    def look(self) -> None:
        """Ask what is in force."""
        self._run(policies.pack_in_force, self._show)

    def _show(self, now: InForce) -> None:
        self.label.setText(self.tr("政策包：{label}").format(label=now.label))
        if now.expired:
            self.trust.say(self.tr("过期了，请县里发新的"), "warn", "warn")
        elif now.unsigned:
            self.trust.say(self.tr("没有签名"), "warn", "warn")
        elif now.signed:
            self.trust.say(self.tr("县里签了名"), "ok", "check")
        else:
            self.trust.say(self.tr("还没有县里的"), "info", "info")

    def _choose(self) -> None:
        kinds = self.tr("政策包 (*.sftpack)")
        file = file_dialogs.ask_open(self, self.tr("装县里的新政策包"), kinds)
        if file is not None:
            self.button.setEnabled(False)
            self._install(file, self._done, self._refused)

    def _done(self) -> None:
        self.button.setEnabled(True)
        notices.saved(self.tr("装好了，马上就用。"))
        self._changed()

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, UserError):
            # A mistake inside is told with its file and line: it is the county that mends it.
            told = [problem.told for problem in error.problems[:MOST_TOLD]]
            error = UserError("\n".join([error.words, *told] if error.words not in told else told))
        self._failed(error)
