"""What comes is not what was due: less, more, in another currency, or to the bank (traps 6 and 9)."""

import pytest
from box_office.both_sides import balances, books, on_sale, payments, record, refunds, taken, wrong
from box_office.offices import ORGANIZER, Office

from paidevents import EUR, USD, Money
from paidevents.box_office import flows
from paidevents.errors import CurrencyMismatchError, IllegalTransitionError, RefusedError
from paidevents.lifecycle import OrderState
from paidevents.ports import MessageKind


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def paid_otherwise(amount: Money) -> tuple[Office, str, str]:
    """An order of 20.00 of which so much came; the order, and the payment."""
    office = on_sale()
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    office.world.card.pay_in_another_currency(shown.url, amount)
    assert office.deliver() == [200, 200]
    return office, order, shown.payment


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (euros("0.01"), "short"),
        (euros("19.99"), "short"),
        (euros("20.01"), "over"),
        (Money.of("20.00", USD), "wrong_currency"),
    ],
)
def test_what_is_not_as_due_pays_for_nothing_until_a_person_has_decided(amount: Money, why: str) -> None:
    office, order, _ = paid_otherwise(amount)
    came = str(amount.decimal)
    assert (books(office), payments(office, order)) == ([f"paid {came}"], ["p1 review"])
    assert (office.dossier(order).order.state, office.dossier(order).passes) == (OrderState.HELD, ())
    assert balances(office, order) == {"provider": came, "surplus": f"-{came}"}
    (asked,) = office.world.outbox.of(MessageKind.DECISION_NEEDED)
    assert (asked.account, dict(asked.values)["why"]) == ("42", why)
    assert wrong(office) == []


def test_less_is_accepted_and_what_is_missing_is_forgiven() -> None:
    office, order, payment = paid_otherwise(euros("15.00"))
    after = office.run(flows.accept_payment(order, payment, by=ORGANIZER))
    assert (after.state, after.due) == (OrderState.PAID, euros("15.00"))
    assert (books(office), payments(office, order)) == (["paid 15.00"], ["p1 paid"])
    assert balances(office, order) == {"provider": "15.00", "organizer": "-15.00"}
    assert office.told() == ["decision_needed", "confirmation"]
    assert wrong(office) == []


def test_more_is_accepted_and_what_is_too_much_goes_back() -> None:
    office, order, payment = paid_otherwise(euros("25.00"))
    assert office.run(flows.accept_payment(order, payment, by=ORGANIZER)).state is OrderState.PAID
    assert (books(office), refunds(office, order)) == (["paid 25.00 -5.00 succeeded"], ["p1 -5.00 surplus succeeded"])
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []


def test_another_currency_can_only_be_given_back() -> None:
    office, order, payment = paid_otherwise(Money.of("20.00", USD))
    with pytest.raises(CurrencyMismatchError):
        office.run(flows.accept_payment(order, payment, by=ORGANIZER))
    assert payments(office, order) == ["p1 review"]
    office.run(flows.decline_payment(order, payment, by=ORGANIZER))
    assert (books(office), balances(office, order)) == (["paid 20.00 -20.00 succeeded"], {})
    assert office.dossier(order).refunds[0].amount == Money.of("20.00", USD)
    assert wrong(office) == []


@pytest.mark.parametrize("amount", [euros("15.00"), euros("25.00")])
def test_what_is_declined_goes_back_whole_and_the_order_waits_for_another_payment(amount: Money) -> None:
    office, order, payment = paid_otherwise(amount)
    assert office.run(flows.decline_payment(order, payment, by=ORGANIZER)).state is OrderState.HELD
    assert books(office) == [f"paid {amount.decimal} -{amount.decimal} succeeded"]
    assert refunds(office, order) == [f"p1 -{amount.decimal} not_as_due succeeded"]
    assert office.pay(order).order.state is OrderState.PAID
    assert payments(office, order) == ["p1 paid", "p2 paid"]
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []


