"""
Before a process forks, what has files open lets go of them.

A child that inherits connections to a file takes their locks for its own, and so
holds none when it opens the file anew: whoever closes the file last then removes
what the child is still writing to.
"""

import os
from typing import Protocol
from weakref import WeakSet


class Closable(Protocol):
    """What is opened again by itself when it is used next."""

    def close(self) -> None:
        """Close what is idle."""
        ...


_OPENED: WeakSet[Closable] = WeakSet()


def closed_before_fork(one: Closable) -> None:
    """From now on, while it is there."""
    _OPENED.add(one)


def _let_go() -> None:
    for one in tuple(_OPENED):
        one.close()


# Where there is no fork, nothing has to be done before one.
getattr(os, "register_at_fork", dict)(before=_let_go)
