"""
What is booked when something happens to an order, with amounts that can be checked with a pencil.

Unless an example says otherwise, a ticket is 24.00, with 20 % of tax in it
(4.00); the organizer pays 5 % to the platform (1.20), and 2 % and 0.25 an order
to the provider, as far as is known when it is sold.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from box_office.bookkeeper import Bookkeeper
from registration.desk import BUYER, LATER, ORGANIZER, attendee
from worked.shop import AT, euros, percent, shop, taxes, ticket

from paidevents import IllegalTransitionError, Money, Rate
from paidevents.box_office.booking import booked
from paidevents.catalog import (
    Cancellation,
    Event,
    Fee,
    FeeTaker,
    LatePayment,
    Policy,
    Promotion,
    RefundStep,
)
from paidevents.catalog.people import Role
from paidevents.errors import InvalidValueError, NaiveDatetimeError
from paidevents.ledger import Account, Book
from paidevents.lifecycle import OrderState, PaymentState
from paidevents.money import EUR, USD
from paidevents.payments import DisputeStatus, RefundPurpose, RefundStatus, Status
from paidevents.ports.dossier import Dossier
from paidevents.registration import (
    approved,
    called_off,
    cancelled,
    changed,
    declined,
    expired,
    honoured,
    invite,
    refused,
    requoted,
)

SERVICE = Fee(id="service", rate=Rate.of("5 %"))
CARD = Fee(id="card", rate=Rate.of("2 %"), per_order=euros("0.25"), taker=FeeTaker.PROVIDER)


def talk(**changed: Any) -> Event:
    tickets = changed.pop("tickets", (ticket("24.00"), ticket("36.00", id="vip"), ticket("12.00", id="student")))
    plain: dict[str, Any] = {
        "tax": taxes(("20 %", "standard")),
        "fees": (SERVICE, CARD),
        "cancellation": Cancellation.full(),
    }
    return shop(*tickets, **{**plain, **changed})


def placed(wanted: dict[str, int] | int = 1, *codes: str, **changed: Any) -> Bookkeeper:
    """An order of so many tickets, not yet paid."""
    office = Bookkeeper(talk(**changed))
    office.reserve(wanted, *codes)
    return office


def sold(wanted: dict[str, int] | int = 1, **changed: Any) -> Bookkeeper:
    """The same, paid."""
    office = placed(wanted, **changed)
    office.pay()
    return office


def change(office: Bookkeeper, id: str, wanted: str) -> None:
    office.do(changed, id, office.plan.quote({wanted: 1}, at=office.at))


# Sales.


def test_what_is_held_is_not_booked() -> None:
    office = placed(2)
    assert office.past[0] == evolve(office.dossier, entries=0)
    assert office.kinds() == []
    office.start()
    assert office.kinds() == []


def test_a_sale_is_booked_when_it_is_settled() -> None:
    """
    Of 48.00, 48.00 / 6 = 8.00 are tax, 5 % the platform's 2.40, and 2 % + 0.25 = 1.21 the provider's.

    The organizer has the rest: 48.00 - 8.00 - 2.40 - 1.21 = 36.39.
    """
    office = sold(2)
    assert office.kinds() == ["capture 48.00 A1-p1", "sale 48.00"]
    assert [one.id for one in office.last] == ["A1:1", "A1:2"]
    assert office.dossier.entries == 2
    assert office.balances() == {
        "provider": "48.00",
        "organizer": "-36.39",
        "tax": "-8.00",
        "platform": "-2.40",
        "provider_fees": "-1.21",
    }


def test_what_is_free_is_not_booked() -> None:
    office = placed(1, tickets=(ticket("0.00"),), fees=())
    assert (office.order.state, office.kinds()) == (OrderState.PAID, [])


def test_two_parts_of_a_price_are_held_until_it_is_whole() -> None:
    """10.00 come first, and 14.00 then."""
    office = placed()
    office.pay(euros("10.00"))
    assert office.kinds() == ["capture 10.00 A1-p1", "surplus 10.00 A1-p1"]
    office.pay()
    assert office.kinds() == ["capture 14.00 A1-p2", "sale 24.00", "surplus_used 10.00 A1-p1"]
    assert office.balances()["provider"] == "24.00"


def test_who_is_let_in_unpaid_is_not_booked() -> None:
    """One of two is confirmed without payment (CM-20): the other pays 24.00, of which 2 % and 0.25 are 0.73."""
    office = placed(2)
    office.do(approved, ["A1-1"], received=euros("0.00"))
    assert office.kinds() == []
    office.pay()
    assert office.kinds() == ["capture 24.00 A1-p1", "sale 24.00"]
    assert office.balances()["tax"] == "-4.00"


def test_what_is_made_free_while_it_is_held_is_not_booked() -> None:
    """And what comes for it nonetheless is held, and goes back; the provider's fee of it is the organizer's."""
    office = placed(tickets=(ticket("24.00"),))
    free = Bookkeeper(talk(tickets=(ticket("0.00"),), fees=()))
    id = office.start()
    office.do(requoted, free.plan.quote({"standard": 1}, at=AT))
    assert (office.order.state, office.kinds()) == (OrderState.PAID, [])
    office.hears(id, received=euros("24.00"), fee=euros("0.60"))
    assert office.kinds() == ["capture 24.00 A1-p1", "provider_fee 0.60 A1-p1", "surplus 24.00 A1-p1"]


def test_what_nobody_pays_for_is_not_booked() -> None:
    """A speaker's place is in no price."""
    office = Bookkeeper(talk())
    with office.act():
        made = invite(office.plan, id="A1", attendee=attendee(), role=Role.SPEAKER, at=AT, by=ORGANIZER)
        office.dossier = Dossier(order=made.order)
    assert (office.order.state, office.kinds()) == (OrderState.PAID, [])


