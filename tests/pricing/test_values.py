"""What a price is asked with and what it is: baskets, buyers, counters, quotes."""

import hashlib
import pickle
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from paidevents import EUR, InvalidValueError, Money, Rate, Span, Window
from paidevents.catalog import (
    Donation,
    Event,
    EventKind,
    Limit,
    LimitOf,
    LimitPer,
    Percent,
    PromoCode,
    Promotion,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
    WhenRateDiffers,
)
from paidevents.pricing import Basket, Buyer, Item, Plan, Quote, Take, email_key, sold
from paidevents.timing import end_of_day

AT = datetime(2026, 3, 1, tzinfo=UTC)
EARLY = Tier(id="early", price=Money(1500, EUR), quantity=5, window=Window(None, end_of_day(AT.date(), "UTC")))


def ticket(id: str = "standard", **changed: Any) -> Ticket:
    return Ticket(**{"id": id, "name": id.title(), "price": Money(2000, EUR), **changed})


def video(*promotions: Promotion, **changed: Any) -> Event:
    plain: dict[str, Any] = {
        "id": "video",
        "title": "Video",
        "zone": "UTC",
        "currency": EUR,
        "kind": EventKind.ON_DEMAND,
        "tickets": (ticket(),),
        "promotions": promotions,
    }
    return Event(**{**plain, **changed})


def ten(**changed: Any) -> Promotion:
    return Promotion(
        **{"id": "ten", "effect": Percent(Rate.of("10 %")), "codes": (PromoCode("TEN"),), **changed},
    )


def quote() -> Quote:
    return Plan(video(ten())).quote({"standard": 2}, ["TEN"], at=AT)


def test_a_basket_is_written_as_counts_or_as_items() -> None:
    items = (Item("standard", 2), Item("vip"))
    assert Basket.of({"standard": 2, "vip": 1}) == Basket(items) == Basket.of(list(items))
    assert Basket.of(Basket(items)).places == 3
    assert Item("standard", 2, sessions=("a", "b")).places == 4


@pytest.mark.parametrize(
    ("wanted", "field", "reason"),
    [
        ({f"t{number}": 1 for number in range(101)}, "items", "too_many_lines"),
        ([Item("standard")] * 101, "items", "too_many_lines"),
        ([Item("a", 600), Item("b", 600)], "items", "too_many_places"),
        ([], "items", "empty_basket"),
        (["standard"], "items[0]", "wrong_type"),
        ("standard", "basket", "wrong_type"),
        ({"standard": 0}, "items[0].count", "out_of_range"),
        ({7: 1}, "items[0].ticket", "wrong_type"),
    ],
)
def test_a_basket_that_cannot_be_is_refused(wanted: Any, field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Basket.of(wanted)
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


def test_a_session_is_chosen_once() -> None:
    with pytest.raises(InvalidValueError, match="A session was chosen twice: a"):
        Item("standard", sessions=("a", "b", "a"))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (" A@B.Co ", "a@b.co"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana+news@example.org", "ana+news@example.org"),
        ("ＡＮＡ@example.org", "ana@example.org"),
    ],
)
def test_an_address_comes_down_to_its_key(typed: str, key: str) -> None:
    assert email_key(typed) == key == email_key(key)


