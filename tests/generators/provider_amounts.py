"""`money/_provider_amounts.py`, from the facts about Stripe and PayPal."""

import json
from pathlib import Path

import paidevents

TESTS = Path(__file__).parents[1]
PATH = Path(paidevents.__path__[0]) / "money" / "_provider_amounts.py"

HEAD = '''\
"""
What providers take on the wire, by currency. Written by `nox -s generate` from `tests/facts`; a test compares it.

For each code: decimals on the wire; the step, minimum and maximum in units of the last of
those decimals (None where the provider publishes none); and to whom it is open.
Currencies that ISO 4217 has withdrawn are left out.
"""

# Stripe: docs.stripe.com/currencies, read 2026-09-20. The minimum holds for accounts that settle
# in the currency; the maximum is the one for all methods but cards, which take more.
'''

PAYPAL = """
# PayPal: developer.paypal.com/docs/api/reference/currency-codes, stored copy compared on 2026-11-21.
# It publishes neither minimums nor maximums. INR is in its newer SDKs only; RUB it suspended in 2022.
"""

ROWS = "dict[str, tuple[int, int, int | None, int | None, str]]"


def files() -> dict[Path, bytes]:
    stripe = json.loads((TESTS / "facts" / "stripe_currencies.json").read_bytes())["currencies"]
    paypal = json.loads((TESTS / "facts" / "paypal_currencies.json").read_bytes())["currencies"]
    text = HEAD + f"STRIPE: {ROWS} = {{\n"
    for code, fact in sorted(stripe.items()):
        if fact["iso_exponent"] is not None:
            open_to = "listed" if fact["in_presentment_list"] else "unlisted"
            numbers = (fact["api_decimals"], fact["multiple_of"], fact["minimum_minor"], fact["max_minor_noncard"])
            text += f'    "{code}": ({", ".join(map(str, numbers))}, "{open_to}"),\n'
    text += "}\n" + PAYPAL + f"PAYPAL: {ROWS} = {{\n"
    for code, fact in sorted(paypal.items()):
        open_to = "in_country" if fact["in_country_only"] else "listed"
        if code == "RUB":
            open_to = "unlisted"
        text += f'    "{code}": ({fact["decimals"]}, 1, None, None, "{open_to}"),\n'
    return {PATH: (text + "}\n").encode()}
