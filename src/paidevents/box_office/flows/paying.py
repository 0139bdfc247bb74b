"""How an order comes to be paid: a payment is begun with a provider, under a key that was committed first."""

from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asking_tills import RuleOf, Till, TillOf, TillsNamed
from paidevents.box_office.asks import Flow, ask, flow, run
from paidevents.box_office.checkout import Checkout
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.flows.performing import afterwards, claim, done
from paidevents.box_office.flows.starting import page_closes_at
from paidevents.box_office.work import Work
from paidevents.catalog.decisions import Approval, Capture
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import text_or_nothing
from paidevents.errors import (
    AmountRefusedError,
    OutcomeUnknownError,
    PaidEventsError,
    PaymentDeclinedError,
    ProviderUnavailableError,
    RefusedError,
    RequestRejectedError,
    SaleClosedError,
)
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PaymentState
from paidevents.money.amount import Money
from paidevents.payments.payment import Payment
from paidevents.payments.snapshot import web_address
from paidevents.ports.connection import Connection, base_name, connection_id, is_live
from paidevents.ports.obligation import FIRST_WAIT, LEASE, Obligation, Task
from paidevents.ports.provider import Capability
from paidevents.ports.records import Stored, account_key
from paidevents.reason import Reason
from paidevents.registration.leaving import cancelled

ORDER_IS_OVER = Reason("order_is_over", "The places are no longer held; please choose again.")
NO_WAY_TO_PAY = Reason("no_way_to_pay", "Nothing can be paid with {provider} here.")
PAYS_ANOTHER_PRICE = Reason(
    "pays_another_price", "With {provider} the total would be another one; please choose again."
)
PROVIDER_REFUSES = Reason("provider_refuses", "{provider} does not take this payment; the places were let go.")


@flow
def checkout(
    order: str, *, provider: str = "", return_url: str = "", cancel_url: str = "", by: Actor = SYSTEM
) -> Flow[Checkout]:
    """
    Begin the payment of an order, of a change or of an offer. Asked again, the same payment is shown.

    The hold is extended to the time for which the provider's page stays open, and a little more.

    Args:
        order: Id of the order.
        provider: Whom to pay with, with or without its mode; empty for the one that the price was made for.
        return_url: Where the buyer's browser goes afterwards.
        cancel_url: Where it goes if the buyer gives up.
        by: Who does it.

    Returns:
        Where to pay; or that nothing is left to pay; or, if the provider does not answer, when to ask again.

    Raises:
        NotFoundError: There is no such order.
        SaleClosedError: Its places are no longer held.
        AmountRefusedError: The provider cannot take the amount.
        RefusedError: Nothing can be paid with this provider, the price would be another one, or the
            provider does not take the payment; then the places are let go.
        PaymentDeclinedError: The buyer's means of payment was declined; another try may work.
        IllegalTransitionError: The places cannot be held as long as the provider's page stays open.
        ProviderUnavailableError: The account that the money goes to is not there just now.
        InvalidValueError: An argument that cannot be.
    """
    addresses = web_address(return_url, "return_url"), web_address(cancel_url, "cancel_url")
    begun = yield from run(_begun(order, text_or_nothing(provider, "provider"), addresses, by))
    if begun is None:
        return Checkout(order=order, amount=(yield from _nothing(order)))
    payment, claimed = begun
    error: PaidEventsError | None = None
    if claimed is not None:
        error = yield from done(claimed)
    yield from afterwards(order)
    return (yield from _shown(order, payment, error))


def _nothing(order: str) -> Flow[Money]:
    work = yield from work_on(order)
    return Money.zero(work.order.currency)


@flow
def _begun(
    order: str, provider: str, addresses: tuple[str, str], by: Actor
) -> Flow[tuple[str, Stored[Obligation] | None] | None]:
    """The payment to be shown, with what has to be done first; None if nothing is left to pay."""
    work = yield from work_on(order, by)
    due = work.order.asked - work.dossier.received
    if work.order.state is OrderState.PAID and due.minor <= 0:
        return None
    if work.dossier.due_at is None or work.dossier.due_at <= work.at:
        raise SaleClosedError((ORDER_IS_OVER,))
    till = yield from _till(work, provider)
    rule = yield from ask(RuleOf(till.provider, till.account, due.currency))
    if rule is None:
        raise RefusedError((NO_WAY_TO_PAY.given(provider=base_name(till.provider)),))
    if refusals := rule.refusals(due):
        raise AmountRefusedError(refusals)
    for payment in reversed(work.dossier.payments):
        if payment.state in (PaymentState.PENDING, PaymentState.AUTHORIZED):
            return payment.id, None  # it is on its way: nobody is to pay twice
        if payment.state not in (PaymentState.STARTING, PaymentState.OPEN):
            continue
        if (payment.provider, payment.account, payment.amount) == (till.provider, till.account, due):
            return payment.id, (yield from _unanswered(payment))
        if payment.state is PaymentState.OPEN:
            work.void(payment)
    made = yield from _started(work, till, due, addresses)
    yield from written(work)
    return made.subject, Stored(made, 1)


