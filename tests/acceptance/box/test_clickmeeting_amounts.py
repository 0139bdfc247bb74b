"""ClickMeeting's rules about what is charged and what is taken of it, through the box office."""

import pytest
from acceptance.box.webinars import asked, balances, euros, letters, save, seat, ticket, webinar
from attrs import evolve
from box_office.offices import ORGANIZER, Office, person

from paidevents import AmountOff, Currency, Event, Money, Percent, Rate, RefusedError, Ticket
from paidevents.box_office import flows
from paidevents.catalog import Donation, Provider, TaxMode, TaxRate, TaxTable
from paidevents.errors import PaidEventsError
from paidevents.pricing import Item
from paidevents.registration import Order


def priced(amount: Money, provider: str) -> Event:
    """A webinar at *amount* that is paid with *provider*."""
    price = Ticket(id="standard", name="Standard", price=amount)
    return webinar(price, currency=amount.currency, providers=[Provider(name=provider)])


def test_a_code_of_a_hundred_percent_gives_a_free_ticket_without_any_provider(office: Office) -> None:
    """CM-12: paid at once, confirmed at once; nobody was asked for anything, and nobody takes a fee."""
    office.publish(webinar(promotions=[save(Percent(Rate.of("100 %")))]))
    got = office.dossier(seat(office, "SAVE").id)
    assert (got.order.state.value, got.payments, balances(office)) == ("paid", (), {})
    assert [till.notifications() for till in office.fakes] == [(), ()]
    assert office.run(flows.checkout(got.id)).is_paid
    (letter,) = letters(office, "confirmation")
    assert "Price: free of charge" in letter.body


def test_an_amount_off_that_is_all_of_the_price_gives_a_free_ticket_too(office: Office) -> None:
    """CM-12: 49.00 off 49.00; there is no page to pay at, and the page of a place that is paid for knows no such code."""
    office.publish(webinar(promotions=[save(AmountOff((euros("49.00"),)))]))
    free = seat(office, "SAVE")
    assert (free.state.value, str(free.asked), office.run(flows.checkout(free.id)).url) == ("paid", "0.00 EUR", "")
    assert str(office.sell(event="webinar").received) == "49.00 EUR"


@pytest.mark.parametrize(("provider", "charged"), [("stripe", "0.50 EUR"), ("paypal", "1.00 EUR")])
def test_a_charge_below_the_providers_minimum_is_raised_to_it(office: Office, provider: str, charged: str) -> None:
    """CM-13: 99 % off 49.00 leave 0.49; Stripe takes 0.50 at least, PayPal 1.00."""
    office.publish(webinar(promotions=[save(Percent(Rate.of("99 %")))]))
    paid = office.pay(seat(office, "SAVE", provider=provider).id, provider=provider)
    assert (str(asked(office, paid.id).amount), str(paid.received)) == (charged, charged)


# Those of the page's list that are sold in and that PayPal takes from everybody.
ONE_WITH_PAYPAL = "USD EUR PLN GBP AUD CAD CHF CZK DKK HKD ILS MXN NOK NZD PHP SEK SGD"


@pytest.mark.parametrize("code", ONE_WITH_PAYPAL.split())
def test_paypal_takes_one_at_least_in_each_of_its_currencies(office: Office, code: str) -> None:
    """CM-13: 99 % off 49.00 leave 0.49, whatever the currency; PayPal is asked for 1.00."""
    event = priced(Money.of("49.00", code), "paypal")
    office.publish(evolve(event, promotions=(save(Percent(Rate.of("99 %"))),)))
    assert str(office.sell(1, "SAVE", event="webinar").received) == f"1.00 {code}"


