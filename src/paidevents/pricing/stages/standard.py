"""The steps of every price, by their phases. A new one is a file beside this one and a line here."""

from paidevents.pricing.phase import Phase, Step
from paidevents.pricing.stages.face import Face
from paidevents.pricing.stages.fees import FeesPassedOn, GrossUp
from paidevents.pricing.stages.order_discounts import OrderDiscounts
from paidevents.pricing.stages.tax import Tax
from paidevents.pricing.stages.unit_discounts import UnitDiscounts

STANDARD_STEPS: tuple[Step, ...] = (
    Face(),
    UnitDiscounts(Phase.UNIT_SET),
    UnitDiscounts(Phase.UNIT_PERCENT),
    UnitDiscounts(Phase.UNIT_AMOUNT),
    OrderDiscounts(Phase.ORDER_SET),
    OrderDiscounts(Phase.ORDER_PERCENT),
    OrderDiscounts(Phase.ORDER_AMOUNT),
    FeesPassedOn(),
    Tax(),
    GrossUp(),
)