def test_what_is_sold_of_two_is_given_back_without_the_others_tax() -> None:
    """
    Two for 48.30, of which 0.30 is once for the order; one leaves before it is paid. 24.15 come, with 4.02 of tax.

    All of it goes back. What was due once held 0.05 of tax, and half of that would be 0.03, with 4.00: no more than
    4.02 are there.
    """
    once = Fee(id="service", per_order=euros("0.30"), buyer_share=Rate(1, 1), refundable=True)
    office = placed(2, fees=(once,))
    office.do(cancelled, ["A1-1"], by=BUYER)
    office.pay()
    assert (office.kinds()[1], office.balances()["tax"]) == ("sale 24.15", "-4.02")
    office.do(called_off)
    office.settle()
    assert "tax" not in office.balances()


# Money in vain.


def test_what_comes_late_and_in_vain_is_held_and_goes_back() -> None:
    office = placed(policy=Policy(late_payments=LatePayment.REFUND))
    id = office.start()
    office.at = LATER
    office.do(expired)
    assert office.kinds() == []
    office.hears(id, received=euros("24.00"))
    assert office.kinds() == ["capture 24.00 A1-p1", "surplus 24.00 A1-p1"]
    assert office.dossier.refunds[0].purpose is RefundPurpose.LATE
    office.settle()
    assert office.kinds() == ["surplus_returned 24.00 A1-p1 A1-r1"]
    assert office.balances() == {}
    assert (office.conserved().captured, office.conserved().refunded) == (euros("24.00"), euros("24.00"))


def test_what_comes_late_is_held_until_a_person_decides() -> None:
    for decision, last in ((honoured, ["sale 24.00", "surplus_used 24.00 A1-p1"]), (declined, [])):
        office = placed(policy=Policy(late_payments=LatePayment.REVIEW))
        id = office.start()
        office.at = LATER
        office.do(expired)
        office.hears(id, received=euros("24.00"))
        assert office.balances() == {"provider": "24.00", "surplus": "-24.00"}
        changed = {"has_room": True} if decision is honoured else {}
        office.do(decision, received=office.dossier.received, **changed)
        assert office.kinds() == last
        assert "buyer" not in office.balances()


def test_what_is_paid_twice_goes_back() -> None:
    office = placed()
    first, second = office.start(), office.start()
    office.hears(first, received=euros("24.00"))
    office.hears(second, received=euros("24.00"))
    assert office.kinds() == ["capture 24.00 A1-p2", "surplus 24.00 A1-p2"]
    office.settle()
    assert office.kinds() == ["surplus_returned 24.00 A1-p2 A1-r1"]
    assert office.balances()["provider"] == "24.00"


def test_what_is_paid_twice_can_be_settled_in_another_way() -> None:
    """The organizer keeps 24.00 and gives the buyer something else for it: 18.07 of the sale and these."""
    office = sold()
    office.pay(euros("24.00"))
    before = office.balances()["organizer"]
    office.drop("A1-r1")
    assert office.kinds() == ["surplus_used 24.00 A1-p2", "refund_dropped 24.00 A1-p2 A1-r1"]
    assert (before, office.balances()["organizer"]) == ("-18.07", "-42.07")


def test_what_nobody_accepted_is_held_in_its_own_payment() -> None:
    """10.00 of 24.00 came, and then 24.00: the 10.00 are too many, not the later money."""
    office = placed()
    office.pay(received=euros("10.00"))
    office.pay(euros("24.00"))
    assert office.kinds() == ["capture 24.00 A1-p2", "sale 24.00"]
    assert office.dossier.payment("A1-p1").state is PaymentState.REVIEW


def test_what_went_back_and_the_bank_took_as_well_is_the_organizers_loss() -> None:
    """Paid twice; the second 24.00 go back, and then a bank takes them. The order is paid as it was."""
    office = sold()
    office.pay(euros("24.00"))
    office.settle()
    office.hears("A1-p2", dispute=DisputeStatus.LOST)
    assert office.kinds() == ["dispute_opened 24.00 A1-p2", "dispute_lost 24.00 A1-p2", "forgiven 24.00"]
    assert office.order.state is OrderState.PAID
    assert "buyer" not in office.balances()


def test_the_same_in_another_currency() -> None:
    office = placed()
    office.decline(office.pay(received=Money.of("30.00", USD)))
    office.settle()
    office.hears("A1-p1", dispute=DisputeStatus.LOST)
    assert office.kinds() == ["dispute_opened 30.00 A1-p1", "dispute_lost 30.00 A1-p1", "forgiven 30.00"]
    assert not office.book.balances()[USD][Account.BUYER]


def test_what_came_in_another_currency_is_held_in_it() -> None:
    """30.00 dollars for 24.00 euros: they are nobody's until they go back."""
    office = placed()
    id = office.pay(received=Money.of("30.00", USD))
    assert office.kinds() == ["capture 30.00 A1-p1", "surplus 30.00 A1-p1"]
    office.decline(id)
    office.settle()
    assert office.kinds() == ["surplus_returned 30.00 A1-p1 A1-r1"]
    assert not any(office.book.balances()[USD].values())


