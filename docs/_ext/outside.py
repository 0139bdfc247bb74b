"""
What is right in a repository, and not on a site.

A link that leads out of the docs, to the source tree, is followed in a
repository only: here its words remain. A block of code ends with an empty line,
which tells the doctest where the output ends: it is not shown.
"""

from os.path import normpath
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx


def adapt(app: Sphinx, doctree: nodes.document) -> None:
    for link in list(doctree.findall(pending_xref)):
        if link.get("reftype") == "myst" and link["reftarget"]:
            here = Path(app.env.doc2path(link["refdoc"])).parent
            target = Path(normpath(here / link["reftarget"].partition("#")[0]))
            if not target.is_relative_to(app.srcdir):
                link.replace_self(link.children)
    for block in doctree.findall(nodes.literal_block):
        block.rawsource = block.astext().rstrip("\n")  # what differs from its source is not highlighted
        block[:] = [nodes.Text(block.rawsource)]


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", adapt)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