@pytest.mark.parametrize(
    "typed",
    [
        "a@b\nBcc: c",
        "a" * 1_000_000 + "@b.co",
        "ana",
        "@example.org",
        ".ana@example.org",
        "a..b@example.org",
        "ana.@example.org",
        "an a@example.org",
        "ana@example",
        "ana@-example.org",
        "ana@" + "x" * 64 + ".org",
        "ana@example..org",
        "ana@\ud800.org",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValueError, match="This is not an e-mail address"):
        email_key(typed)


def test_a_mark_tells_nothing_of_a_person_and_is_always_the_same() -> None:
    """The first 32 digits of SHA-256 of the identity."""
    (mark,) = Buyer(identities=("ana@example.org",)).marks
    assert mark == hashlib.sha256(b"ana@example.org").hexdigest()[:32]
    assert "ana" not in mark
    assert Buyer(identities=("ana@example.org",)).marks == (mark,)


def live(**changed: Any) -> Event:
    dates = {"kind": EventKind.LIVE, "starts_at": datetime(2026, 4, 14, tzinfo=UTC), "duration": Span(minutes=60)}
    return video(**dates, **changed)


def test_of_two_tiers_of_one_name_the_ticket_is_said() -> None:
    event = live(tickets=(ticket(tiers=(EARLY,)), ticket("vip", tiers=(EARLY,))))
    assert sold(event, {"vip/early": 2}) == {"tier/vip/early": 2, "ticket/vip": 2, "event": 2}
    with pytest.raises(InvalidValueError, match="Several tickets have a tier early"):
        sold(event, {"early": 1})


def test_two_limits_on_one_counter_are_taken_once_and_the_least_holds() -> None:
    event = video(ten(limits=(Limit(LimitOf.ORDERS, 5), Limit(LimitOf.ORDERS, 3))))
    plan = Plan(event)
    assert Take("promotion/ten/orders", 1, 3) in plan.claims(plan.quote({"standard": 1}, ["TEN"], at=AT))


def test_what_only_opens_a_ticket_takes_no_places_off_a_limit_of_discounts() -> None:
    limits = (Limit(LimitOf.UNITS, 5), Limit(LimitOf.ORDERS, 5, LimitPer.CODE))
    opener = Promotion(id="press", opens=("press",), codes=(PromoCode("PRESS"),), limits=limits)
    plan = Plan(video(opener, tickets=(ticket(), ticket("press", hidden=True))))
    found = plan.claims(plan.quote({"press": 1}, ["PRESS"], at=AT))
    assert [take.counter for take in found] == ["event", "promotion/press/code/press/orders", "ticket/press"]


def test_a_quote_is_a_value_that_cannot_be_changed() -> None:
    one, other = quote(), quote()
    assert one == other and hash(one) == hash(other)
    assert one != "a quote"
    assert pickle.loads(pickle.dumps(one)) == one
    assert repr(one) == "<Quote video: 2 places, 36.00 EUR at 2026-03-01T00:00:00+00:00>"
    with pytest.raises(AttributeError, match="a quote is not changed: at"):
        one.at = AT
    with pytest.raises(AttributeError, match="a quote is not changed: record"):
        del one.record
    assert "sums" in (Quote.totals.__doc__ or "")


def test_a_moment_is_read_in_any_zone() -> None:
    plan = Plan(live(tickets=(ticket(tiers=(EARLY,)),)))
    in_paris = plan.quote({"standard": 1}, at=AT.astimezone(ZoneInfo("Europe/Paris")))
    assert in_paris == plan.quote({"standard": 1}, at=AT)
    assert in_paris.at.tzinfo is UTC


def test_what_a_buyer_gives_is_not_reckoned_anew_at_another_rate_of_tax() -> None:
    """The price of a ticket goes from 20.00 to 20.00 × 1.27 / 1.20 = 21.17; a donation of 9.00 stays one of 9.00."""
    rates = (TaxRate(country="FR", rate=Rate.of("20 %")), TaxRate(country="HU", rate=Rate.of("27 %")))
    table = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=rates, when_rate_differs=WhenRateDiffers.KEEP_NET)
    gift = ticket("gift", price=None, donation=Donation(minimum=Money(500, EUR)))
    plan = Plan(video(tax=table, tickets=(ticket(), gift)))
    basket = (Item("standard"), Item("gift", amount=Money(900, EUR)))
    found = plan.quote(basket, at=AT, buyer=Buyer(country="HU"))
    assert [unit.charged.minor for unit in found.units] == [2117, 900]
