"""Places given up, and money given back."""

from collections.abc import Sequence

from paidevents.access.admission import recognised
from paidevents.access.roles import Action
from paidevents.access.tokens import TOKEN_NOT_VALID, Purpose, Token
from paidevents.box_office.asking_store import Find
from paidevents.box_office.asks import Flow, Key, ask, flow, run
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.flows.performing import afterwards
from paidevents.box_office.flows.settling import look
from paidevents.box_office.flows.waiting import offer_next
from paidevents.cancellation.due import CancellationDue
from paidevents.catalog.cancellation import Cause
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.checks import of_kind, optional, text
from paidevents.errors import NotAllowedError
from paidevents.lifecycle.refund import RefundTrigger
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.payments.refund import RefundPurpose
from paidevents.ports.dossier import Dossier
from paidevents.registration.deciding import given_back
from paidevents.registration.leaving import called_off, cancelled
from paidevents.registration.order import Order
from paidevents.registration.refunding import refund_preview


@flow
def preview(
    order: str,
    registrations: Sequence[str] | None = None,
    *,
    share: Rate | None = None,
    cause: Cause = Cause.BUYER,
    by: Actor = SYSTEM,
) -> Flow[tuple[CancellationDue, ...]]:
    """
    What would be given back if places were given up now: the same objects as when they are.

    Args:
        order: Id of the order.
        registrations: Whose places; None for all that are left.
        share: The organizer's choice, where it is more than what was promised.
        cause: Whose wish or fault it is.
        by: Who asks.

    Raises:
        NotAllowedError: Not their order.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.
    """
    work = yield from work_on(order, by, Action.SEE_REGISTRATION)
    return refund_preview(work.order, work.plan, registrations, at=work.at, cause=cause, share=share)


@flow
def cancel(
    order: str, registrations: Sequence[str] | None = None, *, share: Rate | None = None, by: Actor
) -> Flow[Order]:
    """
    Give places up. What is given back is what was promised when they were bought; `preview` shows it.

    Args:
        order: Id of the order.
        registrations: Whose places; None for all that are left.
        share: The organizer's choice, where it is more than what was promised (GT-28).
        by: Who cancels.

    Raises:
        NotAllowedError: Not their order; or an attendee chooses the share.
        IllegalTransitionError: It is too late, or one of them has no place any more; all keep theirs.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.

    Source:
        GT-27, GT-28.
    """
    after = yield from run(_cancelled(order, registrations, share, by))
    yield from afterwards(order)
    yield from offer_next(after.event)
    return after


@flow
def _cancelled(order: str, registrations: Sequence[str] | None, share: Rate | None, by: Actor) -> Flow[Order]:
    chooses = optional(of_kind(Rate))(share, "share") is not None
    work = yield from work_on(order, by, Action.REFUND if chooses else Action.CANCEL_REGISTRATION)
    work.decided(cancelled(work.order, work.plan, registrations, at=work.at, by=by, share=share))
    yield from written(work)
    return work.order


@flow
def cancel_by_link(pass_id: str, token: Token | str) -> Flow[Order]:
    """
    The holder of a personal link gives up the place that it is for (GT-27).

    Raises:
        NotAllowedError: The link is not valid, for whatever reason.
        IllegalTransitionError: It is too late, or the place was given up before.
        InvalidValueError: An argument of another kind.
    """
    after = yield from run(_cancelled_by_link(pass_id, token))
    yield from afterwards(after.id)
    yield from offer_next(after.event)
    return after


@flow
def _cancelled_by_link(pass_id: str, token: Token | str) -> Flow[Order]:
    found = yield from ask(Find(Dossier, "pass", text(pass_id, "pass_id"), limit=1))
    key = yield from ask(Key())
    if not found:
        raise NotAllowedError((TOKEN_NOT_VALID,))
    work = yield from work_on(found[0].record.id)
    had = next((one for one in work.dossier.passes if one.id == pass_id), None)
    holder = recognised(had, key, Purpose.CANCEL, token, work.plan.event)
    work.by = Actor(Role.ATTENDEE, work.dossier.account or holder.registration_id)
    work.decided(cancelled(work.order, work.plan, [holder.registration_id], at=work.at, by=work.by))
    yield from written(work)
    return work.order


@flow
def take_back(order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Flow[Order]:
    """
    Take places back for a reason of the organizer's: all that was paid for them is given back or owed.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: One of them has no place any more; all keep theirs.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.
    """
    after = yield from run(_taken_back(order, registrations, by))
    yield from afterwards(order)
    yield from offer_next(after.event)
    return after


@flow
def _taken_back(order: str, registrations: Sequence[str] | None, by: Actor) -> Flow[Order]:
    work = yield from work_on(order, by, Action.DECIDE_ON_PARTICIPANTS)
    work.decided(called_off(work.order, work.plan, registrations, at=work.at, by=by))
    yield from written(work)
    return work.order


@flow
def refund(order: str, amount: Money | None = None, *, by: Actor) -> Flow[Order]:
    """
    Give money back: what is owed, or besides that some amount out of goodwill, and nobody loses a place.

    Args:
        order: Id of the order.
        amount: How much, out of goodwill; None to ask the providers for all that is owed (CM-21).
        by: Who gives it.

    Raises:
        NotAllowedError: Not theirs to give.
        RefundRefusedError: It is more than what is left.
        ProviderError: A provider does not say what was given back there already; nothing is given.
        IllegalTransitionError: Of a payment more is owed than is left, for it was lost: see `drop_refund`.
        InvalidValueError: An argument that cannot be.
        CurrencyMismatchError: *amount* is in another currency.
    """
    chosen = optional(of_kind(Money))(amount, "amount")
    yield from work_on(order, by, Action.REFUND)
    yield from run(look(order))  # what a person gave back there meanwhile is not given a second time
    after = yield from run(_refunded(order, chosen, by))
    yield from afterwards(order)
    return after


@flow
def _refunded(order: str, amount: Money | None, by: Actor) -> Flow[Order]:
    work = yield from work_on(order, by, Action.REFUND)
    if amount is not None:
        received = work.dossier.received
        numbers = [one.quote for one in work.order.registrations if one.is_settled and not one.is_waived]
        quote = max(numbers, default=0)
        work.decided(given_back(work.order, amount, received=received, quote=quote), RefundPurpose.GOODWILL)
    for owed in work.dossier.refunds:
        if owed.is_owed and not work.dossier.payment(owed.payment).is_disputed:
            work.ask_for(owed)
    yield from written(work)
    return work.order


@flow
def drop_refund(order: str, refund: str, *, by: Actor) -> Flow[Order]:
    """
    Note that organizer and buyer settled a refund in another way; it is no longer owed.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: It is not owed.
        InvalidValueError: An unknown refund, or an argument that cannot be.
    """
    work = yield from work_on(order, by, Action.REFUND)
    one = work.dossier.refund(refund)
    work.dossier = work.dossier.with_refund(one.moved(RefundTrigger.DROP, at=work.at, by=str(by)))
    yield from written(work)
    return work.order
