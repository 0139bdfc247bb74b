"""What the organizer decides about people, whatever they paid (CM-20, GT-22)."""

from collections.abc import Sequence

from paidevents.access.roles import Action
from paidevents.box_office.asks import Flow, flow, run
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.flows.performing import afterwards
from paidevents.box_office.flows.waiting import offer_next
from paidevents.catalog.people import Actor
from paidevents.registration.deciding import approved
from paidevents.registration.leaving import refused
from paidevents.registration.order import Order


@flow
def approve(order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Flow[Order]:
    """
    Let people in: those who wait for it, and those who have not paid, whose debt is waived.

    Where money is only set aside, it is taken first, and they are let in when it has come.

    Args:
        order: Id of the order.
        registrations: Whose places; None for all that wait for it.
        by: Who lets them in; it is recorded.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: One of them cannot be let in; nobody is.
        InvalidValueError: An unknown attendee, or an argument that cannot be.

    Source:
        CM-20, GT-22.
    """
    after = yield from run(_approved(order, registrations, by))
    yield from afterwards(order)
    return after


@flow
def _approved(order: str, registrations: Sequence[str] | None, by: Actor) -> Flow[Order]:
    work = yield from work_on(order, by, Action.DECIDE_ON_PARTICIPANTS)
    work.decided(approved(work.order, work.plan, registrations, received=work.dossier.received, at=work.at, by=by))
    yield from written(work)
    return work.order


@flow
def refuse(order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Flow[Order]:
    """
    Refuse people, whatever they paid. They are told, and all that they paid is given back or owed.

    Args:
        order: Id of the order.
        registrations: Whose places; None for all that are left.
        by: Who refuses; it is recorded.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: One of them has no place any more; all keep theirs.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.

    Source:
        CM-20, CM-21.
    """
    after = yield from run(_refused(order, registrations, by))
    yield from afterwards(order)
    yield from offer_next(after.event)
    return after


@flow
def _refused(order: str, registrations: Sequence[str] | None, by: Actor) -> Flow[Order]:
    work = yield from work_on(order, by, Action.DECIDE_ON_PARTICIPANTS)
    work.decided(refused(work.order, work.plan, registrations, at=work.at, by=by))
    yield from written(work)
    return work.order
