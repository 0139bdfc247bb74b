"""Why a price is what it is, in sentences, and what a person is told of a code."""

from datetime import UTC, datetime

import pytest

from paidevents import EUR, InvalidValueError, Money, Rate, Reason, RefusedError, Skipped, Span
from paidevents.catalog import Event, EventKind, Fee, FeeBase, Percent, PromoCode, Promotion, Provider, Ticket, Tier
from paidevents.explain import explain
from paidevents.pricing import Plan, Quote
from paidevents.pricing.reasons import CODE_DISABLED, CODE_UNKNOWN, CONCEALED, EXHAUSTED, MIXED_SCRIPT

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOT_VALID = "This code is not valid here."


def euros(text: str) -> Money:
    return Money.of(text, EUR)


def event(price: str = "20.00", *fees: Fee) -> Event:
    return Event(
        id="video",
        title="A video",
        zone="Asia/Tokyo",
        currency=EUR,
        kind=EventKind.ON_DEMAND,
        tickets=(
            Ticket(id="standard", name="Standard", price=euros(price)),
            Ticket(id="gift", name="Gift", price=euros("0.00")),
        ),
        promotions=(
            Promotion(id="ten", name="Ten off", effect=Percent(Rate.of("10 %")), automatic=True, first_purchase=True),
            Promotion(id="press", effect=Percent(Rate.of("99 %")), codes=(PromoCode("PRESS"),)),
        ),
        fees=fees,
        providers=(Provider(name="paypal"), Provider(name="stripe")),
    )


def priced(sold: Event, *codes: str, **wanted: int) -> Quote:
    return Plan(sold).quote(wanted or {"standard": 1}, codes, at=AT)


def test_without_its_event_a_quote_is_told_with_ids_and_in_utc() -> None:
    assert explain(priced(event()), "en").replace("\u202f", " ").splitlines() == [
        "standard: €20.00.",
        "10% off (ten): -€2.00.",
        "To pay: €18.00.",
        "“ten” was applied on a condition: It will be checked who is buying.",
        "Good until March 1, 2026, 12:15 PM UTC.",
    ]


def test_with_its_event_it_is_told_with_names_and_in_its_zone() -> None:
    told = explain(priced(event()), "en", event=event()).splitlines()
    assert told[0] == "Standard: €20.00."
    assert told[1] == "10% off (Ten off): -€2.00."
    assert told[-1].replace("\u202f", " ") == "Good until March 1, 2026, 9:15 PM JST."


def test_nothing_to_pay_and_another_total_elsewhere() -> None:
    assert "There is nothing to pay." in explain(priced(event(), gift=1), "en").splitlines()
    told = explain(priced(event(), "PRESS"), "en").splitlines()
    assert "The total is another one with stripe." in told


def test_a_tier_without_a_name_is_told_by_its_id() -> None:
    ticket = Ticket(
        id="standard",
        name="Standard",
        price=euros("20.00"),
        tiers=(Tier(id="early", price=euros("15.00"), quantity=1),),
    )
    live = Event(
        id="talk",
        title="A talk",
        zone="UTC",
        currency=EUR,
        kind=EventKind.RECORDED,
        starts_at=datetime(2026, 5, 1, tzinfo=UTC),
        duration=Span.of("1 h"),
        tickets=(ticket,),
    )
    assert explain(priced(live), "en", event=live).startswith("Standard · early: €15.00.\n")


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        (Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate.of("100 %")), "service (5%)"),
        (Fee(id="s", name="Service", per_unit=euros("0.50"), buyer_share=Rate.of("100 %")), "Service"),
        (
            Fee(
                id="s",
                name="Service",
                rate=Rate.of("5 %"),
                per_unit=euros("0.50"),
                per_order=euros("1.00"),
                buyer_share=Rate.of("100 %"),
            ),
            "Service (5% + €2.00)",
        ),
        (Fee(id="s", name="Service", rate=Rate.of("5 %"), buyer_share=Rate.of("40 %")), "Service (your share: 40%)"),
        (
            Fee(
                id="card",
                name="Card",
                rate=Rate.of("2.9 %"),
                per_order=euros("0.30"),
                base=FeeBase.CHARGED,
                buyer_share=Rate.of("100 %"),
                tax_category=None,
            ),
            "Card (2.9% + €0.30)",
        ),
    ],
)
def test_a_fee_is_told_by_what_it_is_made_of(fee: Fee, told: str) -> None:
    """A fixed part for each of two places is told as what it comes to."""
    line = priced(event("20.00", fee), standard=2).lines[-1]
    assert explain(line, "en") == told


def test_a_line_is_told_in_french() -> None:
    assert explain(priced(event()).lines[0], "fr") == "Réduction de 10\xa0%"


@pytest.mark.parametrize("code", sorted(CONCEALED))
def test_of_a_code_that_is_not_valid_no_more_is_told(code: str) -> None:
    reasons = (EXHAUSTED, Reason(code, NOT_VALID), CODE_UNKNOWN, CODE_DISABLED)
    assert explain(Skipped(reasons, code="SAVE"), "en") == NOT_VALID
    assert explain(RefusedError(reasons), "en") == NOT_VALID
    assert explain(Skipped(reasons, code="SAVE"), "fr") == "Ce code n’est pas valable ici."
    hinted = explain(Skipped((Reason(code, NOT_VALID), MIXED_SCRIPT), code="SAVE"), "en")
    assert hinted == f"{NOT_VALID} {MIXED_SCRIPT.text}"


def test_what_is_neither_reason_nor_price_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="subject: Expected Reason, Finding, Skipped, Line, Quote"):
        explain(event(), "en")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="event: Expected Event, got str"):
        explain(priced(event()), "en", event="video")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="locale"):
        explain(priced(event()), "klingon")
