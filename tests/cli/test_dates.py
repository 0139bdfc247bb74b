"""`paidevents dates`: the dates of a series."""

import pytest
from cli.running import run

DATES = ("dates", "--zone", "Europe/Paris", "--at", "2026-03-25T00:00Z")


def test_dates_show_where_the_clocks_change_and_which_is_next(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *DATES, "--rrule", "FREQ=DAILY;COUNT=4", "--from", "2026-03-27T02:30")
    assert status == 0
    assert out == (
        "   1  Fri 2026-03-27 02:30  +0100  CET  ← next\n"
        "   2  Sat 2026-03-28 02:30  +0100  CET\n"
        "   3  Sun 2026-03-29 03:30  +0200  CEST  the clocks have changed  02:30 does not exist on this day\n"
        "   4  Mon 2026-03-30 02:30  +0200  CEST\n"
    )
    _, out, _ = run(capsys, *DATES, "--rrule", "FREQ=DAILY;COUNT=1", "--from", "2026-10-25T02:30")
    assert out == "   1  Sun 2026-10-25 02:30  +0200  CEST  comes twice on this day, this is the first  ← next\n"


def test_dates_are_taken_out_added_and_cut(capsys: pytest.CaptureFixture[str]) -> None:
    rule = ("--rrule", "FREQ=WEEKLY", "--from", "2026-03-24T18:00")
    changes = ("--exclude", "2026-03-31T18:00", "--extra", "2026-04-02T10:15", "--count", "3")
    _, out, _ = run(capsys, *DATES, *rule, *changes)
    assert [line[6:26] for line in out.splitlines()] == [
        "Tue 2026-03-24 18:00",
        "Thu 2026-04-02 10:15",
        "Tue 2026-04-07 18:00",
    ]
    assert "← next" in out.splitlines()[1]


def test_now_is_asked_only_where_no_instant_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Long past, so that nothing is next whenever this runs."""
    status, out, _ = run(
        capsys, "dates", "--zone", "UTC", "--rrule", "FREQ=DAILY;COUNT=2", "--from", "2001-01-01T00:00"
    )
    assert status == 0
    assert len(out.splitlines()) == 2 and "next" not in out


def test_a_rule_that_hits_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    never = ("--rrule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "--from", "2026-01-01T00:00")
    assert run(capsys, *DATES, *never)[:2] == (1, "no dates: the rule hits nothing within ten years\n")