def _unanswered(payment: Payment) -> Flow[Stored[Obligation] | None]:
    """The start of a payment that nobody has answered and nobody is at; None if there is an address."""
    if payment.state is PaymentState.OPEN:
        return None
    after = ""
    while page := (yield from ask(Find(Obligation, "order", payment.order, after))):
        for stored in page:
            if stored.record.task is Task.START and stored.record.subject == payment.id:
                return (yield from claim(stored.record.id, retry=True))
        after = page[-1].record.id
    return None


def _started(work: Work, till: Till, due: Money, addresses: tuple[str, str]) -> Flow[Obligation]:
    """A new payment and the call that starts it, claimed by us; and the places held that long."""
    order, event = work.order, work.plan.event
    closes_at = page_closes_at(work, till.limits)
    connection = yield from ask(Get(Connection, connection_id(work.listing.record.organizer, till.provider)))
    later = event.policy.approval is Approval.MANUAL and event.policy.capture is Capture.ON_APPROVAL
    payment = Payment(
        id=f"{order.id}-p{len(work.dossier.payments) + 1}",
        order=order.id,
        provider=till.provider,
        account=till.account,
        amount=due,
    )
    work.dossier = work.dossier.with_payment(payment)
    values = {
        "description": event.title,
        **_signed(None if connection is None else connection.record),
        "return_url": addresses[0],
        "cancel_url": addresses[1],
        "expires_at": closes_at.isoformat(),
        "capture_later": "yes" if later and Capability.MANUAL_CAPTURE in till.capabilities else "",
    }
    work.owe(Task.START, payment.id, key=payment.key, values=values, claimed=True)
    return work.obligations[-1]


def _signed(connection: Connection | None) -> dict[str, str]:
    """How the organizer is named to who pays (CM-29)."""
    if connection is None:
        return dict.fromkeys(("statement", "short_statement", "support"), "")
    return {
        "statement": connection.statement,
        "short_statement": connection.short_statement,
        "support": connection.support,
    }


def _till(work: Work, wanted: str) -> Flow[Till]:
    """The account that the money goes to: that of the organizer's connection, or the only one that is nobody's."""
    event, quotes = work.plan.event, work.order.quotes
    priced_for = (work.order.change.quote if work.order.change else quotes[-1]).provider if quotes else None
    names = [provider.name for provider in event.providers]
    name = wanted or priced_for or next(iter(names), "")
    base = base_name(name)
    refused = RefusedError((NO_WAY_TO_PAY.given(provider=base),))
    if names and base not in names:
        raise refused
    quote = work.order.change.quote if work.order.change else quotes[-1]
    if base != priced_for and base in quote.differs:
        raise RefusedError((PAYS_ANOTHER_PRICE.given(provider=base),))
    connection = yield from ask(Get(Connection, connection_id(work.listing.record.organizer, base)))
    if connection is not None:
        one = connection.record
        if not one.is_connected:
            raise refused
        return (yield from ask(TillOf(one.provider, one.account)))
    named = yield from ask(TillsNamed(base))
    theirs = set()
    for where in named:
        # An account that somebody connected is theirs: nobody else's money goes there.
        if (yield from ask(Find(Connection, "account", account_key(*where), limit=1))):
            theirs.add(where)
    known = [where for where in named if where not in theirs]
    chosen = [where for where in known if ":" not in name or where[0] == name]
    # Where real money can be taken, what is only a test takes none, whatever a buyer asks for.
    tests = not any(is_live(each) for each, _ in known)
    if len(chosen) != 1 or not (tests or is_live(chosen[0][0])):
        raise refused
    return (yield from ask(TillOf(*chosen[0])))


def _shown(order: str, payment: str, error: PaidEventsError | None) -> Flow[Checkout]:
    """What the buyer sees of a payment that was begun."""
    work = yield from work_on(order)
    one = work.dossier.payment(payment)
    if one.state is PaymentState.FAILED:
        if isinstance(error, RequestRejectedError):
            yield from run(_given_up(order))
            raise RefusedError((PROVIDER_REFUSES.given(provider=base_name(one.provider)),))
        if isinstance(error, PaymentDeclinedError):
            raise error
    seen = one.snapshot
    waits = isinstance(error, OutcomeUnknownError | ProviderUnavailableError) or one.state is PaymentState.STARTING
    return Checkout(
        order=order,
        payment=payment,
        amount=one.amount if one.state is not PaymentState.PAID else Money.zero(one.amount.currency),
        url="" if seen is None else seen.url,
        instructions="" if seen is None else seen.instructions,
        expires_at=None if seen is None else seen.expires_at,
        retry_after=max(FIRST_WAIT, LEASE) if waits else None,
    )


@flow
def _given_up(order: str) -> Flow[None]:
    """Let go of the places of an order that cannot be paid, unless it can in another way."""
    work = yield from work_on(order)
    others = any(one.state in (PaymentState.OPEN, PaymentState.PENDING) for one in work.dossier.payments)
    if work.order.state is OrderState.HELD and not others and not work.dossier.received:
        work.decided(cancelled(work.order, work.plan, at=work.at, by=SYSTEM))
        yield from written(work)
