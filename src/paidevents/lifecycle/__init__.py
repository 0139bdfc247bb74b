"""The states that things go through: a table each, which code fires, docs draw and tests walk."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.lifecycle.all_machines import MACHINES as MACHINES
    from paidevents.lifecycle.event import EVENT as EVENT
    from paidevents.lifecycle.event import EventEffect as EventEffect
    from paidevents.lifecycle.event import EventFacts as EventFacts
    from paidevents.lifecycle.event import EventState as EventState
    from paidevents.lifecycle.event import EventTrigger as EventTrigger
    from paidevents.lifecycle.order import ORDER as ORDER
    from paidevents.lifecycle.order import OrderEffect as OrderEffect
    from paidevents.lifecycle.order import OrderFacts as OrderFacts
    from paidevents.lifecycle.order import OrderState as OrderState
    from paidevents.lifecycle.order import OrderTrigger as OrderTrigger
    from paidevents.lifecycle.payment import PAYMENT as PAYMENT
    from paidevents.lifecycle.payment import PaymentEffect as PaymentEffect
    from paidevents.lifecycle.payment import PaymentFacts as PaymentFacts
    from paidevents.lifecycle.payment import PaymentState as PaymentState
    from paidevents.lifecycle.payment import PaymentTrigger as PaymentTrigger
    from paidevents.lifecycle.refund import REFUND as REFUND
    from paidevents.lifecycle.refund import RefundEffect as RefundEffect
    from paidevents.lifecycle.refund import RefundFacts as RefundFacts
    from paidevents.lifecycle.refund import RefundState as RefundState
    from paidevents.lifecycle.refund import RefundTrigger as RefundTrigger
    from paidevents.lifecycle.registration import REGISTRATION as REGISTRATION
    from paidevents.lifecycle.registration import RegistrationEffect as RegistrationEffect
    from paidevents.lifecycle.registration import RegistrationFacts as RegistrationFacts
    from paidevents.lifecycle.registration import RegistrationState as RegistrationState
    from paidevents.lifecycle.registration import RegistrationTrigger as RegistrationTrigger
    from paidevents.lifecycle.waiting_list import WAITING_LIST as WAITING_LIST
    from paidevents.lifecycle.waiting_list import WaitingEffect as WaitingEffect
    from paidevents.lifecycle.waiting_list import WaitingFacts as WaitingFacts
    from paidevents.lifecycle.waiting_list import WaitingState as WaitingState
    from paidevents.lifecycle.waiting_list import WaitingTrigger as WaitingTrigger
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "all_machines": "MACHINES",
            "event": "EVENT EventEffect EventFacts EventState EventTrigger",
            "order": "ORDER OrderEffect OrderFacts OrderState OrderTrigger",
            "payment": "PAYMENT PaymentEffect PaymentFacts PaymentState PaymentTrigger",
            "refund": "REFUND RefundEffect RefundFacts RefundState RefundTrigger",
            "registration": "REGISTRATION RegistrationEffect RegistrationFacts RegistrationState RegistrationTrigger",
            "waiting_list": "WAITING_LIST WaitingEffect WaitingFacts WaitingState WaitingTrigger",
        },
    )