def test_what_is_told_in_another_currency_later_came_in_that_one() -> None:
    """30.00 dollars, it was said; but 24.00 euros it was."""
    office = placed()
    id = office.pay(received=Money.of("30.00", USD))
    office.hears(id, received=euros("24.00"))
    assert office.kinds() == [
        "payment_lost 30.00 A1-p1",
        "capture 24.00 A1-p1",
        "sale 24.00",
        "surplus_used 30.00 A1-p1",
    ]
    assert not any(office.book.balances()[USD].values())
    assert office.book.conservation()[EUR].holds


# Places that are given back.


def test_half_of_an_order_is_cancelled() -> None:
    """24.00 are owed, 4.00 of them tax; the platform keeps its 1.20, so 20.00 are the organizer's: 36.39 - 20.00."""
    office = sold(2)
    office.do(cancelled, ["A1-2"], by=BUYER)
    assert office.kinds() == ["refund_owed 24.00"]
    assert office.balances() == {
        "buyer": "-24.00",
        "provider": "48.00",
        "organizer": "-16.39",
        "tax": "-4.00",
        "platform": "-2.40",
        "provider_fees": "-1.21",
    }
    office.settle()
    assert office.kinds() == ["refund_paid 24.00 A1-p1 A1-r1"]
    assert "buyer" not in office.balances() and office.balances()["provider"] == "24.00"


def test_parts_of_one_place_are_of_what_is_left_of_it() -> None:
    """10.00 and 14.00 of goodwill are all of it: the tax in them is 1.67 and 2.33."""
    office = sold()
    office.goodwill(euros("10.00"))
    assert office.balances()["tax"] == "-2.33"
    office.goodwill(euros("14.00"))
    assert "tax" not in office.balances()
    office.settle()
    assert [one.kind.value for one in office.book.entries[-2:]] == ["refund_paid", "refund_paid"]
    assert office.balances() == {"organizer": "1.93", "platform": "-1.20", "provider_fees": "-0.73"}


def test_parts_of_a_fee_are_of_what_is_left_of_it() -> None:
    """
    20.95 for 19.95 and 1.00 of a fee with 0.17 of tax. Of 10.48, 0.50 are fee with 0.09 of tax, of which the platform
    gives 0.41 back; of the other 10.47, 0.50 with 0.08, and it gives 0.42. Then nothing is left.
    """
    passed_on = evolve(SERVICE, buyer_share=Rate(1, 1), refundable=True)
    office = sold(tickets=(ticket("19.95"),), fees=(passed_on,))
    assert office.balances()["platform"] == "-0.83"
    office.goodwill(euros("10.48"))
    assert office.balances()["platform"] == "-0.42"
    office.goodwill(euros("10.47"))
    office.settle()
    assert office.balances() == {}


def test_of_a_fee_only_what_is_left_is_undone() -> None:
    """The same, with the other 10.47 lost."""
    passed_on = evolve(SERVICE, buyer_share=Rate(1, 1), refundable=True)
    office = sold(tickets=(ticket("19.95"),), fees=(passed_on,))
    office.goodwill(euros("10.48"))
    office.settle()
    office.hears("A1-p1", Status.FAILED)
    assert office.kinds() == ["payment_lost 20.95 A1-p1", "refund_owed 10.47", "forgiven 10.48"]
    assert office.balances() == {"provider": "-10.48", "organizer": "10.48"}


def test_a_refund_that_never_arrived_is_owed_again() -> None:
    office = sold()
    office.do(called_off)
    office.settle()
    office.provider_says("A1-r1", RefundStatus.FAILED)
    assert office.kinds() == ["refund_failed 24.00 A1-p1 A1-r1"]
    assert (office.balances()["buyer"], office.balances()["provider"]) == ("-24.00", "24.00")
    office.drop("A1-r1")
    assert office.kinds() == ["refund_dropped 24.00 A1-p1 A1-r1"]
    assert "buyer" not in office.balances()


def test_a_surplus_that_never_arrived_is_held_again() -> None:
    office = sold()
    office.pay(euros("24.00"))
    office.settle()
    office.provider_says("A1-r1", RefundStatus.FAILED)
    assert office.kinds() == ["refund_failed 24.00 A1-p2 A1-r1"]
    assert office.balances()["surplus"] == "-24.00"


def test_what_a_person_gave_back_is_explained_by_the_decision() -> None:
    """6.00 in the provider's own pages, with 1.00 of tax in them: the order counts them as goodwill."""
    office = sold()
    office.made_there("A1-p1", euros("6.00"))
    assert office.kinds() == ["refund_owed 6.00", "refund_paid 6.00 A1-p1 A1-r1"]
    assert office.dossier.refunds[0].purpose is RefundPurpose.ELSEWHERE
    assert (office.balances()["tax"], office.balances()["provider"]) == ("-3.00", "18.00")


def test_what_a_person_gave_back_and_nobody_owed_the_order_lacks() -> None:
    """
    6.00 are explained by the decision; of 6.00 more in the provider's pages nobody has decided anything.

    The order keeps 18.00 and has 12.00, until somebody does.
    """
    office = sold()
    office.made_there("A1-p1", euros("6.00"))
    decided = office.order
    office.made_there("A1-p1", euros("6.00"))
    undecided = evolve(office.dossier, order=decided)
    entries = booked(office.past[-2], undecided, at=AT)
    assert [one.kind.value for one in entries] == ["surplus", "surplus_returned"]
    assert entries[0].amount(Account.BUYER) == euros("6.00")
    assert (undecided.received, undecided.order.due) == (euros("12.00"), euros("18.00"))


