"""One way to a price: plans, quotes, and what they are made of."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.pricing.basket import Basket as Basket
    from paidevents.pricing.basket import Item as Item
    from paidevents.pricing.buyer import Buyer as Buyer
    from paidevents.pricing.buyer import email_key as email_key
    from paidevents.pricing.counters import Take as Take
    from paidevents.pricing.counters import sold as sold
    from paidevents.pricing.draft import Draft as Draft
    from paidevents.pricing.given_back import RefundDue as RefundDue
    from paidevents.pricing.given_back import UnitRefund as UnitRefund
    from paidevents.pricing.parts import FeeSettlement as FeeSettlement
    from paidevents.pricing.parts import Line as Line
    from paidevents.pricing.parts import TaxSettlement as TaxSettlement
    from paidevents.pricing.parts import Totals as Totals
    from paidevents.pricing.parts import Unit as Unit
    from paidevents.pricing.phase import Phase as Phase
    from paidevents.pricing.phase import Stage as Stage
    from paidevents.pricing.phase import Step as Step
    from paidevents.pricing.plan import Plan as Plan
    from paidevents.pricing.quote import Quote as Quote
    from paidevents.pricing.refundable import taxed_parts as taxed_parts
    from paidevents.pricing.refunds import Clawback as Clawback
    from paidevents.pricing.refunds import clawback_due as clawback_due
    from paidevents.pricing.refunds import refund_due as refund_due
    from paidevents.pricing.refunds import refund_of_amount as refund_of_amount
    from paidevents.pricing.stages.standard import STANDARD_STEPS as STANDARD_STEPS
    from paidevents.pricing.taxation import Taxes as Taxes
    from paidevents.pricing.terms import Terms as Terms
    from paidevents.pricing.timelines import Rung as Rung
    from paidevents.pricing.timelines import Stretch as Stretch
    from paidevents.pricing.timelines import timeline as timeline
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "basket": "Basket Item",
            "buyer": "Buyer email_key",
            "counters": "Take sold",
            "draft": "Draft",
            "given_back": "RefundDue UnitRefund",
            "phase": "Phase Stage Step",
            "plan": "Plan",
            "parts": "FeeSettlement Line TaxSettlement Totals Unit",
            "quote": "Quote",
            "refundable": "taxed_parts",
            "refunds": "Clawback clawback_due refund_due refund_of_amount",
            "stages.standard": "STANDARD_STEPS",
            "taxation": "Taxes",
            "terms": "Terms",
            "timelines": "Rung Stretch timeline",
        },
    )
