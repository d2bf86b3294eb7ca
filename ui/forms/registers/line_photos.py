"""The pictures of an opened line: a notice on its board, signed minutes; added, looked at, taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal

from app.actions.desk import Desk
from app.actions.registers import pictures
from app.domain.photo import Photo, read_photos
from app.domain.problem import Problem, StorageFault, UserError
from app.domain.registers.pictures import Pictured, field_of, lacking, pictures_of
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.review import Review
from app.pictures.picture import Picture
from ui import notices, theme
from ui.forms.visits.photo_show import PhotoShow
from ui.forms.visits.photos import PhotosEditor
from ui.tasks import Tasks
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.words import words


class LineAlbum:
    """What pictures of one line go into."""

    def __init__(self, line: str, tasks: Tasks) -> None:
        self.line, self.tasks = line, tasks

    @property
    def record(self) -> str:
        """The line."""
        return self.line

    def mark(self, category: str) -> str:
        """Nothing: a wall is seen by everybody, and minutes must stay as they were signed."""
        return ""

    def sealing(self, picture: Picture, category: str) -> Callable[[Desk], Photo]:
        """For this line, whichever is in sight when it is done."""
        return lambda desk: pictures.add(desk, self.line, picture, category=category)

    def looking(self) -> Callable[[Desk], Mapping[str, bytes]]:
        """Those it names."""
        return lambda desk: pictures.small(desk, self.line)


class LinePhotos(Card):
    """Hidden for a line that has none and takes none. `kept(line)` when the register names others now."""

    kept = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__("")
        self._tasks = tasks
        self.line: Pictured | None = None
        self.editor: PhotosEditor | None = None
        self.shown: PhotoShow | None = None
        self._seen: tuple[Photo, ...] = ()  # what the register was last told
        self._took_out = False
        self.hint = words("", "body", "quiet", wrap=True)
        self.trouble = Note("bad", "")
        for part in (self.hint, self.trouble):
            self.add(part)
            part.hide()
        self.body.setSpacing(theme.soft(8))

    def show_line(self, line: Any, *, standing: bool) -> None:
        """Those of `line`; a line that counts no more takes none and gives none away."""
        wanted = line if isinstance(line, PublicNotice | Review) else None
        if wanted is None or not (standing or pictures_of(wanted)):
            self.clear()
            return
        if self.line is None or self.line.id != wanted.id or (self.editor is not None) != standing:
            self.clear()
            self._build(wanted, standing=standing)
        self.line = wanted
        self._refill(wanted)
        self.show()

    def clear(self) -> None:
        """Let the line go, with the files of what was taken out of it."""
        line, editor = self.line, self.editor
        for part in (editor, self.shown):
            if part is not None:
                part.hide()
        if editor is not None and editor.darkroom.coming:
            editor.darkroom.turned.connect(lambda: _gone_when_done(editor))
        elif editor is not None:
            editor.deleteLater()
            if line is not None and self._took_out:
                key = line.id
                self._tasks.run(self, lambda desk: pictures.let_go(desk, key))
        if self.shown is not None:
            self.shown.deleteLater()
        self.line = self.editor = self.shown = None
        self._took_out = False
        self.trouble.hide()
        self.hide()

    def _build(self, line: Pictured, *, standing: bool) -> None:
        field = field_of(line)
        self.set_title(field.label)
        self.hint.setText(field.hint)
        self.hint.setVisible(bool(field.hint) and standing)
        if not standing:
            self.shown = PhotoShow(field, lambda work, done, lost: self._tasks.run(self, work, done, lost))
            self.shown.record = lambda: line.id
            self.add(self.shown)
            self._tasks.run(self, LineAlbum(line.id, self._tasks).looking(), self.shown.take_images)
            return
        editor = self.editor = PhotosEditor(field, LineAlbum(line.id, self._tasks))
        editor.set_label(field.label)
        self._seen = ()
        key = line.id
        editor.changed.connect(lambda: self._keep(key, editor))
        editor.doubted.connect(self._say)
        self.add(editor)

    def _refill(self, line: Pictured) -> None:
        named = pictures_of(line)
        if self.shown is not None:
            self.shown.show_photos(named)
        if self.editor is not None:
            if named != self._seen:
                self._seen = named
                self.editor.set_value([one.kept() for one in named])
            self.editor.ask(lacking(line))

    def _keep(self, key: str, editor: PhotosEditor) -> None:
        said, seen = read_photos(editor.value()), self._seen
        if editor is self.editor:
            self._seen = said
            self._took_out |= bool({one.id for one in seen} - {one.id for one in said})
        else:  # it came after the worker had gone on: what its own line names is not known here
            seen = ()

        def done(line: Pictured) -> None:
            if editor is self.editor:
                self.line = line
                self._refill(line)
                notices.saved()
                self.kept.emit(line)

        self._tasks.run(self, lambda desk: pictures.keep(desk, key, seen, said), done, self._refused)

    def _refused(self, error: Exception) -> None:
        if self.editor is not None and isinstance(error, UserError | StorageFault):
            self._say(Problem("", error.words))
        else:
            notices.fault(error)

    def _say(self, problem: Problem | None) -> None:
        self.trouble.setVisible(problem is not None)
        if problem is not None:
            self.trouble.say("bad", problem.words)


def _gone_when_done(editor: PhotosEditor) -> None:
    if not editor.darkroom.coming:
        editor.deleteLater()