def test_what_a_person_gave_back_in_another_currency_explains_no_decision() -> None:
    """6.00 were decided to be given back in euros, and 6.00 dollars were given back of what came in dollars."""
    office = sold()
    office.goodwill(euros("6.00"))
    office.pay(euros("24.00"), received=Money.of("30.00", USD))
    before = evolve(office.dossier, refunds=())
    office.made_there("A1-p2", Money.of("6.00", USD))
    after = evolve(office.dossier, refunds=office.dossier.refunds[1:])
    assert [one.kind.value for one in booked(before, after, at=AT)] == ["surplus_returned"]


# Another price.


def test_a_dearer_ticket() -> None:
    """36.00 instead of 24.00: 12.00 more, 2.00 of them tax. What platform and provider take was reckoned with the sale."""
    office = sold()
    change(office, "A1-1", "vip")
    assert office.kinds() == []
    office.pay()
    assert office.kinds() == ["capture 12.00 A1-p2", "repriced 12.00"]
    assert office.balances() == {
        "provider": "36.00",
        "organizer": "-27.47",
        "tax": "-6.00",
        "platform": "-1.80",
        "provider_fees": "-0.73",
    }


def test_a_dearer_ticket_after_goodwill() -> None:
    """6.00 of 24.00 went back, with 1.00 of tax. It costs 36.00 now, with 6.00 of tax: what is short is the organizer's."""
    office = sold(fees=())
    office.goodwill(euros("6.00"))
    office.settle()
    change(office, "A1-1", "vip")
    office.pay()
    assert office.balances() == {"provider": "30.00", "organizer": "-24.00", "tax": "-6.00"}


def test_a_cheaper_ticket() -> None:
    """12.00 instead of 24.00: 12.00 are owed, 2.00 of them tax."""
    office = sold()
    change(office, "A1-1", "student")
    assert office.kinds() == ["refund_owed 12.00"]
    office.settle()
    assert office.balances() == {
        "provider": "12.00",
        "organizer": "-8.07",
        "tax": "-2.00",
        "platform": "-1.20",
        "provider_fees": "-0.73",
    }


def test_a_cheaper_ticket_of_which_the_difference_is_kept() -> None:
    """Half of 12.00 is given back: 6.00 are kept with their tax, so that 18.00 with 3.00 of tax stay."""
    half = Cancellation.limited(RefundStep(None, Rate(1, 2)))
    office = sold(cancellation=half)
    change(office, "A1-1", "student")
    office.settle()
    assert (office.balances()["provider"], office.balances()["tax"]) == ("18.00", "-3.00")
    office.do(refused)
    office.settle()
    assert (office.balances()["provider"], office.balances()["tax"]) == ("6.00", "-1.00")


GROUP = Promotion(id="group", effect=percent("50 %"), automatic=True, least_units=3)
CLAWBACK = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)


def test_who_stays_without_a_group_has_another_price() -> None:
    """
    Three for 12.00 each; one goes, and two at 24.00 would have been 48.00.

    36.00 were paid, so nothing goes back, and 12.00 of the fresh price are not there: as if
    given back of it. Tax is in 36.00 as before: 6.00.
    """
    office = sold(3, promotions=(GROUP,), cancellation=CLAWBACK, fees=(SERVICE,))
    assert office.balances() == {"provider": "36.00", "organizer": "-28.20", "tax": "-6.00", "platform": "-1.80"}
    office.do(cancelled, ["A1-3"], by=BUYER)
    assert office.kinds() == ["repriced 0.60"]
    assert office.balances() == {"provider": "36.00", "organizer": "-27.60", "tax": "-6.00", "platform": "-2.40"}


def test_who_leaves_a_group_gets_what_is_left() -> None:
    """
    Four for 21.60 each (10 % less) are 86.40; one goes, and three at 24.00 would have been 72.00.

    14.40 go back, with 2.40 of 14.40 of tax; the 7.20 that are kept of that place pay for the others: nothing is left to
    be booked of their other price.
    """
    group = Promotion(id="group", effect=percent("10 %"), automatic=True, least_units=4)
    office = sold(4, promotions=(group,), cancellation=CLAWBACK, fees=())
    office.do(cancelled, ["A1-4"], by=BUYER)
    assert office.kinds() == ["refund_owed 14.40"]
    office.settle()
    assert office.balances() == {"provider": "72.00", "organizer": "-60.00", "tax": "-12.00"}
    office.do(called_off)
    office.settle()
    assert office.balances() == {}


@pytest.mark.parametrize("gone", ["A1-3", "A1-4"])
def test_who_pays_nothing_is_in_no_price(gone: str) -> None:
    """
    Of four in a group at 12.00 each, one was let in unpaid: 36.00 came. When one goes, the others are priced anew.

    Three would have been 72.00; 24.00 of that are not there, 8.00 of each. Who pays nothing
    owes no tax; of the others, 2 x 16.00 with 2 x 2.67 of tax are paid, and 4.00 are kept
    beyond, with 4/36 of 6.00 of tax, 0.67: this stays when 32.00 are given back.
    """
    office = placed(4, promotions=(evolve(GROUP, least_units=4),), cancellation=CLAWBACK, fees=())
    office.do(approved, ["A1-1"], received=euros("0.00"))
    office.pay()
    assert office.balances() == {"provider": "36.00", "organizer": "-30.00", "tax": "-6.00"}
    office.do(cancelled, [gone], by=BUYER)
    assert office.kinds() == ["repriced 0.01"]
    assert office.balances() == {"provider": "36.00", "organizer": "-29.99", "tax": "-6.01"}
    office.do(called_off)
    office.settle()
    assert office.order.due == euros("4.00")
    assert office.balances() == {"provider": "4.00", "organizer": "-3.33", "tax": "-0.67"}


