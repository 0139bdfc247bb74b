"""Both sides of the till: what the provider's books say, what ours do, and what has to hold between them."""

from collections.abc import Iterator
from typing import Any

from box_office.offices import ORGANIZER, Office, talk

from paidevents import Money
from paidevents.box_office import flows
from paidevents.catalog import LatePayment, Policy
from paidevents.errors import RequestRejectedError
from paidevents.ledger import Account
from paidevents.lifecycle import OrderState, RegistrationState
from paidevents.payments import DisputeStatus, PaymentRef, RefundStatus, Snapshot, Status
from paidevents.ports import Dossier, Obligation
from paidevents.pricing.counters import EVENT


def on_sale(office: Office | None = None, **changed: Any) -> Office:
    """An office with the talk for three at 20.00 on sale, or with one as it is *changed*."""
    given = office or Office()
    given.publish(talk(**changed))
    return given


def late(policy: LatePayment) -> Policy:
    return Policy(late_payments=policy)


def snapshots(office: Office) -> Iterator[Snapshot]:
    """Every payment in the card provider's books, the oldest first."""
    card, number = office.world.card, 1
    while True:
        try:
            yield card.fetch(PaymentRef(card.name, card.account, f"cs_{number}"))
        except RequestRejectedError:
            return
        number += 1


def books(office: Office) -> list[str]:
    """Each payment in the card provider's books: where it stands, what came of it, and what went back."""
    return [
        " ".join((one.status.value, *came(one), *(f"-{back.amount.decimal} {back.status.value}" for back in one.refunds)))
        for one in snapshots(office)
    ]


def came(one: Snapshot) -> list[str]:
    dispute = [] if one.dispute is None else [f"dispute {one.dispute.value}"]
    return [*([] if one.received is None else [str(one.received.decimal)]), *dispute]


def payments(office: Office, order: str) -> list[str]:
    """Each payment of an order in our records: its id and where it stands."""
    return [f"{one.id.removeprefix(order)[1:]} {one.state.value}" for one in office.dossier(order).payments]


def refunds(office: Office, order: str) -> list[str]:
    """Each refund of an order in our records: how much of which payment, why, and where it stands."""
    return [
        f"{one.payment.removeprefix(order)[1:]} -{one.amount.decimal} {one.purpose.value} {one.state.value}"
        for one in office.dossier(order).refunds
    ]


def balances(office: Office, order: str) -> dict[str, str]:
    """The accounts of an order's ledger in which there is something, in euros."""
    found = office.run(flows.book("talk", by=ORGANIZER)).balances(order)
    every = [(account, amount) for one in found.values() for account, amount in one.items() if amount]
    return {account.value: str(amount.decimal) for account, amount in every}


def taken(office: Office) -> int:
    """How many places of the talk are taken."""
    return office.world.store.taken("talk", [EVENT]).get(EVENT, 0)


def stuck(office: Office) -> list[str]:
    """What only a person can go on with."""
    found = office.world.store.find(Obligation, "stuck", "talk")
    return [f"{one.record.task.value} {one.record.stuck}" for one in found]


def audit(office: Office) -> None:
    """What has to hold when all is quiet, beginning with the provider's books."""
    again = office.run(flows.reconcile())
    assert (again.changes, again.failed) == (0, ()), again
    every = office.run(flows.dossiers("talk", by=ORGANIZER))
    book = office.run(flows.book("talk", by=ORGANIZER))
    for one in book.entries:
        assert not sum(posting.amount.minor for posting in one.postings)
    lies = {order: balance.minor for order, balance in _with_card(office, [one.id for one in every])}
    assert lies == {order: minor for order, minor in _at_card(office, every)}
    assert taken(office) == sum(len([it for it in one.order.active if it.units]) for one in every)
    for one in every:
        _check(one)


def _at_card(office: Office, every: tuple[Dossier, ...]) -> Iterator[tuple[str, int]]:
    """What lies with the card provider for each order, by its own books, in minor units."""
    found = list(snapshots(office))
    for one in every:
        yield one.id, sum(_left(seen) for seen in found if seen.reference == one.id)


def _left(seen: Snapshot) -> int:
    if seen.status is not Status.PAID or seen.received is None or seen.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
        return 0
    back = (refund.amount.minor for refund in seen.refunds if refund.status is RefundStatus.SUCCEEDED)
    return seen.received.minor - sum(back)


def _with_card(office: Office, orders: list[str]) -> Iterator[tuple[str, Money]]:
    """What lies with the card provider for each order, by our ledger."""
    book = office.run(flows.book("talk", by=ORGANIZER))
    for order in orders:
        currency = office.dossier(order).order.currency
        parties = book.by_party(Account.PROVIDER, order).get(currency, {})
        yield order, parties.get(office.world.card.name, Money.zero(currency))


def _check(one: Dossier) -> None:
    """Who is let in has paid, and no order that is over has anybody."""
    order = one.order
    confirmed = [it for it in order.registrations if it.state is RegistrationState.CONFIRMED]
    if order.state is OrderState.PAID:
        assert one.received >= order.due or any(payment.is_disputed for payment in one.payments)
    else:
        assert all(it.is_waived for it in confirmed)
    good = {pass_.id for pass_ in one.passes if not pass_.refusals}
    assert good <= {it.id for it in confirmed}
