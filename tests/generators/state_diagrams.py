"""The diagrams of the tables of states, in `docs/reference/states`: for Mermaid, and drawn."""

from pathlib import Path

from generators.state_drawings import drawing
from paidevents.lifecycle import MACHINES

STATES = Path(__file__).parents[2] / "docs" / "reference" / "states"


def files() -> dict[Path, bytes]:
    diagrams = {STATES / f"{name}.mmd": machine.mermaid().encode() for name, machine in MACHINES.items()}
    return diagrams | {STATES / f"{name}.svg": drawing(machine).encode() for name, machine in MACHINES.items()}
