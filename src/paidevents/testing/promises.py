"""
What must hold of a whole box office, whatever happened to it: a table of sentences.

They start from the provider's books, from what callers were told and from what
was sent, never from the store's rows alone: what got lost there is not there to
be looked at.

    broken_promises(world, log)  ->  the sentences that do not hold, each with what breaks it
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from paidevents.testing.evidence import Evidence
from paidevents.testing.log import Log
from paidevents.testing.promised_money import MONEY, QUIET_MONEY
from paidevents.testing.promised_places import PLACES, QUIET_PLACES
from paidevents.testing.world import World

Promise = Callable[[Evidence], Iterator[str]]

ALWAYS: Mapping[str, Promise] = MappingProxyType({**PLACES, **MONEY})
WHEN_QUIET: Mapping[str, Promise] = MappingProxyType({**QUIET_PLACES, **QUIET_MONEY})


def broken_promises(world: World, log: Log, *, quiet: bool = True) -> tuple[str, ...]:
    """
    The promises that do not hold; empty if all is well.

    Args:
        world: The world.
        log: What callers were told; see `Log`.
        quiet: Nothing is left to be done: no fault is under way, and `reconcile` finds
            nothing more. Otherwise only what holds at every moment is looked at.

    Returns:
        For each that is broken its sentence, and what breaks it.

    Example:
        >>> broken_promises(World(), Log())
        ()
    """
    evidence = Evidence.of(world, log)
    asked = {**ALWAYS, **WHEN_QUIET} if quiet else ALWAYS
    return tuple(f"{sentence} ({found})" for sentence, promise in asked.items() for found in promise(evidence))
