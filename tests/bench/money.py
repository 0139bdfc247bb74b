"""Operations on amounts, against the two best-known money packages and bare decimals."""

from decimal import ROUND_HALF_UP, Decimal

import moneyed
import stockholm
from moneyed.l10n import format_money as moneyed_format

from bench.harness import Row
from paidevents import EUR, Money, Rate, Rounding, format_money, parse_money
from paidevents.money import provider_rules

OURS, THEIRS, OTHERS = Money.of("80.00", EUR), moneyed.Money("80.00", "EUR"), stockholm.Money("80.00", "EUR")
PLAIN = Decimal("80.00")
CENT, FIFTEEN, OFF = Decimal("0.01"), Decimal("0.15"), Rate.of("15 %")
ROUND = Rounding.HALF_UP
SEVEN = [1] * 7
(RULE,) = (rule for rule in provider_rules("stripe") if rule.currency == EUR)


def moneyed_share() -> object:
    share = THEIRS * FIFTEEN
    return moneyed.Money(share.amount.quantize(CENT, ROUND_HALF_UP), share.currency)


# The base of each row is py-moneyed, the best known of its kind. Decimal knows no currency: it is what there is to lose.
ROWS = (
    Row(
        "make an amount of a number",
        {
            "py-moneyed Money('80.00', 'EUR')": lambda: moneyed.Money("80.00", "EUR"),
            "paidevents Money(8000, EUR)": lambda: Money(8000, EUR),
            "paidevents Money.of('80.00', EUR)": lambda: Money.of("80.00", EUR),
            "stockholm Money('80.00', 'EUR')": lambda: stockholm.Money("80.00", "EUR"),
            "Decimal('80.00')": lambda: Decimal("80.00"),
        },
    ),
    Row(
        "add two amounts",
        {
            "py-moneyed": lambda: THEIRS + THEIRS,
            "paidevents": lambda: OURS + OURS,
            "stockholm": lambda: OTHERS + OTHERS,
            "Decimal": lambda: PLAIN + PLAIN,
        },
    ),
    Row(
        "take 15 %, rounded to the cent",
        {
            "py-moneyed": moneyed_share,
            "paidevents": lambda: OURS.times(OFF, ROUND),
            "stockholm": lambda: round(OTHERS * FIFTEEN, 2),
            "Decimal": lambda: (PLAIN * FIFTEEN).quantize(CENT, ROUND_HALF_UP),
        },
    ),
    Row(
        "compare two amounts",
        {
            "py-moneyed": lambda: THEIRS < THEIRS,
            "paidevents": lambda: OURS < OURS,
            "stockholm": lambda: OTHERS < OTHERS,
            "Decimal": lambda: PLAIN < PLAIN,
        },
    ),
    Row(
        "write for people",
        {
            "py-moneyed": lambda: moneyed_format(THEIRS, locale="fr"),
            "paidevents": lambda: format_money(OURS, "fr"),
        },
    ),
    Row(
        "what only paidevents does",
        {
            "share 80.00 among seven, to the cent": lambda: OURS.split(SEVEN),
            "read '1 234,56 €' as a Frenchman types it": lambda: parse_money("1 234,56 €", EUR, "fr"),
            "check for Stripe and write for it": lambda: RULE.to_wire(RULE.check(OURS)),
        },
    ),
)
