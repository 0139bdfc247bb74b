"""Windows that never open: of the event, of its tickets, of promotions and their codes."""

from collections.abc import Iterator

from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Promotion
from paidevents.check.findings import warning
from paidevents.check.goods import Good, common, goods_of, in_use, sale_of
from paidevents.reason import Finding, Reason
from paidevents.timing.window import Window

NEVER_ON_SALE = Reason("never_on_sale", "The sale begins only when the event is over.")
TICKET_NEVER_ON_SALE = Reason("ticket_never_on_sale", "The ticket {ticket} is never on sale while the event is.")
PROMOTION_NEVER_OPEN = Reason(
    "promotion_never_open", "{promotion} never holds while anything that it is for is on sale."
)
CODE_NEVER_OPEN = Reason("code_never_open", "The code {code} never holds while anything that it is for is on sale.")

_ALWAYS = Window()


def check_sales(event: Event) -> Iterator[Finding]:
    """An event or a ticket that is never on sale."""
    if sale_of(event) is None:
        yield warning("on_sale", NEVER_ON_SALE)
        return
    for place, ticket in enumerate(event.tickets):
        if sale_of(event, ticket) is None:
            yield warning(f"tickets[{place}].on_sale", TICKET_NEVER_ON_SALE.given(ticket=ticket.id))


def check_promotion_times(event: Event) -> Iterator[Finding]:
    """Promotions and codes that hold only when nothing they are for is on sale."""
    goods = goods_of(event)
    for place, promotion in in_use(event):
        path = f"promotions[{place}]"
        sales = _sales(promotion, goods)
        if not sales:
            continue
        if not any(common(sale, promotion.window) for sale in sales):
            yield warning(f"{path}.window", PROMOTION_NEVER_OPEN.given(promotion=promotion.id))
            continue
        for number, code in enumerate(promotion.codes):
            if (
                code.enabled
                and code.window != _ALWAYS
                and not any(common(sale, promotion.window, code.window) for sale in sales)
            ):
                yield warning(f"{path}.codes[{number}].window", CODE_NEVER_OPEN.given(code=code.text))


def _sales(promotion: Promotion, goods: tuple[Good, ...]) -> set[Window]:
    """When whatever *promotion* can be taken off, or opens, is on sale."""
    takes = promotion.effect is not None
    return {
        good.window
        for good in goods
        if good.window is not None and ((takes and good.has(promotion)) or good.ticket.id in promotion.opens)
    }