def test_a_decision_is_made_once() -> None:
    office, order, payment = paid_otherwise(euros("15.00"))
    office.run(flows.accept_payment(order, payment, by=ORGANIZER))
    for again in (flows.accept_payment, flows.decline_payment):
        with pytest.raises(IllegalTransitionError):
            office.run(again(order, payment, by=ORGANIZER))
    assert books(office) == ["paid 15.00"]


def test_more_is_accepted_after_the_places_had_gone_back_and_they_are_taken_again() -> None:
    office, order, payment = paid_otherwise(euros("25.00"))
    office.world.clock.advance(hours=1)
    office.run(flows.reconcile())
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 0)
    assert office.run(flows.accept_payment(order, payment, by=ORGANIZER)).state is OrderState.PAID
    assert (books(office), taken(office)) == (["paid 25.00 -5.00 succeeded"], 1)
    assert refunds(office, order) == ["p1 -5.00 late succeeded"]
    assert wrong(office) == []


def test_more_is_accepted_when_the_places_are_somebody_elses_and_all_of_it_goes_back() -> None:
    office, order, payment = paid_otherwise(euros("25.00"))
    office.world.clock.advance(hours=1)
    office.run(flows.reconcile())
    office.sell(3)
    assert office.run(flows.accept_payment(order, payment, by=ORGANIZER)).state is OrderState.EXPIRED
    assert (books(office)[0], taken(office)) == ("paid 25.00 -25.00 succeeded", 3)
    assert wrong(office) == []


def transfer() -> tuple[Office, str, str]:
    """An order of 20.00 that is to be paid by bank transfer."""
    office = on_sale()
    order = office.reserve().id
    shown = office.run(flows.checkout(order, provider="bank_transfer"))
    assert (shown.url, "20.00" in shown.instructions) == ("", True)
    return office, order, shown.payment


def test_a_transfer_comes_in_two_parts_and_the_second_makes_it_whole() -> None:
    """5.00 and then 15.00: what is recorded is always all of it so far."""
    office, order, payment = transfer()
    assert record(office, order, payment, euros("5.00")).state is OrderState.HELD
    assert (payments(office, order), balances(office, order)) == (
        ["p1 review"],
        {"provider": "5.00", "surplus": "-5.00"},
    )
    assert record(office, order, payment, euros("20.00")).state is OrderState.PAID
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert office.dossier(order).payments[0].history[-1].by == "organizer:42"
    assert wrong(office) == []


def test_a_transfer_of_too_much_is_accepted_and_the_rest_is_paid_out_by_hand() -> None:
    office, order, payment = transfer()
    record(office, order, payment, euros("25.00"), fee=euros("0.20"))
    office.run(flows.accept_payment(order, payment, by=ORGANIZER))
    assert refunds(office, order) == ["p1 -5.00 surplus pending"]
    assert balances(office, order) == {
        "provider": "25.00",
        "organizer": "-19.80",
        "provider_fees": "-0.20",
        "surplus": "-5.00",
    }
    office.run(flows.record_refund(order, f"{order}-r1", by=ORGANIZER))
    assert refunds(office, order) == ["p1 -5.00 surplus succeeded"]
    assert balances(office, order) == {"provider": "20.00", "organizer": "-19.80", "provider_fees": "-0.20"}
    assert office.told()[-1] == "money_returned"
    assert wrong(office) == []


def test_what_the_provider_tells_is_not_recorded_by_hand() -> None:
    office, order, payment = paid_otherwise(euros("15.00"))
    with pytest.raises(RefusedError, match="card:test takes"):
        office.run(flows.record_payment(order, payment, euros("20.00"), by=ORGANIZER))
    office.run(flows.decline_payment(order, payment, by=ORGANIZER))
    with pytest.raises(RefusedError, match="card:test takes"):
        office.run(flows.record_refund(order, f"{order}-r1", by=ORGANIZER))
    assert wrong(office) == []
