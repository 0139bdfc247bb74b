"""
The catalogs of sentences: `explain/catalogs/*.po` and the `.mo` compiled from each.

A message is keyed by a reason's code, with the English text as its comment.
Translations are written by hand into the `.po`. Writing it anew keeps them,
adds what is missing with an empty translation, drops what no reason uses any
more, and marks as fuzzy what was translated from another English text: a fuzzy
one is not compiled, and a test refuses it until somebody has looked.
"""

import importlib
import pkgutil
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import paidevents
from paidevents.machine import Guard
from paidevents.reason import Reason

CATALOGS = Path(paidevents.__path__[0]) / "explain" / "catalogs"
LANGUAGES = ("fr",)
LINE = 10_000  # nothing is wrapped; at width 0 the comments still are, and would be read as several


class PlainCatalog(Catalog):
    """A catalog whose header does not tell the day and the tool, so that the same sentences make the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [("Language", str(self.locale)), ("Content-Type", "text/plain; charset=utf-8")]


def all_reasons() -> dict[str, Reason]:
    """Every reason that is a constant of some module of the package, stands in one, or is told by a guard; by code."""
    found: dict[str, Reason] = {}
    for module in pkgutil.walk_packages(paidevents.__path__, "paidevents."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for reason in reasons_in(value):
                same = found.setdefault(reason.code, reason)
                assert same == reason, f"two reasons share the code {reason.code}"
    return found


def reasons_in(value: object) -> list[Reason]:
    """A reason, the one that a guard tells, or those that a dict holds."""
    held = value.values() if isinstance(value, dict) else [value.reason if isinstance(value, Guard) else value]
    return [each for each in held if isinstance(each, Reason)]


def po_path(language: str) -> Path:
    return CATALOGS / f"{language}.po"


def committed(language: str) -> Catalog:
    """The catalog as it was last written."""
    if not po_path(language).exists():
        return Catalog(locale=language)
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language)


def files() -> dict[Path, bytes]:
    written = {}
    for language in LANGUAGES:
        known = committed(language)
        catalog = PlainCatalog(locale=language, fuzzy=False)
        for code, reason in sorted(all_reasons().items()):
            before = known.get(code)
            translation = before.string if before else ""
            stale = before and (before.fuzzy or before.auto_comments != [reason.text]) and translation
            catalog.add(code, translation, auto_comments=[reason.text], flags=["fuzzy"] if stale else [])
        written[po_path(language)] = as_po(catalog)
        compiled = BytesIO()
        write_mo(compiled, catalog)
        written[po_path(language).with_suffix(".mo")] = compiled.getvalue()
    return written


def as_po(catalog: Catalog) -> bytes:
    """The catalog without the header lines that change with the day and the tool."""
    text = BytesIO()
    write_po(text, catalog, omit_header=True, width=LINE)
    head = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return b"# Sentences by reason code. `nox -s generate` keeps the codes; people write the sentences.\n" + (
        head.encode() + text.getvalue()
    )
