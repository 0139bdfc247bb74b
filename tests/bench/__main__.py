"""Run the rows: all, or those whose name or file contains each of the words that are given."""

import sys

from bench import box_office, imports, money, pricing, sql_stores, stores, transitions
from bench.harness import machine, report

ROOMS = (imports, pricing, transitions, box_office, stores, sql_stores, money)


def is_wanted(room: object, name: str) -> bool:
    return all(word in f"{getattr(room, '__name__', '')} {name}" for word in sys.argv[1:])


if __name__ == "__main__":
    print(machine())
    print("median of each case, and its ratio to the first of its row")
    for room in ROOMS:
        for row in room.ROWS:
            if is_wanted(room, row.name):
                report(row)
    for name, measurement in sql_stores.MEMORY.items():
        if is_wanted(sql_stores, name):
            measurement()