TWO_RATES = (ticket("24.00"), ticket("22.00", id="book", tax_category="reduced"))


def test_each_tax_is_that_of_the_fresh_price() -> None:
    """
    Two at 24.00 (20 %) and one at 22.00 (10 %), 10 % less together: 43.20 with 7.20 of tax, 19.80 with 1.80.

    The book goes, and the others cost 4.80 more: 15.00 go back. They are sold for 48.00 with 8.00 of tax,
    and nothing is left of the other tax.
    """
    office = sold(
        {"standard": 2, "book": 1},
        tickets=TWO_RATES,
        tax=taxes(("20 %", "standard"), ("10 %", "reduced")),
        promotions=(evolve(GROUP, effect=percent("10 %")),),
        cancellation=CLAWBACK,
        fees=(),
    )
    assert office.balances(party=Account.TAX) == {"FR:10 %:VAT": "-1.80", "FR:20 %:VAT": "-7.20"}
    office.do(cancelled, ["A1-3"], by=BUYER)
    office.settle()
    assert (office.balances()["provider"], office.order.due) == ("48.00", euros("48.00"))
    assert office.balances(party=Account.TAX) == {"FR:20 %:VAT": "-8.00"}


def test_what_was_lost_before_pays_for_nobody() -> None:
    """
    Two at 24.00 (20 %) and two at 22.00 (10 %), 10 % less together. 21.60 are lost, with one of the first.

    Then a book goes: 24.00 and 22.00 would have been 4.60 more, so that 15.20 of 19.80 go back.
    """
    office = placed(
        {"standard": 2, "book": 2},
        tickets=TWO_RATES,
        tax=taxes(("20 %", "standard"), ("10 %", "reduced")),
        promotions=(evolve(GROUP, effect=percent("10 %")),),
        cancellation=CLAWBACK,
        fees=(),
    )
    office.pay(euros("61.20"))
    office.pay()
    office.hears("A1-p2", Status.FAILED)
    assert [one.is_lost for one in office.order.registrations] == [True, False, False, False]
    assert office.balances(party=Account.TAX) == {"FR:10 %:VAT": "-3.60", "FR:20 %:VAT": "-3.60"}
    office.do(cancelled, ["A1-4"], by=BUYER)
    office.settle()
    assert office.balances()["provider"] == "46.00"
    assert office.balances(party=Account.TAX) == {"FR:10 %:VAT": "-2.00", "FR:20 %:VAT": "-4.00"}


def test_who_pays_nothing_owes_the_platform_nothing() -> None:
    """
    Of four at 12.00, one was let in unpaid: of 36.00 the platform has 1.80. When one goes, two pay 24.00: 2.40.
    """
    office = placed(4, promotions=(evolve(GROUP, least_units=4),), cancellation=CLAWBACK, fees=(SERVICE,))
    office.do(approved, ["A1-1"], received=euros("0.00"))
    office.pay()
    assert office.balances()["platform"] == "-1.80"
    office.do(cancelled, ["A1-4"], by=BUYER)
    assert office.balances()["platform"] == "-2.40"


def test_who_pays_nothing_is_in_no_price_also_where_there_is_money_enough() -> None:
    """
    Of five at 21.60 (10 % less), one was let in unpaid: 86.40 came. Two leave, and three at 24.00 are 7.20 more.

    43.20 less 7.20 go back, 36.00. The 50.40 that stay hold 8.40 of tax, whatever they are kept for.
    """
    group = Promotion(id="group", effect=percent("10 %"), automatic=True, least_units=4)
    office = placed(5, promotions=(group,), cancellation=CLAWBACK, fees=())
    office.do(approved, ["A1-1"], received=euros("0.00"))
    office.pay()
    office.do(cancelled, ["A1-4", "A1-5"], by=BUYER)
    assert office.kinds() == ["refund_owed 36.00"]
    assert (office.dossier.received, office.balances()["tax"]) == (euros("50.40"), "-8.40")


# Money that is lost.


def test_a_dispute_that_is_lost_takes_the_place_with_it() -> None:
    """24.00 are the bank's: the sale is undone but for the platform's 1.20 and the provider's 0.73."""
    office = sold()
    office.hears("A1-p1", dispute=DisputeStatus.OPEN)
    assert office.kinds() == ["dispute_opened 24.00 A1-p1"]
    assert (office.balances()["disputed"], office.conserved().organizer_keeps) == ("24.00", euros("-5.93"))
    office.hears("A1-p1", dispute=DisputeStatus.LOST)
    assert office.order.state is OrderState.CANCELLED
    assert office.kinds() == ["dispute_lost 24.00 A1-p1", "refund_owed 24.00"]
    assert office.balances() == {"organizer": "1.93", "platform": "-1.20", "provider_fees": "-0.73"}
    assert (office.conserved().captured, office.conserved().disputed) == (euros("24.00"), euros("24.00"))


def test_a_dispute_that_is_won() -> None:
    office = sold()
    office.hears("A1-p1", dispute=DisputeStatus.OPEN, disputed=euros("10.00"))
    office.hears("A1-p1", dispute=DisputeStatus.WON)
    assert office.kinds() == ["dispute_won 10.00 A1-p1"]
    assert office.balances()["provider"] == "24.00"


