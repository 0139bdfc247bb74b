"""Draw one of the tables of states, for Mermaid or for Graphviz; without a name, list them."""

import argparse

from paidevents.errors import InvalidValueError
from paidevents.lifecycle.all_machines import MACHINES
from paidevents.reason import Reason

UNKNOWN_MACHINE = Reason("unknown_machine", "No table has this name; known are {known}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="one table; a list of all if left out")
    parser.add_argument("--dot", action="store_true", help="for Graphviz, not for Mermaid")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    if asked.name is None:
        _list()
    elif asked.name in MACHINES:
        machine = MACHINES[asked.name]
        print(machine.dot() if asked.dot else machine.mermaid(), end="")
    else:
        raise InvalidValueError("NAME", UNKNOWN_MACHINE.given(known=", ".join(MACHINES)))
    return 0


def _list() -> None:
    width = max(map(len, MACHINES))
    for name, machine in MACHINES.items():
        states = ", ".join(state.value for state in machine.states)
        print(f"{name:{width}}  {len(machine.states)} states, {len(machine.rows):2} rows: {states}")
