"""Both sides of the till: what the provider's books say, what ours do, and what has to hold between them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from attrs import evolve
from box_office.offices import ORGANIZER, Office, talk

from paidevents import Money
from paidevents.box_office import flows
from paidevents.catalog import LatePayment, Listing, Policy, Provider
from paidevents.errors import CommitUnknownError
from paidevents.ledger import Account
from paidevents.lifecycle import OrderState, RegistrationState
from paidevents.money import Currency
from paidevents.payments import DisputeStatus, RefundStatus, Snapshot, Status
from paidevents.ports import Commit, Dossier, Obligation, Store
from paidevents.pricing.counters import EVENT
from paidevents.providers import FakeProvider
from paidevents.registration import Order
from paidevents.stores import MemoryStore
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import START, VirtualClock


def on_sale(office: Office | None = None, **changed: Any) -> Office:
    """An office with the talk for three at 20.00 on sale, or with one as it is *changed*."""
    given = office or Office()
    given.publish(talk(**changed))
    return given


# The names of all flows.
FLOWS: list[str] = sorted(import_module("paidevents.box_office.flows").__all__)

# The talk as it is stored once it is on sale: of hundreds of worlds, not each has to check it again.
LISTED = Listing(event=talk(), organizer="42").scheduled(at=START, by=ORGANIZER, is_sound=True)[1]


class Unsure(MemoryStore):
    """A store whose answers get lost: what is committed is, or is not, and nobody here knows."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: list[bool] = []

    def commit(self, commit: Commit) -> None:
        is_written = self.lost.pop(0) if self.lost else None
        if is_written is not False:
            super().commit(commit)
        if is_written is not None:
            raise CommitUnknownError(commit.id)


def quick(store: Store | None = None, **changed: Any) -> Office:
    """An office with the talk on sale, or with one as it is *changed*, in less time."""
    office = Office(store=store)
    listed = evolve(LISTED, event=talk(**changed)) if changed else LISTED
    office.world.store.commit(Commit(id="listed", inserts=(listed,)))
    return office


def with_till(**changed: Any) -> tuple[Office, FakeProvider]:
    """An office with another provider besides, which is called "own"; the talk is paid with it."""
    clock = VirtualClock()
    own = FakeProvider("own:test", clock=clock, **changed)
    return on_sale(Office(providers=[own], clock=clock), providers=[Provider(name="own")]), own


def late(policy: LatePayment) -> Policy:
    return Policy(late_payments=policy)


def books(office: Office) -> list[str]:
    """Each payment in the card provider's books: where it stands, what came of it, and what went back."""
    return [
        " ".join(
            (one.status.value, *came(one), *(f"-{back.amount.decimal} {back.status.value}" for back in one.refunds))
        )
        for one in office.world.card.payments()
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


def wait(office: Office, *minutes: int) -> None:
    """Time goes on, and everything is set right after each of these."""
    for each in minutes:
        office.world.clock.advance(minutes=each)
        office.run(flows.reconcile())


def taken(office: Office) -> int:
    """How many places of the talk are taken."""
    return office.world.store.taken("talk", [EVENT]).get(EVENT, 0)


def record(office: Office, order: str, payment: str, received: Money, **more: Any) -> Order:
    """So much was seen on the bank's statement, in all, and is recorded."""
    office.world.log.saw(payment, received)
    return office.run(flows.record_payment(order, payment, received, by=ORGANIZER, **more))


def resend(office: Office, index: int = -1) -> int:
    """A notification once more, signed anew, as it comes when it was not answered; what is answered now."""
    headers, body = office.world.card.resend(index)
    return receive(office, headers, body)


def receive(office: Office, headers: Mapping[str, str], body: bytes) -> int:
    """What is answered to a notification of the card provider's."""
    card = office.world.card
    return office.run(flows.receive(card.name, headers, body, account=card.account))


def stuck(office: Office) -> list[str]:
    """What only a person can go on with."""
    found = office.world.store.find(Obligation, "stuck", "talk")
    return [f"{one.record.task.value} {one.record.stuck}" for one in found]


def wrong(office: Office) -> list[str]:
    """What is not as it has to be when all is quiet, beginning with the provider's books; nothing, if all is well."""
    again = office.run(flows.reconcile())
    found = [f"reconciled again: {again}"] if again.changes or again.failed else []
    every = office.run(flows.dossiers("talk", by=ORGANIZER))
    book = office.run(flows.book("talk", by=ORGANIZER))
    found += [f"{one.id} does not balance" for one in book.entries if sum(each.amount.minor for each in one.postings)]
    for one in every:
        parties = book.by_party(Account.PROVIDER, one.id).items()
        entered = {
            currency: names[office.world.card.name].minor for currency, names in parties if _has_card(office, names)
        }
        if entered != dict(_at_card(office, one.id)):
            found.append(f"{one.id}: entered are {entered}")
        found += _wrong(one)
    places = sum(bool(it.units) for one in every for it in one.order.active)
    found += [f"{taken(office)} places are taken, and {places} are somebody's"] if taken(office) != places else []
    return [*found, *broken_promises(office.world, office.world.log)]


def _has_card(office: Office, parties: Mapping[str, Money]) -> bool:
    return bool(parties.get(office.world.card.name))


def _at_card(office: Office, order: str) -> Counter[Currency]:
    """What lies with the card provider for an order, by its own books, in minor units."""
    lies = Counter[Currency]()
    for seen in office.world.card.payments():
        if seen.reference == order and seen.received is not None:
            lies[seen.received.currency] += _left(seen)
    return +lies


def _left(seen: Snapshot) -> int:
    if (
        seen.status is not Status.PAID
        or seen.received is None
        or seen.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST)
    ):
        return 0
    back = (refund.amount.minor for refund in seen.refunds if refund.status is RefundStatus.SUCCEEDED)
    return seen.received.minor - sum(back)


def _wrong(one: Dossier) -> Iterator[str]:
    """Who is let in has paid, and no order that is over has anybody."""
    order = one.order
    confirmed = [it for it in order.registrations if it.state is RegistrationState.CONFIRMED]
    is_paid = order.state is OrderState.PAID
    if is_paid and one.received < order.due and not any(payment.is_disputed for payment in one.payments):
        yield f"{order.id} is paid with {one.received} of {order.due}"
    if not is_paid and not all(it.is_waived for it in confirmed):
        yield f"{order.id} is {order.state.value}, and somebody is confirmed"
    if not {pass_.id for pass_ in one.passes if not pass_.refusals} <= {it.id for it in confirmed}:
        yield f"{order.id}: a pass is good of somebody who is not confirmed"