def test_who_was_shown_the_price_for_one_provider_is_not_charged_another_with_the_other(office: Office) -> None:
    """CM-13: 0.50 was shown for Stripe; with PayPal it would be 1.00, so the buyer is asked to choose again."""
    office.publish(webinar(promotions=[save(Percent(Rate.of("99 %")))]))
    held = seat(office, "SAVE", provider="stripe")
    with pytest.raises(RefusedError, match=r"^With paypal the total would be another one; please choose again\.$"):
        office.run(flows.checkout(held.id, provider="paypal"))
    assert str(office.pay(held.id).received) == "0.50 EUR"


def test_what_is_at_the_minimum_is_not_raised_and_what_is_free_stays_free(office: Office) -> None:
    """CM-13: 48.50 off 49.00 leave 0.50, which Stripe takes as it is; 49.00 off leave nothing, not 0.50."""
    half, all_of_it = save(AmountOff((euros("48.50"),))), save(Percent(Rate.of("100 %")))
    for event, left in ((webinar(promotions=[half]), "0.50"), (webinar(promotions=[all_of_it], id="free"), "0.00")):
        office.publish(event)
        assert str(office.run(flows.quote(event.id, {"standard": 1}, ["SAVE"])).charged.decimal) == left


TABLE = """
    USD 2000  EUR 2000  GBP 2000  CHF 2000  AUD 3000  CAD 3000  NZD 3000  SGD 2800  PLN 8000  RON 8000
    DKK 13000  NOK 17000  SEK 18000  HKD 20000  MXN 40000  CZK 46000  THB 66000  ILS 74000  PHP 106000
    RUB 200000  HUF 700000
"""
CEILINGS = dict(entry.split() for entry in TABLE.replace("\n", "  ").split("  ") if entry)
STRIPE_ONLY = ("HUF", "RON", "RUB")


@pytest.mark.parametrize("code", CEILINGS)
def test_a_declared_price_is_at_most_its_currencys_ceiling(office: Office, code: str) -> None:
    """CM-14: a cent more is refused before anything is on sale; the ceiling itself is sold."""
    most = Money.of(CEILINGS[code], code)
    with pytest.raises(RefusedError, match=f"^A price is at most {most}: "):
        office.publish(priced(most + Money(1, most.currency), "stripe"))
    office.publish(priced(most, "stripe"))
    assert seat(office).asked == most


@pytest.mark.parametrize("code", [code for code in CEILINGS if code not in STRIPE_ONLY])
def test_a_declared_price_is_at_least_one(office: Office, code: str) -> None:
    """CM-14: whatever the currency; PayPal takes 1.00, and 0.99 is refused."""
    with pytest.raises(RefusedError, match=rf"^A price is nothing or at least 1\.00 {code}: 0\.99 {code}\.$"):
        office.publish(priced(Money.of("0.99", code), "paypal"))
    office.publish(priced(Money.of("1.00", code), "paypal"))
    assert str(office.sell(event="webinar").received) == f"1.00 {code}"


def test_where_the_provider_takes_no_less_than_more_a_declared_price_is_that_at_least(office: Office) -> None:
    """CM-14: Stripe's least charge is 2.00 zloty, and 175 forints: at 1 nobody could pay."""
    for code, least in (("PLN", "2.00"), ("HUF", "175.00")):
        with pytest.raises(RefusedError, match=rf"^A price is nothing or at least {least} {code}: 1\.00 {code}\.$"):
            office.publish(priced(Money.of("1", code), "stripe"))


def test_a_currency_without_a_ceiling_is_not_sold_in(office: Office) -> None:
    """CM-14: the yen is not in the table."""
    yen = Ticket(id="standard", name="Standard", price=Money.of("2000", "JPY"))
    with pytest.raises(RefusedError, match="JPY"):
        office.publish(webinar(yen, currency=Currency("JPY"), providers=()))


def test_the_platform_takes_five_percent_of_the_gross_price(office: Office) -> None:
    """CM-24: the buyer pays 49.00; 5 % are 2.45; the organizer has all of it in the account, and 46.55 of it to keep."""
    office.publish(webinar())
    assert str(asked(office, office.sell(event="webinar").id).amount) == "49.00 EUR"
    assert balances(office) == {"provider": "49.00 EUR", "organizer": "-46.55 EUR", "platform": "-2.45 EUR"}


