"""The pictures of one tour, and the page of thumbnails that shows them all."""

from __future__ import annotations

import html
from pathlib import Path

from demo.hand import Hand

HEAD = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>首访通 · 每一页</title><style>
body{font:16px "Noto Sans SC",sans-serif;background:#F5F3EE;color:#24211D;margin:24px}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(400px,1fr));gap:18px}
figure{margin:0}img{width:100%;border:1px solid #D6D0C4}h2{grid-column:1/-1;margin:16px 0 0}
</style><h1>首访通 · 每一页</h1><p>村子和人都是虚构的。</p><main>
"""


class Gallery:
    """Pictures in `folder`, numbered in the order taken."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9][0-9]_*.png"):
            old.unlink()
        self._folder = folder
        self._shown: list[str] = [HEAD]
        self.count = 0

    def room(self, title: str) -> None:
        """Begin a row of pictures."""
        print(f"{title}…", flush=True)
        self._shown.append(f"<h2>{html.escape(title)}</h2>")

    def take(self, hand: Hand, name: str, caption: str) -> None:
        """Keep what the window shows now."""
        hand.settle()
        self.count += 1
        file = f"{self.count:03d}_{name}.png"
        hand.program.window.grab().save(str(self._folder / file))
        said = html.escape(caption)
        self._shown.append(
            f'<figure><a href="{file}"><img src="{file}" alt="{said}"></a>'
            f"<figcaption>{self.count} {said}</figcaption></figure>"
        )

    def write_index(self) -> Path:
        """The page of thumbnails."""
        index = self._folder / "index.html"
        index.write_text("\n".join([*self._shown, "</main></html>\n"]), encoding="utf-8")
        return index
