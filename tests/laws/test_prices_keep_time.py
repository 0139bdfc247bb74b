"""A price holds from the first instant of a window until just before its last, in whichever zone somebody looks at it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from paidevents import EUR, Money, Rate, Span, Window
from paidevents.catalog import (
    Event,
    EventKind,
    Percent,
    Policy,
    PromoCode,
    Promotion,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
)
from paidevents.pricing import Plan, Quote

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
END = datetime(2026, 3, 8, 12, tzinfo=UTC)
EVENT_AT = datetime(2026, 4, 14, 16, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
ZONES = tuple(map(ZoneInfo, ("UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia")))
WEEK = Window(START, END)
TEN = Percent(Rate.of("10 %"))
moments = st.one_of(
    st.sampled_from((START - INSTANT, START, START + INSTANT, END - INSTANT, END, END + INSTANT, EVENT_AT)),
    st.integers(-20_000, 80_000).map(lambda minutes: START + timedelta(minutes=minutes)),
)


def talk(ticket: Ticket, *promotions: Promotion, **changed: object) -> Plan:
    plain = {
        "id": "talk",
        "title": "Talk",
        "zone": "Europe/Paris",
        "currency": EUR,
        "starts_at": EVENT_AT,
        "duration": Span.of("90 min"),
        "tickets": (ticket,),
        "promotions": promotions,
    }
    return Plan(Event(**{**plain, **changed}))  # type: ignore[arg-type]


def standard(**changed: object) -> Ticket:
    return Ticket(**{"id": "standard", "name": "Standard", "price": Money(2000, EUR), **changed})  # type: ignore[arg-type]


EARLY = Tier(id="early", price=Money(1500, EUR), window=WEEK)
BY_CODE = Promotion(id="ten", effect=TEN, codes=(PromoCode("TEN"),), window=WEEK)
BY_ITS_CODE = Promotion(id="ten", effect=TEN, codes=(PromoCode("TEN", window=WEEK),))
BY_ITSELF = Promotion(id="ten", effect=TEN, automatic=True, window=WEEK)
DISCOUNTS = (
    talk(standard(tiers=(EARLY,))),
    talk(standard(), BY_CODE),
    talk(standard(), BY_ITS_CODE),
    talk(standard(), BY_ITSELF),
)
SALES = (talk(standard(on_sale=WEEK)), talk(standard(), on_sale=WEEK))


def asked(plan: Plan, at: datetime) -> Quote:
    return plan.quote(
        {"standard": 1}, ["TEN"] if plan.event.promotions and plan.event.promotions[0].codes else [], at=at
    )


@given(plan=st.sampled_from(DISCOUNTS), at=moments)
def test_a_discount_holds_at_its_start_and_not_at_its_end(plan: Plan, at: datetime) -> None:
    """Law 23, time: valid at `starts_at`, invalid at `ends_at`: a tier, a promotion, a code, with a code or by itself."""
    assert (asked(plan, at).charged < Money(2000, EUR)) == (START <= at < END)
    reasons = {reason.code for each in asked(plan, at).skipped for reason in each.reasons}
    if plan.event.promotions:
        assert reasons == ({"not_started"} if at < START else {"expired"} if at >= END else set())


@given(plan=st.sampled_from(SALES), at=moments)
def test_a_sale_opens_at_its_start_and_is_over_at_its_end(plan: Plan, at: datetime) -> None:
    """Law 23, of a ticket's and an event's sale."""
    codes = [reason.code for reason in asked(plan, at).refusals]
    assert codes == (["sale_not_started"] if at < START else ["sale_ended"] if at >= END else [])


@given(at=moments)
def test_a_sale_is_over_when_the_event_is(at: datetime) -> None:
    """Law 23: 90 minutes from 16:00 end at 17:30, when nothing is sold any more."""
    refused = [reason.code for reason in asked(talk(standard()), at).refusals]
    assert refused == (["sale_ended"] if at >= EVENT_AT + timedelta(minutes=90) else [])


@given(plan=st.sampled_from((*DISCOUNTS, *SALES)), at=moments, zone=st.sampled_from(ZONES))
def test_it_is_the_same_moment_in_every_zone(plan: Plan, at: datetime, zone: ZoneInfo) -> None:
    """Law 23: shifting the zone of display changes nothing."""
    assert asked(plan, at.astimezone(zone)) == asked(plan, at)


@given(zone=st.sampled_from(ZONES), hours=st.integers(0, 24 * 40), first=st.dates(date(2018, 10, 1), date(2018, 12, 1)))
def test_on_every_instant_it_is_one_day(zone: ZoneInfo, hours: int, first: date) -> None:
    """Law 23: consecutive day windows of one zone tile the time line, over a change of clocks as well."""
    days = [first + timedelta(days=number) for number in range(42)]
    promotions = [
        Promotion(id=f"day{number}", effect=TEN, automatic=True, window=Window.of_days(day, day, zone))
        for number, day in enumerate(days)
    ]
    plan = talk(standard(), *promotions, zone=zone, kind=EventKind.PERMANENT, starts_at=None, duration=None)
    starts_at = promotions[0].window.starts_at
    assert starts_at is not None
    quote = asked(plan, starts_at + timedelta(hours=hours))
    (line,) = quote.lines
    assert days[int(line.promotion[3:])] == quote.at.astimezone(zone).date()


RATES = (
    TaxRate(country="FR", rate=Rate.of("20 %")),
    TaxRate(country="FR", rate=Rate.of("10 %"), starts_on=date(2026, 3, 5)),
)
CHANGING = tuple(
    talk(
        standard(tiers=(Tier(id="early", price=Money(1500, EUR), window=Window(start, early_ends)),)),
        Promotion(id="ten", effect=TEN, automatic=True, window=Window(START + timedelta(hours=1), END)),
        tax=TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=RATES),
        policy=Policy(quote_lasts=Span.of(lasts)),
    )
    for start, early_ends in ((None, START + timedelta(minutes=10)), (START, END))
    for lasts in ("1 min", "15 min", "7 days")
)


@given(plan=st.sampled_from(CHANGING), at=moments, share=st.integers(0, 999))
def test_a_quote_is_good_until_a_price_changes_or_the_policy_says(plan: Plan, at: datetime, share: int) -> None:
    """§12: `good_until` = min(next price change by time, what the policy says); until then the same is charged."""
    quote = asked(plan, at)
    lasts = plan.event.policy.quote_lasts
    end = at + timedelta(days=lasts.days, minutes=lasts.minutes)
    changes = [edge for edge in plan.edges() if edge > at]
    assert quote.good_until == min([end, *changes])
    later = asked(plan, at + (quote.good_until - at) // 1000 * share)
    assert (later.charged, later.lines, later.units, later.refusals) == (
        (quote.charged, quote.lines, quote.units, quote.refusals)
    )


@given(at=moments)
def test_a_new_rate_of_tax_holds_from_the_first_instant_of_its_day(at: datetime) -> None:
    """20 % on top of 20.00 are 4.00; from 5 March in Paris, which begins at 23:00 UTC the day before, 10 % are 2.00."""
    plan = talk(standard(), tax=TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=RATES))
    begins = datetime(2026, 3, 4, 23, tzinfo=UTC)
    assert asked(plan, at).totals.tax == Money(400 if at < begins else 200, EUR)
