"""Progress: a line for who waits at a terminal, and nothing for anybody else."""

import io

import pytest

from paidevents.cli.progress import Progress

SECOND = 1_000_000_000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Nanoseconds, as they are set."""

    def __init__(self) -> None:
        self.ns = 5 * SECOND

    def __call__(self) -> int:
        return self.ns


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_is_done_within_a_second_is_done_in_silence(clock: Clock) -> None:
    terminal = Terminal()
    with Progress(terminal, clock) as progress:
        clock.ns += SECOND - 1
        progress.told("almost")
    assert terminal.getvalue() == ""


def test_after_a_second_one_line_is_written_anew_and_is_gone_at_the_end(clock: Clock) -> None:
    terminal = Terminal()
    with Progress(terminal, clock) as progress:
        clock.ns += SECOND
        progress.told("1 of 3")
        progress.told("2 of 3")  # at once: nobody could read it
        clock.ns += SECOND // 10
        progress.told("3 of 3")
    assert terminal.getvalue() == "\r\x1b[K1 of 3\r\x1b[K3 of 3\r\x1b[K"


def test_the_line_is_gone_after_an_error_as_well(clock: Clock) -> None:
    terminal = Terminal()
    with pytest.raises(KeyError), Progress(terminal, clock) as progress:
        clock.ns += SECOND
        progress.told("1")
        raise KeyError
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_what_is_no_terminal_is_told_nothing(clock: Clock) -> None:
    file = io.StringIO()
    with Progress(file, clock) as progress:
        clock.ns += 60 * SECOND
        progress.told("1 of 3")
    assert file.getvalue() == ""


def test_without_a_clock_the_machine_is_asked() -> None:
    with Progress(terminal := Terminal()) as progress:
        progress.told("at once")
    assert terminal.getvalue() == ""