def test_a_dispute_that_was_lost_before_anybody_looked() -> None:
    """It came, and the bank took it: the order never heard of it."""
    office = placed()
    id = office.start()
    office.hears(id, received=euros("24.00"), dispute=DisputeStatus.LOST)
    assert office.kinds() == ["capture 24.00 A1-p1", "dispute_opened 24.00 A1-p1", "dispute_lost 24.00 A1-p1"]
    assert office.balances() == {}


def test_a_part_that_is_lost_leaves_the_rest_with_nobody() -> None:
    """10.00 of 24.00: the place is gone, and 14.00 are still with the provider, held for the buyer."""
    office = sold()
    office.hears("A1-p1", dispute=DisputeStatus.LOST, disputed=euros("10.00"))
    assert office.kinds() == [
        "dispute_opened 10.00 A1-p1",
        "dispute_lost 10.00 A1-p1",
        "refund_owed 24.00",
        "surplus 14.00 A1-p1",
    ]
    assert (office.balances()["provider"], office.balances()["surplus"]) == ("14.00", "-14.00")


def test_what_was_given_back_and_is_lost_as_well_is_the_organizers_loss() -> None:
    """
    Of 48.00, 24.00 were given back; then the bank takes all 48.00.

    The other place is undone, and what went back before is forgiven. When the bank pays after all, it is not:
    24.00 pay for what went back, and 24.00 come in vain.
    """
    office = sold(2, fees=())
    office.do(cancelled, ["A1-2"], by=BUYER)
    office.settle()
    office.hears("A1-p1", dispute=DisputeStatus.LOST)
    assert office.kinds()[2:] == ["refund_owed 24.00", "forgiven 24.00"]
    assert office.balances() == {"provider": "-24.00", "organizer": "24.00"}
    office.hears("A1-p1", dispute=DisputeStatus.WON)
    assert office.kinds() == ["capture 48.00 A1-p1", "surplus 24.00 A1-p1", "recovered 24.00"]
    office.settle()
    assert office.balances() == {}


def test_a_payment_that_failed_after_it_had_come() -> None:
    office = sold()
    office.hears("A1-p1", Status.FAILED)
    assert office.kinds() == ["payment_lost 24.00 A1-p1", "refund_owed 24.00"]
    assert office.conserved().lost == euros("24.00")
    assert office.dossier.payment("A1-p1").state is PaymentState.LOST


def test_a_payment_that_failed_while_it_was_disputed_the_bank_has() -> None:
    office = sold()
    office.hears("A1-p1", dispute=DisputeStatus.OPEN, disputed=euros("10.00"))
    office.hears("A1-p1", Status.FAILED)
    assert office.kinds() == ["dispute_lost 10.00 A1-p1", "payment_lost 14.00 A1-p1", "refund_owed 24.00"]
    assert "provider" not in office.balances()


def test_what_a_bank_had_kept_and_failed_then_is_gone_once() -> None:
    office = sold()
    office.hears("A1-p1", dispute=DisputeStatus.LOST)
    before = office.balances()
    office.hears("A1-p1", Status.FAILED)
    assert (office.kinds(), office.balances()) == ([], before)


def test_only_the_latest_of_two_payments_is_lost() -> None:
    """
    A dearer ticket for one of two: 12.00 more, and they are lost. Its place is gone, and 12.00 of 48.00 are too many.

    Undone are 36.00 with 6.00 of tax; 24.00 with 4.00 of tax stay, and 24.00 are held.
    """
    office = sold(2, fees=())
    change(office, "A1-2", "vip")
    office.pay()
    office.hears("A1-p2", Status.FAILED)
    assert office.kinds() == ["payment_lost 12.00 A1-p2", "refund_owed 36.00", "surplus 24.00 A1-p1"]
    assert office.balances() == {"provider": "48.00", "organizer": "-20.00", "tax": "-4.00", "surplus": "-24.00"}
    office.hears("A1-p1", Status.FAILED)
    assert office.kinds() == ["payment_lost 48.00 A1-p1", "refund_owed 24.00", "surplus_used 24.00 A1-p1"]
    assert office.balances() == {}


def test_what_was_kept_of_a_place_is_lost_with_the_rest() -> None:
    """Half of 24.00 was kept of one place; with the other's 24.00 it is undone, tax and all, and what was due once."""
    half = Cancellation.limited(RefundStep(None, Rate(1, 2)))
    passed_on = evolve(SERVICE, per_order=euros("0.60"), buyer_share=Rate(1, 1), refundable=True)
    office = sold(2, cancellation=half, fees=(passed_on,))
    office.do(cancelled, ["A1-2"], by=BUYER)
    office.settle()
    came, back = office.conserved().captured, office.conserved().refunded
    office.hears("A1-p1", Status.FAILED)
    assert [one.split()[0] for one in office.kinds()] == ["payment_lost", "refund_owed", "refund_owed", "forgiven"]
    assert office.kinds()[-1] == f"forgiven {back.decimal}"
    assert office.balances() == {"provider": f"-{back.decimal}", "organizer": str(back.decimal)}
    assert came == euros("51.00")


def test_of_a_part_that_was_kept_and_lost_the_sale_stays() -> None:
    """
    12.00 were kept of one place, and 24.00 of another stay; 5.00 of these 36.00 came by themselves. The rest is lost.

    The other place is undone. Of the 12.00, 5.00 stay: 7.00 are forgiven, and their tax is owed all the same; so are the
    12.00 that had gone back.
    """
    half = Cancellation.limited(RefundStep(None, Rate(1, 2)))
    office = placed(2, cancellation=half, fees=())
    office.pay(euros("43.00"))
    office.pay()
    office.do(cancelled, ["A1-1"], by=BUYER)
    office.settle()
    assert office.balances() == {"provider": "36.00", "organizer": "-30.00", "tax": "-6.00"}
    office.hears("A1-p1", Status.FAILED)
    assert office.kinds() == ["payment_lost 43.00 A1-p1", "refund_owed 24.00", "forgiven 19.00"]
    assert office.order.due == euros("5.00")
    assert office.balances()["tax"] == "-2.00"


