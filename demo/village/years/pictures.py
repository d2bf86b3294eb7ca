"""Photographs for ten years: a few dozen small drawings, sealed again and again as if taken there."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.actions.attachments import SUFFIX
from app.store.attachments import Attachment
from app.vault import files

DRAWINGS, LARGE, SMALL = 48, (640, 480), (320, 240)
JPEG = "image/jpeg"


class Camera:
    """Makes rows and sealed files; the rows are `made`, to be put into the store in bulk.

    Files are written of pictures taken at `since` or later; of older ones there is the row alone, as on a
    computer that took the place of another and whose pictures have not come yet.
    """

    def __init__(
        self, folder: Path, rng: random.Random, new_id: Callable[[datetime], str], since: datetime
    ) -> None:
        self.folder, self.rng, self.new_id, self.since = folder, rng, new_id, since
        self.made: list[Attachment] = []
        self._drawings = [_drawing(rng) for _ in range(DRAWINGS)]
        for number in range(256):
            (folder / f"{number:02x}").mkdir(parents=True, exist_ok=True)

    def take(self, record: str, at: datetime, kind: str = "photo") -> Attachment:
        """One picture of `record` with its thumbnail beside it."""
        large, small = self.rng.choice(self._drawings)
        # Never the same bytes twice, as from a camera: content behind the end of a JPEG is not drawn.
        photo = self._keep(record, large + self.rng.randbytes(8), at, kind)
        self._keep(record, small, at, kind, thumb_of=photo.id)
        return photo

    def _keep(self, record: str, data: bytes, at: datetime, kind: str, thumb_of: str = "") -> Attachment:
        digest = hashlib.sha256(data).hexdigest()
        made = Attachment(
            self.new_id(at), record, kind, JPEG, len(data), digest, files.new_key(), at, thumb_of
        )
        if at >= self.since:
            path = self.folder / made.id[-2:] / f"{made.id}{SUFFIX}"
            path.write_bytes(b"".join(files.seal_pieces([data], made.key, made.bound_to)))
        self.made.append(made)
        return made


def _drawing(rng: random.Random) -> tuple[bytes, bytes]:
    image = QImage(*LARGE, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(rng.randrange(360), 60, 220))
    painter = QPainter(image)
    for _ in range(12):
        painter.fillRect(
            *(
                rng.randrange(LARGE[0]),
                rng.randrange(LARGE[1]),
                rng.randrange(40, 260),
                rng.randrange(40, 200),
            ),
            QColor.fromHsv(rng.randrange(360), rng.randrange(40, 160), rng.randrange(80, 240)),
        )
    painter.end()
    small = image.scaled(
        *SMALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return _jpeg(image), _jpeg(small)


def _jpeg(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 60)
    return bytes(data.data())
