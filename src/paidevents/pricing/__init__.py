"""One way to a price: plans, quotes, and what they are made of."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.pricing.basket import Basket as Basket
    from paidevents.pricing.basket import Item as Item
    from paidevents.pricing.buyer import Buyer as Buyer
    from paidevents.pricing.buyer import email_key as email_key
    from paidevents.pricing.counters import Take as Take
    from paidevents.pricing.counters import sold as sold
    from paidevents.pricing.phase import Phase as Phase
    from paidevents.pricing.phase import Step as Step
    from paidevents.pricing.plan import Plan as Plan
    from paidevents.pricing.quote import FeeSettlement as FeeSettlement
    from paidevents.pricing.quote import Line as Line
    from paidevents.pricing.quote import Quote as Quote
    from paidevents.pricing.quote import TaxSettlement as TaxSettlement
    from paidevents.pricing.quote import Totals as Totals
    from paidevents.pricing.quote import Unit as Unit
    from paidevents.pricing.stages import STANDARD_STEPS as STANDARD_STEPS
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "basket": "Basket Item",
            "buyer": "Buyer email_key",
            "counters": "Take sold",
            "phase": "Phase Step",
            "plan": "Plan",
            "quote": "FeeSettlement Line Quote TaxSettlement Totals Unit",
            "stages": "STANDARD_STEPS",
        },
    )
