"""
Timing by comparison.

The cases of a row take turns, many times over, so that whatever else the
machine does hits all alike. What is reported is each case's median, and its
ratio to the row's base: absolute figures drift with the machine, ratios do not.
"""

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

ROUNDS = 200
ROUND_NS = 200_000  # long against the clock's own cost, short against the machine's moods


@frozen
class Row:
    """Cases that do the same job. The first one is the base; a goal is a ratio to it."""

    name: str
    cases: dict[str, Callable[[], object]]
    rounds: int = ROUNDS
    goal: str = ""


def loops_for(case: Callable[[], object]) -> int:
    """How often a case runs in one round."""
    started = time.perf_counter_ns()
    case()
    return max(1, ROUND_NS // max(1, time.perf_counter_ns() - started))


def measure(row: Row) -> dict[str, float]:
    """The median nanoseconds of each case."""
    loops = {name: loops_for(case) for name, case in row.cases.items()}
    seen: dict[str, list[float]] = {name: [] for name in row.cases}
    for _ in range(row.rounds):
        for name, case in row.cases.items():
            times = range(loops[name])
            started = time.perf_counter_ns()
            for _ in times:
                case()
            seen[name].append((time.perf_counter_ns() - started) / loops[name])
    return {name: statistics.median(each) for name, each in seen.items()}


def report(row: Row) -> None:
    """Measure a row and print it."""
    medians = measure(row)
    base = next(iter(medians.values()))
    print(f"\n{row.name}" + (f"   (goal: {row.goal})" if row.goal else ""))
    for name, median in medians.items():
        print(f"  {name:44} {shown(median):>12}  {median / base:8.2f}")


def shown(nanoseconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.2f} {unit}"
    return f"{nanoseconds:.0f} ns"


def machine() -> str:
    """What this was run on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
    return f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} × {model}, {platform.system()}"
