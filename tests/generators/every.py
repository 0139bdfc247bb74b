"""Every generator: those of the package first, then those of the docs."""

from generators import (
    acceptance_table,
    api_pages,
    catalogs,
    command_page,
    currency_page,
    error_page,
    iso4217_table,
    provider_amounts,
    reason_page,
    state_diagrams,
)

PACKAGE = (iso4217_table, provider_amounts, catalogs)
PAGES = (state_diagrams, acceptance_table, api_pages, error_page, reason_page, currency_page, command_page)
GENERATORS = (*PACKAGE, *PAGES)