def test_the_fee_is_of_what_was_paid_and_of_the_tax_in_it(office: Office) -> None:
    """CM-24: 10 % off 49.00 leave 44.10, 20 % tax included (7.35); 5 % of 44.10 are 2.205, so 2.21; 34.54 are kept."""
    tax = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
    office.publish(webinar(tax=tax, promotions=[save(Percent(Rate.of("10 %")))]))
    office.sell(1, "SAVE", event="webinar")
    assert balances(office) == {
        "provider": "44.10 EUR",
        "tax": "-7.35 EUR",
        "platform": "-2.21 EUR",
        "organizer": "-34.54 EUR",
    }


def test_tax_can_be_in_the_price_and_is_shown(office: Office) -> None:
    """CM-25: 60.00 at 20 % contain 10.00 (60 × 20 / 120); the letter says so; 3.00 fee; 47.00 are kept."""
    tax = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
    office.publish(webinar(ticket("60.00"), tax=tax))
    office.sell(event="webinar")
    (letter,) = letters(office, "confirmation")
    assert "Price: €60.00, of which €10.00 is tax" in letter.body
    (row,) = office.run(flows.participants("webinar", by=ORGANIZER)).rows
    assert (str(row.charged), str(row.tax), str(row.before_tax)) == ("60.00 EUR", "10.00 EUR", "50.00 EUR")
    assert balances(office) == {
        "provider": "60.00 EUR",
        "tax": "-10.00 EUR",
        "platform": "-3.00 EUR",
        "organizer": "-47.00 EUR",
    }


def test_tax_can_come_on_top_or_not_at_all(office: Office) -> None:
    """CM-25: 49.00 and 20 % on top, 9.80, make 58.80; of an event without tax the letter has no word about it."""
    rates = (TaxRate(country="FR", rate=Rate.of("20 %")),)
    office.publish(webinar(tax=TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=rates)))
    office.publish(webinar(id="untaxed"))
    assert str(asked(office, office.sell(event="webinar").id).amount) == "58.80 EUR"
    office.sell(event="untaxed")
    taxed, untaxed = letters(office, "confirmation")
    assert ("Price: €58.80, of which €9.80 is tax" in taxed.body, "tax" in untaxed.body) == (True, False)


def give(office: Office, amount: str) -> Order:
    """A donation of so much, held."""
    basket = [Item("gift", amount=euros(amount))]
    return office.run(flows.reserve("webinar", basket, buyer=person("Ana")))


def test_who_gives_a_donation_chooses_the_amount(office: Office) -> None:
    """CM-26: 12.00 where 5.00 is the least: 12.00 are charged, 0.60 is the fee, 11.40 are kept; 4.99 is refused."""
    gift = Ticket(id="gift", name="Gift", donation=Donation(minimum=euros("5.00"), suggestion=euros("10.00")))
    office.publish(webinar(gift))
    paid = office.pay(give(office, "12.00").id)
    assert str(asked(office, paid.id).amount) == "12.00 EUR"
    assert balances(office) == {"provider": "12.00 EUR", "organizer": "-11.40 EUR", "platform": "-0.60 EUR"}
    with pytest.raises(RefusedError) as refused:
        give(office, "4.99")
    assert [reason.code for reason in refused.value.reasons] == ["donation_too_small"]


def test_a_donation_may_be_nothing_where_that_is_declared(office: Office) -> None:
    """CM-26: then there is nothing to pay, and the place is there; and nobody gives less than nothing."""
    gift = Ticket(id="gift", name="Gift", donation=Donation(minimum=euros("5.00"), may_be_nothing=True))
    office.publish(webinar(gift))
    assert give(office, "0.00").state.value == "paid"
    with pytest.raises(PaidEventsError):
        give(office, "-5.00")
    assert office.told() == ["confirmation"]
