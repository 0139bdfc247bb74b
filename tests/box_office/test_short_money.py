"""Money that is seen to be less than it was, and the rest that comes in another way."""

from box_office.offices import ORGANIZER, Office

from paidevents import Money
from paidevents.box_office import flows
from paidevents.lifecycle import OrderState, PaymentState
from paidevents.ports import PaymentRequest


def euros(text: str) -> Money:
    return Money.of(text, "EUR")


def test_what_a_paid_order_lacks_can_come_with_another_payment() -> None:
    """20.00 were paid, then seen as 15.00. 5.00 come by card, of which nobody here had known: nothing is missing."""
    office = Office(card="card:live")
    office.publish()
    order = office.reserve()
    office.run(flows.checkout(order.id, provider="bank_transfer"))
    (first,) = office.dossier(order.id).payments
    office.run(flows.record_payment(order.id, first.id, euros("20.00"), by=ORGANIZER))
    office.run(flows.record_payment(order.id, first.id, euros("15.00"), by=ORGANIZER))
    card = office.world.card
    request = PaymentRequest(reference=order.id, payment="other", amount=euros("5.00"), description="The rest")
    # The host began it there by itself.
    card.pay(card.start(request, key="other:1"))
    assert set(office.deliver()) == {200}
    after = office.dossier(order.id)
    states = [payment.state for payment in after.payments]
    assert (after.order.state, states) == (OrderState.PAID, [PaymentState.REVIEW, PaymentState.PAID])
    assert (after.received, after.refunds) == (euros("20.00"), ())


def test_a_part_of_a_price_goes_back_when_the_places_do() -> None:
    """5.00 of 20.00 came, and the rest never: once nothing is held, 5.00 are on their way back."""
    office = Office(card="card:live")
    office.publish()
    order = office.reserve()
    card = office.world.card
    request = PaymentRequest(reference=order.id, payment="other", amount=euros("5.00"), description="A part")
    card.pay(card.start(request, key="other:1"))
    office.deliver()
    assert (office.dossier(order.id).order.state, office.dossier(order.id).received) == (OrderState.HELD, euros("5.00"))
    office.world.clock.advance(hours=1)
    office.run(flows.reconcile())
    after = office.dossier(order.id)
    assert (after.order.state, after.received) == (OrderState.EXPIRED, euros("0.00"))
    assert [(str(one.amount), one.purpose.value, one.state.value) for one in after.refunds] == [
        ("5.00 EUR", "surplus", "succeeded")
    ]
