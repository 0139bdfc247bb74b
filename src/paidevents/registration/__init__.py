"""Orders and the people in them: how places are held, settled, given up, changed hands, and waited for."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.registration.counters import person_counter as person_counter
    from paidevents.registration.deciding import approved as approved
    from paidevents.registration.deciding import erased as erased
    from paidevents.registration.deciding import given_back as given_back
    from paidevents.registration.deciding import resent as resent
    from paidevents.registration.hold import Hold as Hold
    from paidevents.registration.hold import payment_hold_until as payment_hold_until
    from paidevents.registration.leaving import called_off as called_off
    from paidevents.registration.leaving import cancelled as cancelled
    from paidevents.registration.leaving import refused as refused
    from paidevents.registration.order import Order as Order
    from paidevents.registration.outcome import Meant as Meant
    from paidevents.registration.outcome import Outcome as Outcome
    from paidevents.registration.parts import Change as Change
    from paidevents.registration.parts import Given as Given
    from paidevents.registration.parts import Repriced as Repriced
    from paidevents.registration.person import Answer as Answer
    from paidevents.registration.person import Attendee as Attendee
    from paidevents.registration.person import Person as Person
    from paidevents.registration.person import form_refusals as form_refusals
    from paidevents.registration.refunding import refund_preview as refund_preview
    from paidevents.registration.registration import Registration as Registration
    from paidevents.registration.requoting import requoted as requoted
    from paidevents.registration.reserving import invite as invite
    from paidevents.registration.reserving import reserve as reserve
    from paidevents.registration.reserving import sale_refusals as sale_refusals
    from paidevents.registration.settling import authorized as authorized
    from paidevents.registration.settling import declined as declined
    from paidevents.registration.settling import expired as expired
    from paidevents.registration.settling import extended as extended
    from paidevents.registration.settling import honoured as honoured
    from paidevents.registration.settling import paid as paid
    from paidevents.registration.settling import payment_lost as payment_lost
    from paidevents.registration.transferring import changed as changed
    from paidevents.registration.transferring import taken_without as taken_without
    from paidevents.registration.transferring import transferred as transferred
    from paidevents.registration.waiting import Offer as Offer
    from paidevents.registration.waiting import WaitingEntry as WaitingEntry
    from paidevents.registration.waiting import next_in_line as next_in_line
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "counters": "person_counter",
            "deciding": "approved erased given_back resent",
            "hold": "Hold payment_hold_until",
            "leaving": "called_off cancelled refused",
            "order": "Order",
            "outcome": "Meant Outcome",
            "parts": "Change Given Repriced",
            "person": "Answer Attendee Person form_refusals",
            "refunding": "refund_preview",
            "registration": "Registration",
            "requoting": "requoted",
            "reserving": "invite reserve sale_refusals",
            "settling": "authorized declined expired extended honoured paid payment_lost",
            "transferring": "changed taken_without transferred",
            "waiting": "Offer WaitingEntry next_in_line",
        },
    )
