"""What is said when a questionnaire came to its end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.actions.surveys.finishing import Finished


def finished_words(done: Finished) -> str:
    """`存好了。开了 1 张首访单。`, or where an anonymous one lies now."""
    if done.response is None:
        if done.emptied:
            return tr("够 {n} 份了，一起拆开，算进汇总。").format(n=done.box)
        return tr("放进票箱了，现在 {n} 份。").format(n=done.box)
    if done.opened:
        return tr("问卷存好了，开了 {n} 张首访单。").format(n=len(done.opened))
    return tr("问卷存好了，等着上传。")


def tr(words: str) -> str:
    """In the language of the program."""
    return QCoreApplication.translate("survey", words)
