"""
The notebooks of `examples/notebooks`, as pages: copied to `docs/notebooks` when a build begins, with a card for each.

They are committed with their outputs, so nothing is executed here. A card has the
notebook's title, its first sentence and its first picture.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

_BEGIN = re.compile(r"# (?:\d+\.\s*)?(.+)\n+(.+)")


def pictures(notebook: dict[str, Any]) -> Iterator[bytes]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                yield b64decode("".join(output["data"]["image/png"]))


def card(path: Path, folder: Path) -> str:
    """A notebook's card, in Markdown; its picture is written into the folder."""
    notebook = json.loads(path.read_text("utf-8"))
    begin = _BEGIN.match("".join(notebook["cells"][0]["source"]))
    if begin is None:
        raise ExtensionError(f"{path.name} has to begin with a title and a sentence")
    lines = [f"[{begin[1]}]({folder.name}/{path.name})", begin[2]]
    picture = next(pictures(notebook), None)
    if picture is not None:
        (folder / f"{path.stem}.png").write_bytes(picture)
        lines.insert(0, f"![]({folder.name}/{path.stem}.png)")
    return "- " + "\n\n  ".join(lines)


def copy(app: Sphinx) -> None:
    source, folder = app.srcdir.parent / "examples" / "notebooks", app.srcdir / "notebooks"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        if not (source / old.name).exists():
            old.unlink()
    cards = []
    for path in sorted(source.glob("*.ipynb")):
        copied = folder / path.name
        if not copied.exists() or copied.read_bytes() != path.read_bytes():  # what is as it was is not built anew
            copied.write_bytes(path.read_bytes())
        cards.append(card(path, folder))
    (folder / "cards.txt").write_text("\n".join(["{.doors .gallery}", *cards] if cards else []), "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
