"""
The diagrams of the tables of states: `docs/reference/states/*.mmd`, and the same within `states.md`.

People write the sentences of the page, a section for each table; between them
the diagrams are written anew.
"""

import re
from pathlib import Path

from paidevents.lifecycle import MACHINES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGE = REFERENCE / "states.md"
SECTION = re.compile(r"^(## ([a-z_]+)\n.*?^```mermaid\n).*?^```$", re.DOTALL | re.MULTILINE)


def files() -> dict[Path, bytes]:
    diagrams = {name: machine.mermaid() for name, machine in MACHINES.items()}
    page = PAGE.read_text("utf-8")
    assert [name for _, name in SECTION.findall(page)] == list(MACHINES), "states.md needs a section for each table"
    page = SECTION.sub(lambda section: f"{section[1]}{diagrams[section[2]]}```", page)
    written = {REFERENCE / "states" / f"{name}.mmd": diagram.encode() for name, diagram in diagrams.items()}
    return {**written, PAGE: page.encode()}
