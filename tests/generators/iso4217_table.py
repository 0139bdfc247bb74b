"""`money/_iso4217.py`, from the ISO list that the PyPI package `iso4217` carries."""

from pathlib import Path

import iso4217

import paidevents

PATH = Path(paidevents.__path__[0]) / "money" / "_iso4217.py"

HEAD = '''\
"""
ISO 4217 list one, as published on {published}. Written by `nox -s generate`; a test compares it.

For each code: its number, the decimals of its minor unit (None where there is none), its English name.
"""

TABLE: dict[str, tuple[int, int | None, str]] = {{
'''


def files() -> dict[Path, bytes]:
    rows = [
        f'    "{currency.code}": ({currency.number}, {currency.exponent}, "{currency.currency_name}"),\n'
        for currency in sorted(iso4217.Currency, key=lambda currency: currency.code)
    ]
    text = HEAD.format(published=iso4217.__published__) + "".join(rows) + "}\n"
    return {PATH: text.encode()}
