"""Who may do what: one table."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from paidevents.catalog.people import Actor, Role
from paidevents.checks import instance
from paidevents.errors import NotAllowedError
from paidevents.reason import Reason

ROLE_MAY_NOT = Reason("role_may_not", "As {role} you cannot do this: {action}.")


class Action(Enum):
    """What somebody wants to do."""

    SEE_EVENT = "see_event"
    CHANGE_EVENT = "change_event"  # its date, texts, places, form
    SCHEDULE_EVENT = "schedule_event"
    CANCEL_EVENT = "cancel_event"
    CHANGE_PRICES = "change_prices"  # tickets, tiers, fees, tax; payment switched on and off
    CHANGE_PROMOTIONS = "change_promotions"  # and their codes
    CONNECT_PROVIDER = "connect_provider"
    SEE_PARTICIPANTS = "see_participants"
    DECIDE_ON_PARTICIPANTS = "decide_on_participants"  # confirm and refuse them
    SEE_PAYMENTS = "see_payments"
    RECORD_PAYMENT = "record_payment"  # a bank transfer, cash
    REFUND = "refund"
    SEE_LEDGER = "see_ledger"
    RECONCILE = "reconcile"
    SEE_REGISTRATION = "see_registration"
    RESEND_CONFIRMATION = "resend_confirmation"
    TRANSFER_PLACE = "transfer_place"
    CANCEL_REGISTRATION = "cancel_registration"
    ATTEND = "attend"
    ATTEND_UNPAID = "attend_unpaid"
    PUBLISH_RECORDING = "publish_recording"
    MANAGE_ROLES = "manage_roles"


# Of what is somebody's own: an attendee's registration is theirs, and the hosts' to look after.
_EVERYBODY = frozenset(Role)
# GT-13: co-organizers see and change everything about payment. CM-19, CM-20: who decides on participants.
_HOSTS = frozenset((Role.ORGANIZER, Role.CO_ORGANIZER, Role.PLATFORM))
# GT-02, CM-22: the money goes to an account of the organizer's own, or of the platform's for all of them.
_OWNERS = frozenset((Role.ORGANIZER, Role.PLATFORM))

RIGHTS: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.SEE_EVENT: _EVERYBODY,
        Action.CHANGE_EVENT: _HOSTS,
        Action.SCHEDULE_EVENT: _OWNERS,
        Action.CANCEL_EVENT: _OWNERS,
        Action.CHANGE_PRICES: _HOSTS,
        Action.CHANGE_PROMOTIONS: _HOSTS,
        Action.CONNECT_PROVIDER: _OWNERS,
        Action.SEE_PARTICIPANTS: _HOSTS,
        Action.DECIDE_ON_PARTICIPANTS: _HOSTS,
        Action.SEE_PAYMENTS: _HOSTS,
        Action.RECORD_PAYMENT: _HOSTS,
        Action.REFUND: _HOSTS,
        Action.SEE_LEDGER: _HOSTS,
        Action.RECONCILE: _HOSTS,
        Action.SEE_REGISTRATION: _EVERYBODY,
        Action.RESEND_CONFIRMATION: _EVERYBODY,
        Action.TRANSFER_PLACE: _EVERYBODY,
        Action.CANCEL_REGISTRATION: _EVERYBODY,
        Action.ATTEND: _EVERYBODY,
        Action.ATTEND_UNPAID: frozenset((Role.ORGANIZER, Role.CO_ORGANIZER, Role.SPEAKER)),  # GT-12
        Action.PUBLISH_RECORDING: _HOSTS,
        Action.MANAGE_ROLES: _OWNERS,
    }
)

# What is done to nobody's own: an event page is there for all.
PUBLIC = frozenset((Action.SEE_EVENT,))


def may(role: Role, action: Action) -> bool:
    """
    Whether a role may do something with what is its own.

    Raises:
        InvalidValueError: An argument of another kind.

    Source:
        GT-02, GT-12, GT-13, CM-19, CM-20, CM-22.

    Example:
        >>> may(Role.CO_ORGANIZER, Action.CHANGE_PROMOTIONS), may(Role.ATTENDEE, Action.CHANGE_PROMOTIONS)
        (True, False)
    """
    return instance(role, "role", Role) in RIGHTS[instance(action, "action", Action)]


def permit(actor: Actor, action: Action, *, owns: bool) -> None:
    """
    Let *actor* do something, or refuse it.

    Args:
        actor: Who wants to.
        action: What.
        owns: Whether it is done to the actor's own: an organizer's, co-organizer's
            or speaker's event, an attendee's registration. False also for what
            does not exist: nobody can tell it from what is another's.

    Raises:
        NotAllowedError: The role may not do this at all, or not to what is another's (`role_may_not`).
        InvalidValueError: An argument of another kind.

    Example:
        >>> permit(Actor(Role.ATTENDEE, "7"), Action.CANCEL_REGISTRATION, owns=True)
        >>> permit(Actor(Role.ATTENDEE, "7"), Action.CANCEL_REGISTRATION, owns=False)
        Traceback (most recent call last):
        ...
        paidevents.errors.NotAllowedError: As attendee you cannot do this: cancel_registration.
    """
    role, what = instance(actor, "actor", Actor).role, instance(action, "action", Action)
    within_reach = instance(owns, "owns", bool) or role is Role.PLATFORM or what in PUBLIC
    if not (may(role, what) and within_reach):
        raise NotAllowedError((ROLE_MAY_NOT.given(role=role.value, action=what.value),))
