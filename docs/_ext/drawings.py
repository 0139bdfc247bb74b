"""
Drawings become part of the page, so that they follow its colours, by day and by night.

A page names a drawing like any image, `![States of an order](states/order.svg)`.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx


def put_in(app: Sphinx, doctree: nodes.document, name: str) -> None:
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        path = Path(app.srcdir, image["uri"])
        if path.suffix == ".svg" and path.parent.name == "states":
            svg = path.read_text("utf-8")
            alt = escape(image.get("alt", ""), quote=True)
            image.replace_self(nodes.raw("", f'<span class="drawing" aria-label="{alt}">{svg}</span>', format="html"))


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-resolved", put_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