def test_what_was_undone_is_undone_once() -> None:
    """
    12.00 were kept of one place, and are lost with 24.00 of another; a place that was free stays.

    It is changed for one at 36.00, whose payment is lost as well: 36.00 are undone, and no more.
    """
    half = Cancellation.limited(RefundStep(None, Rate(1, 2)))
    tickets = (ticket("24.00"), ticket("0.00", id="free"), ticket("36.00", id="vip"))
    office = sold({"standard": 2, "free": 1}, tickets=tickets, cancellation=half, fees=())
    office.do(cancelled, ["A1-1"], by=BUYER)
    office.hears("A1-p1", Status.FAILED)
    assert (office.order.state, office.order.due) == (OrderState.PAID, euros("0.00"))
    assert office.kinds()[1:] == ["refund_owed 24.00", "refund_owed 12.00", "forgiven 12.00"]
    assert "tax" not in office.balances()
    change(office, "A1-3", "vip")
    office.pay()
    assert office.balances()["tax"] == "-6.00"
    office.hears("A1-p2", Status.FAILED)
    assert office.kinds() == ["payment_lost 36.00 A1-p2", "refund_owed 36.00"]
    assert "tax" not in office.balances()


def test_what_was_kept_for_the_price_of_the_others_is_theirs() -> None:
    """
    Four at 21.60; one goes, and the others would have been 72.00. Half of what is left goes back: 7.20.

    79.20 are lost. The three are undone, 72.00 with 12.00 of tax; the 7.20 that were kept are forgiven with their 1.20,
    and so are those that had gone back.
    """
    half = Cancellation(steps=(RefundStep(None, Rate(1, 2)),), clawback=True)
    group = Promotion(id="group", effect=percent("10 %"), automatic=True, least_units=4)
    office = sold(4, promotions=(group,), cancellation=half, fees=())
    office.do(cancelled, ["A1-4"], by=BUYER)
    office.settle()
    assert (office.balances()["provider"], office.balances()["tax"]) == ("79.20", "-13.20")
    office.hears("A1-p1", Status.FAILED)
    assert office.kinds() == ["payment_lost 86.40 A1-p1", "refund_owed 72.00", "forgiven 14.40"]
    assert office.balances()["tax"] == "-1.20"


# Less or more than was due.


def test_too_little_is_accepted() -> None:
    """20.00 of 24.00: they are held while a person looks at them; then 4.00 are forgiven, and the sale is whole."""
    office = placed()
    id = office.pay(received=euros("20.00"))
    assert office.kinds() == ["capture 20.00 A1-p1", "surplus 20.00 A1-p1"]
    office.accept(id)
    assert office.kinds() == ["sale 24.00", "surplus_used 20.00 A1-p1", "forgiven 4.00"]
    assert office.balances() == {
        "provider": "20.00",
        "organizer": "-14.07",
        "tax": "-4.00",
        "platform": "-1.20",
        "provider_fees": "-0.73",
    }


def test_what_was_forgiven_is_undone_with_its_sale() -> None:
    """Of 24.00, 20.00 came, and are lost: the sale is undone whole, so that nothing was forgiven of it."""
    office = placed(fees=())
    id = office.pay(received=euros("20.00"))
    office.accept(id)
    office.hears(id, Status.FAILED)
    assert office.kinds() == ["payment_lost 20.00 A1-p1", "refund_owed 24.00", "recovered 4.00"]
    assert office.balances() == {}


def test_nothing_is_accepted() -> None:
    office = placed()
    office.accept(office.pay(received=euros("0.00")))
    assert office.kinds() == ["sale 24.00", "forgiven 24.00"]
    assert (office.order.state, office.order.due) == (OrderState.PAID, euros("0.00"))


def test_what_is_forgiven_of_places_that_stay_undoes_none_that_are_gone() -> None:
    """
    12.00 of 24.00 were kept of one place. Then, of 48.00, 12.00 turn out to have come, which went back: 36.00 are lacking.

    They are forgiven, and both sales stay as they are: 6.00 of tax.
    """
    office = sold(2, cancellation=Cancellation.limited(RefundStep(None, Rate(1, 2))), fees=())
    office.do(cancelled, ["A1-1"], by=BUYER)
    office.settle()
    office.hears("A1-p1", received=euros("12.00"))
    office.accept("A1-p1")
    assert (office.kinds(), office.order.due) == (["forgiven 36.00"], euros("0.00"))
    assert office.balances() == {"organizer": "6.00", "tax": "-6.00"}


def test_too_much_is_accepted() -> None:
    office = placed()
    id = office.pay(received=euros("30.00"))
    office.accept(id)
    assert office.kinds() == ["sale 24.00", "surplus_used 24.00 A1-p1"]
    office.settle()
    assert office.kinds() == ["surplus_returned 6.00 A1-p1 A1-r1"]


def test_less_than_was_known_is_the_buyers_debt_until_a_person_decides() -> None:
    """24.00 turn out to be 20.00: 4.00 are lacking, and forgiven once that is accepted."""
    office = sold()
    office.hears("A1-p1", received=euros("20.00"))
    assert office.kinds() == ["payment_lost 4.00 A1-p1"]
    assert (office.balances()["buyer"], office.conserved().unpaid) == ("4.00", euros("4.00"))
    office.accept("A1-p1")
    assert office.kinds() == ["forgiven 4.00"]
    assert "buyer" not in office.balances()


