"""Strategies for amounts, times, and reasons."""

import string
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from paidevents.checks import INT64_MAX, INT64_MIN
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import PROVIDERS, ProviderLimits, provider_limits, provider_rules
from paidevents.money.rate import Rate
from paidevents.reason import Finding, Reason, Severity, Skipped
from paidevents.timing.deadline import Anchor, Deadline, Direction, Span
from paidevents.timing.recurrence import Recurrence
from paidevents.timing.window import Window

NOTHING, WHOLE = Rate(0, 1), Rate(1, 1)

# Zones with something to stumble over: clock changes on both halves of the globe, at midnight, by
# half an hour; a skipped day; the farthest offsets; quarters of an hour.
ZONES = (
    "UTC",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Kiritimati",
)


def currencies() -> st.SearchStrategy[Currency]:
    """Any currency; it shrinks to one with two decimals."""
    return st.sampled_from(sorted(Currency.all(), key=lambda currency: (abs(currency.digits - 2), currency.code)))


def moneys(
    currency: Currency | st.SearchStrategy[Currency] | None = None,
    *,
    low: int = INT64_MIN,
    high: int = INT64_MAX,
    step: int = 1,
) -> st.SearchStrategy[Money]:
    """
    Amounts, in minor units from *low* to *high*, multiples of *step*, in *currency* or any.

    Example:
        >>> from paidevents import EUR
        >>> prices = moneys(EUR, low=0, high=2000_00)
    """
    units = st.integers(-(-low // step), high // step).map(lambda count: count * step)
    where = currencies() if currency is None else currency
    where = st.just(where) if isinstance(where, Currency) else where
    return st.builds(Money, units, where)


def rates(low: Rate = NOTHING, high: Rate = WHOLE, *, finest: int = 10_000) -> st.SearchStrategy[Rate]:
    """Rates from *low* to *high*, with a denominator of at most *finest*; often whole percents."""

    def exact(share: Fraction) -> Rate:
        return Rate(share.numerator, share.denominator)

    whole = st.integers(0, 100).map(lambda percent: Rate(percent, 100)).filter(lambda rate: low <= rate <= high)
    return st.fractions(low.fraction, high.fraction, max_denominator=finest).map(exact) | whole


def weights(most: int = 8) -> st.SearchStrategy[list[int]]:
    """Weights that an amount can be split by: 1 to *most*, none negative, not all zero."""
    return st.lists(st.integers(0, 10**6) | st.integers(0, 3), min_size=1, max_size=most).filter(any)


def zones() -> st.SearchStrategy[ZoneInfo]:
    """Time zones, with their oddities."""
    return st.sampled_from(ZONES).map(ZoneInfo)


def days(first: date = date(1990, 1, 1), last: date = date(2037, 12, 31)) -> st.SearchStrategy[date]:
    """Days; where clock changes are known."""
    return st.dates(first, last)


def wall_times() -> st.SearchStrategy[datetime]:
    """Local times without a zone, to the minute, some of which a zone's clocks skip or show twice."""
    minutes = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
    return st.builds(datetime.combine, days(), minutes)


def instants() -> st.SearchStrategy[datetime]:
    """Instants in UTC, to the second."""
    seconds = st.times(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0))
    return st.builds(datetime.combine, days(), seconds)


def windows() -> st.SearchStrategy[Window]:
    """Windows: open on either end, on both, or bounded."""

    def bounded(starts_at: datetime, seconds: int) -> Window:
        return Window(starts_at, starts_at + timedelta(seconds=seconds))

    return st.one_of(
        st.just(Window()),
        st.builds(Window, instants(), st.none()),
        st.builds(Window, st.none(), instants()),
        st.builds(bounded, instants(), st.integers(1, 400 * 86400)),
    )


def spans() -> st.SearchStrategy[Span]:
    """Lengths of time of up to some years."""
    return st.builds(Span, months=st.integers(0, 24), days=st.integers(0, 400), minutes=st.integers(0, 100_000))


def deadlines() -> st.SearchStrategy[Deadline]:
    """Moments before or after an event's start or end."""
    return st.builds(Deadline, spans(), st.sampled_from(Direction), st.sampled_from(Anchor)).map(
        lambda deadline: Deadline.of(str(deadline))  # "at start" is written one way only
    )


def rules() -> st.SearchStrategy[str]:
    """Recurrence rules, with and without an end, some that hit nothing."""
    weekdays = st.lists(
        st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), min_size=1, max_size=3, unique=True
    )
    parts = st.one_of(
        st.just("FREQ=DAILY"),
        weekdays.map(lambda names: f"FREQ=WEEKLY;BYDAY={','.join(names)}"),
        st.integers(-31, 31).filter(bool).map(lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"),
        st.integers(1, 5).map(lambda nth: f"FREQ=MONTHLY;BYDAY={nth}FR"),
        st.integers(1, 12).map(lambda month: f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=30"),
    )
    ends = st.just("") | st.integers(1, 60).map(lambda count: f";COUNT={count}")
    ends |= days().map(lambda day: f";UNTIL={day:%Y%m%d}")
    return st.builds("{};INTERVAL={}{}".format, parts, st.integers(1, 4), ends)


def recurrences() -> st.SearchStrategy[Recurrence]:
    """Series of dates, with some taken out and some added."""
    some = st.lists(wall_times(), max_size=3).map(tuple)
    return st.builds(Recurrence, wall_times(), zones(), rules(), excluded=some, extra=some)


def amount_rules(provider: str | None = None) -> st.SearchStrategy[AmountRule]:
    """What a real provider takes in some currency, unlisted ones included."""
    return st.sampled_from([rule for name in ([provider] if provider else PROVIDERS) for rule in provider_rules(name)])


def limits() -> st.SearchStrategy[ProviderLimits]:
    """The time limits of a real provider."""
    return st.sampled_from([provider_limits(name) for name in PROVIDERS])


def reason_values() -> st.SearchStrategy[Any]:
    """Everything that a reason can carry as a value."""
    words = st.text(string.ascii_letters + " é€", max_size=20)
    numbers = st.integers(INT64_MIN, INT64_MAX)
    return st.one_of(
        words, numbers, st.booleans(), moneys(), rates(), currencies(), spans(), deadlines(), days(), zoned_instants()
    )


def zoned_instants() -> st.SearchStrategy[datetime]:
    """Instants that know in which zone they are to be shown."""
    return st.builds(lambda at, zone: at if zone.key == "UTC" else at.astimezone(zone), instants(), zones())


def reasons() -> st.SearchStrategy[Reason]:
    """Reasons with a few values, each named in the sentence."""
    names = st.text(string.ascii_lowercase, min_size=1, max_size=6)
    values = st.dictionaries(names, reason_values(), max_size=3)

    def made(code: str, given: dict[str, Any], retryable: bool) -> Reason:
        text = " ".join(["It is so.", *(f"{{{name}}}" for name in given)])
        return Reason(code, text, retryable=retryable).given(**given)

    return st.builds(made, names, values, st.booleans())


def findings() -> st.SearchStrategy[Finding]:
    """Findings of every severity."""
    return st.builds(Finding, st.sampled_from(Severity), reasons(), st.sampled_from(("", "tickets[0].price")))


def skipped() -> st.SearchStrategy[Skipped]:
    """Promotions that did not apply, each with a reason or more."""
    some = st.lists(reasons(), min_size=1, max_size=3).map(tuple)
    return st.builds(Skipped, some, promotion=st.sampled_from(("save15", "")), code=st.sampled_from(("SAVE15", "")))
