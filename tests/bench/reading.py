"""Read all participants of an event in a file, page after page: how many, and how much memory it took at its most."""

import resource
import sys

from paidevents.access import HostKey
from paidevents.box_office import BoxOffice
from paidevents.catalog import Actor, Role
from paidevents.stores import sqlite

ORGANIZER = Actor(Role.ORGANIZER, "42")
PAGE = 100


def held() -> int:
    """The most that this process held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    with sqlite(sys.argv[1]) as store:
        box = BoxOffice(store, key=HostKey(b"a key for measurements, nothing else"))
        read = before = 0
        for _ in box.participants("job", limit=PAGE, by=ORGANIZER):
            read += 1
            if read == 10 * PAGE:  # modules are loaded, and caches full
                before = held()
        print(read, held() - before)
