"""A clock that shows what a test sets it to."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Watch:
    """It stands still until somebody moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def later(self, **by: int) -> None:
        self.at += timedelta(**by)