# What providers take.


def test_the_difference_to_what_was_reckoned_is_the_organizers() -> None:
    """0.73 were reckoned and 0.61 taken, then 0.95; of another payment nothing was reckoned."""
    office = sold()
    office.hears("A1-p1", fee=euros("0.61"))
    assert office.kinds() == ["provider_fee 0.12 A1-p1"]
    assert office.balances()["provider_fees"] == "-0.61"
    office.hears("A1-p1", fee=euros("0.95"))
    assert office.balances(party=Account.PROVIDER_FEES) == {"card:organizer": "-0.95"}
    office.pay(euros("24.00"), fee=euros("0.40"))
    assert office.kinds() == ["capture 24.00 A1-p2", "provider_fee 0.40 A1-p2", "surplus 24.00 A1-p2"]
    assert office.balances()["provider_fees"] == "-1.35"


def test_what_was_taken_as_it_was_reckoned() -> None:
    office = placed()
    office.pay(fee=euros("0.73"))
    assert office.kinds() == ["capture 24.00 A1-p1", "sale 24.00"]


def test_a_fee_that_is_known_before_the_sale() -> None:
    """0.61 were taken of what came late; once it is honoured, the 0.73 that the sale reckons are not taken besides."""
    office = placed(policy=Policy(late_payments=LatePayment.REVIEW))
    id = office.start()
    office.at = LATER
    office.do(expired)
    office.hears(id, received=euros("24.00"), fee=euros("0.61"))
    assert office.kinds() == ["capture 24.00 A1-p1", "provider_fee 0.61 A1-p1", "surplus 24.00 A1-p1"]
    office.do(honoured, received=office.dossier.received, has_room=True)
    assert office.kinds() == ["sale 24.00", "provider_fee 0.73 A1-p1", "surplus_used 24.00 A1-p1"]
    assert office.balances()["provider_fees"] == "-0.61"


def test_a_fee_in_another_currency_is_booked_in_it() -> None:
    """0.80 dollars, and nothing of the 0.73 euros that were reckoned; then it turns out to be 0.70 euros."""
    office = sold()
    office.hears("A1-p1", fee=Money.of("0.80", USD))
    assert office.kinds() == ["provider_fee 0.80 A1-p1", "provider_fee 0.73 A1-p1"]
    assert "provider_fees" not in office.balances()
    assert office.book.conservation()[USD].provider_fees == Money.of("0.80", USD)
    office.hears("A1-p1", fee=euros("0.70"))
    assert office.balances()["provider_fees"] == "-0.70"
    assert not office.book.conservation()[USD].provider_fees


def test_a_fee_of_what_never_came_is_what_it_is() -> None:
    """What was reckoned with the sale is for the payment that pays it."""
    office = placed()
    first = office.start()
    office.hears(first, Status.FAILED, fee=euros("0.10"))
    assert office.kinds() == ["provider_fee 0.10 A1-p1"]
    office.pay()
    assert office.balances()["provider_fees"] == "-0.83"


# Arguments.


def test_several_things_at_once_are_booked_in_one_commit() -> None:
    """Two commits, or one: the entries come to the same."""
    office = sold(2)
    office.do(cancelled, ["A1-2"], by=BUYER)
    office.settle()
    entries = booked(None, office.dossier, at=AT)
    assert [one.kind.value for one in entries] == ["capture", "sale", "refund_owed", "refund_paid"]
    assert entries[0].id == "A1:1"
    assert booked(evolve(office.past[0], entries=6), office.dossier, at=AT)[3].id == "A1:10"


def test_what_has_another_price_and_is_given_back_at_once_leaves_nothing() -> None:
    """Three of a group at 12.00, and 0.30 for the order: one leaves, the others are priced anew, and are called off."""
    once = Fee(id="service", per_order=euros("0.30"), buyer_share=Rate(1, 1), refundable=True)
    office = sold(3, promotions=(GROUP,), cancellation=CLAWBACK, fees=(once,))
    first = office.dossier
    office.do(cancelled, ["A1-3"], by=BUYER)
    office.do(called_off)
    apart = office.book.balances()[EUR]
    at_once = Book(office.book.entries[: first.entries]).added(booked(first, office.dossier, at=AT))
    assert at_once.balances()[EUR] == apart
    assert not apart[Account.TAX]


def test_what_cannot_be_booked() -> None:
    office = sold()
    other = Bookkeeper(talk())
    other.reserve()
    another = evolve(other.dossier, order=evolve(other.order, id="B2"))
    junk: Any = "A1"
    calls: tuple[tuple[str, Callable[[], object]], ...] = (
        ("before", lambda: booked(another, office.dossier, at=AT)),
        ("before", lambda: booked(junk, office.dossier, at=AT)),
        ("after", lambda: booked(None, junk, at=AT)),
        ("at", lambda: booked(None, office.dossier, at=junk)),
    )
    for field, call in calls:
        with pytest.raises(InvalidValueError) as refused_:
            call()
        assert refused_.value.field == field
    with pytest.raises(NaiveDatetimeError):
        booked(None, office.dossier, at=AT.replace(tzinfo=None))


def test_what_is_refused_is_not_booked() -> None:
    office = sold()
    before = office.book
    with pytest.raises(IllegalTransitionError):
        office.do(expired)
    assert office.book is before
    assert office.at == AT < AT + timedelta(minutes=1)
