"""Whether a quote can be had: what speaks against it, as the error that says most."""

from paidevents.checks import instance, integer
from paidevents.errors import AmountRefusedError, RefusedError, SaleClosedError, SoldOutError
from paidevents.pricing.quote import Quote

# Reasons of a quote by the error that they make; any other makes a plain refusal.
_ERRORS: dict[str, type[RefusedError]] = {
    "sale_not_started": SaleClosedError,
    "sale_ended": SaleClosedError,
    "below_minimum": AmountRefusedError,
    "above_maximum": AmountRefusedError,
}


def orderable(quote: Quote) -> Quote:
    """
    *quote*, if nothing speaks against it.

    A discount that still depends on who is buying is none to rely on: it is
    refused, never silently priced anew.

    Raises:
        SoldOutError: There are not so many places, and nothing else is wrong.
        SaleClosedError: A ticket is not on sale, and nothing else is wrong.
        AmountRefusedError: The provider cannot take the amount, and nothing else is wrong.
        RefusedError: Anything else, or several things.
        InvalidValueError: It is no quote.
    """
    asked = instance(quote, "quote", Quote)
    reasons = (*asked.refusals, *(reason for skipped in asked.provisional for reason in skipped.reasons))
    if not reasons:
        return asked
    values = dict(reasons[0].values)
    if len(reasons) == 1 and reasons[0].code == "sold_out":
        wanted, left = integer(values["wanted"], "wanted"), integer(values["left"], "left")
        raise SoldOutError(str(values["of"]), wanted, left)
    kinds = {_ERRORS.get(reason.code, RefusedError) for reason in reasons}
    raise (kinds.pop() if len(kinds) == 1 else RefusedError)(reasons)
