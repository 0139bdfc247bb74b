"""What the organizer declares: events, tickets, promotions, fees, taxes and policies. Values only."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.catalog.cancellation import Cancellation as Cancellation
    from paidevents.catalog.cancellation import Cause as Cause
    from paidevents.catalog.cancellation import FeesBack as FeesBack
    from paidevents.catalog.cancellation import Refunding as Refunding
    from paidevents.catalog.cancellation import RefundStep as RefundStep
    from paidevents.catalog.changes import refused_changes as refused_changes
    from paidevents.catalog.code import PromoCode as PromoCode
    from paidevents.catalog.code import code_key as code_key
    from paidevents.catalog.decisions import Approval as Approval
    from paidevents.catalog.decisions import BelowMinimum as BelowMinimum
    from paidevents.catalog.decisions import Capture as Capture
    from paidevents.catalog.decisions import LatePayment as LatePayment
    from paidevents.catalog.decisions import PercentMode as PercentMode
    from paidevents.catalog.decisions import Selection as Selection
    from paidevents.catalog.effects import FREE as FREE
    from paidevents.catalog.effects import AmountOff as AmountOff
    from paidevents.catalog.effects import Percent as Percent
    from paidevents.catalog.effects import SetPrice as SetPrice
    from paidevents.catalog.event import Charging as Charging
    from paidevents.catalog.event import Event as Event
    from paidevents.catalog.fees import Fee as Fee
    from paidevents.catalog.fees import FeeBase as FeeBase
    from paidevents.catalog.fees import FeeTaker as FeeTaker
    from paidevents.catalog.form import Disclaimer as Disclaimer
    from paidevents.catalog.form import Question as Question
    from paidevents.catalog.form import RegistrationForm as RegistrationForm
    from paidevents.catalog.kinds import KINDS as KINDS
    from paidevents.catalog.kinds import Attendance as Attendance
    from paidevents.catalog.kinds import Delivery as Delivery
    from paidevents.catalog.kinds import EventKind as EventKind
    from paidevents.catalog.kinds import KindRules as KindRules
    from paidevents.catalog.kinds import SaleEnd as SaleEnd
    from paidevents.catalog.listing import Listing as Listing
    from paidevents.catalog.people import SYSTEM as SYSTEM
    from paidevents.catalog.people import Actor as Actor
    from paidevents.catalog.people import Role as Role
    from paidevents.catalog.places import Capacity as Capacity
    from paidevents.catalog.places import EventSession as EventSession
    from paidevents.catalog.policies import ChargeMinimum as ChargeMinimum
    from paidevents.catalog.policies import Policy as Policy
    from paidevents.catalog.policies import ProviderCurrencies as ProviderCurrencies
    from paidevents.catalog.promotion import Limit as Limit
    from paidevents.catalog.promotion import LimitOf as LimitOf
    from paidevents.catalog.promotion import LimitPer as LimitPer
    from paidevents.catalog.promotion import Match as Match
    from paidevents.catalog.promotion import Order as Order
    from paidevents.catalog.promotion import Pick as Pick
    from paidevents.catalog.promotion import Promotion as Promotion
    from paidevents.catalog.promotion import Restore as Restore
    from paidevents.catalog.promotion import Scope as Scope
    from paidevents.catalog.provider import Provider as Provider
    from paidevents.catalog.taxes import TaxMode as TaxMode
    from paidevents.catalog.taxes import TaxPlace as TaxPlace
    from paidevents.catalog.taxes import TaxRate as TaxRate
    from paidevents.catalog.taxes import TaxTable as TaxTable
    from paidevents.catalog.taxes import WhenRateDiffers as WhenRateDiffers
    from paidevents.catalog.ticket import Donation as Donation
    from paidevents.catalog.ticket import Ticket as Ticket
    from paidevents.catalog.ticket import Tier as Tier
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "cancellation": "Cancellation Cause FeesBack RefundStep Refunding",
            "changes": "refused_changes",
            "code": "PromoCode code_key",
            "decisions": "Approval BelowMinimum Capture LatePayment PercentMode Selection",
            "effects": "FREE AmountOff Percent SetPrice",
            "event": "Charging Event",
            "fees": "Fee FeeBase FeeTaker",
            "form": "Disclaimer Question RegistrationForm",
            "kinds": "KINDS Attendance Delivery EventKind KindRules SaleEnd",
            "listing": "Listing",
            "people": "SYSTEM Actor Role",
            "places": "Capacity EventSession",
            "policies": "ChargeMinimum Policy ProviderCurrencies",
            "promotion": "Limit LimitOf LimitPer Match Order Pick Promotion Restore Scope",
            "provider": "Provider",
            "taxes": "TaxMode TaxPlace TaxRate TaxTable WhenRateDiffers",
            "ticket": "Donation Ticket Tier",
        },
    )
