"""Run the rows: all, or those whose name contains an argument."""

import sys

from bench import box_office, imports, money, pricing, sql_stores, stores, transitions
from bench.harness import machine, report

if __name__ == "__main__":
    print(machine())
    print("median of each case, and its ratio to the first of its row")
    for row in (
        *imports.ROWS,
        *pricing.ROWS,
        *transitions.ROWS,
        *box_office.ROWS,
        *stores.ROWS,
        *sql_stores.ROWS,
        *money.ROWS,
    ):
        if all(word in row.name for word in sys.argv[1:]):
            report(row)
    for name, measurement in sql_stores.MEMORY.items():
        if all(word in name for word in sys.argv[1:]):
            measurement()
