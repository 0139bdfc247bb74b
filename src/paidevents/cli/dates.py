"""Show the dates of a series, and where the clocks change between them."""

import argparse
from datetime import datetime

from paidevents import checks
from paidevents.cli.times import instant_or_now, local
from paidevents.timing.local import Side, instant_of
from paidevents.timing.recurrence import MOST_OCCURRENCES, Recurrence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("--rrule", required=True, help="a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=TU;COUNT=6")
    parser.add_argument("--zone", required=True, help="the time zone, such as Europe/Paris")
    parser.add_argument(
        "--from", required=True, dest="start", metavar="LOCAL", help="where it begins, 2027-03-16T18:00"
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="LOCAL", help="a date that does not take place"
    )
    parser.add_argument("--extra", action="append", default=[], metavar="LOCAL", help="a date that takes place besides")
    parser.add_argument(
        "--count", type=int, default=20, help=f"how many to show (default: 20, at most {MOST_OCCURRENCES})"
    )
    parser.add_argument(
        "--at", metavar="INSTANT", help="mark the next date from here, 2027-01-01T12:00Z (default: now)"
    )


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    series = Recurrence(
        local(asked.start, "--from"),
        asked.zone,
        asked.rrule,
        excluded=tuple(local(text, "--exclude") for text in asked.exclude),
        extra=tuple(local(text, "--extra") for text in asked.extra),
    )
    at = instant_or_now(asked.at, "--at")
    dates = series.occurrences(asked.count)
    following = next((date for date in dates if checks.instant(date, "date") >= at), None)
    before = None
    for place, date in enumerate(dates, start=1):
        notes = [date.tzname() or "", *_about_clocks(date, before, series)]
        if date is following:
            notes.append("← next")
        print(f"{place:4}  {date:%a %Y-%m-%d %H:%M}  {date:%z}  {'  '.join(notes)}")
        before = date
    if not dates:
        print("no dates: the rule hits nothing within ten years")
    return 0 if dates else 1


def _about_clocks(date: datetime, before: datetime | None, series: Recurrence) -> list[str]:
    """What the clocks of the zone do to this date, compared with the one before."""
    notes = []
    wall = date.replace(tzinfo=None, fold=0)
    if before is not None and date.utcoffset() != before.utcoffset():
        notes.append("the clocks have changed")
    if wall.time() != series.starts_at.time() and wall not in series.extra:
        notes.append(f"{series.starts_at:%H:%M} does not exist on this day")
    elif instant_of(wall, series.zone, Side.END) != instant_of(wall, series.zone, Side.START):
        notes.append("comes twice on this day, this is the first")
    return notes
