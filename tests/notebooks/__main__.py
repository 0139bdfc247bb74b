"""
Execute the notebooks, all or those whose name contains an argument, and compare what they say with what is committed.

    PYTHONPATH=tests python -m notebooks [--write] [NAME ...]

With `--write` what they say now, and what they draw, is written into them.
"""

import re
import sys
from pathlib import Path
from time import perf_counter

from nbclient.exceptions import CellExecutionError, CellTimeoutError

from notebooks.comparing import differences
from notebooks.running import executed, read, written

FOLDER = Path(__file__).parents[2] / "examples" / "notebooks"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def run(path: Path, write: bool) -> list[str]:
    """Execute one notebook and print a line about it; what is wrong with it, line by line."""
    committed = read(path)
    began = perf_counter()
    try:
        fresh = executed(committed, path.parent)
    except (CellExecutionError, CellTimeoutError) as error:
        print(f"{path.name:36} failed")
        return [f"{path.name}: {line}" for line in COLOURS.sub("", str(error)).splitlines()]
    seconds = perf_counter() - began
    wrong = [] if write else differences(path.name, committed, fresh)
    if not write and path.read_text(encoding="utf-8") != written(committed):
        wrong.append(f"{path.name}: it is not as --write leaves it (metadata of its execution, ids, indentation)")
    if write:
        path.write_text(written(fresh), encoding="utf-8", newline="\n")
    state = "written" if write else "differs" if wrong else "as committed"
    print(f"{path.name:36} {len(fresh.cells):3} cells {seconds:6.1f} s  {state}", flush=True)
    return wrong


def main(arguments: list[str]) -> int:
    """Run those that are asked for: 0 if all are as committed, 1 if one is not, 2 if none is called so."""
    write = "--write" in arguments
    words = [word for word in arguments if word != "--write"]
    chosen = [path for path in sorted(FOLDER.glob("*.ipynb")) if not words or any(word in path.name for word in words)]
    if not chosen:
        print("no notebook is called so", *words)
        return 2
    wrong = [line for path in chosen for line in run(path, write)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
