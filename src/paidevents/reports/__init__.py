"""Reports: rows made of orders, payments and the ledger, that add up; codes and amounts, for a host to show."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.reports.debts import OwedSums as OwedSums
    from paidevents.reports.debts import owed as owed
    from paidevents.reports.fee_sums import FeeRow as FeeRow
    from paidevents.reports.fee_sums import Fees as Fees
    from paidevents.reports.fee_sums import FeeSums as FeeSums
    from paidevents.reports.fee_sums import fees as fees
    from paidevents.reports.lines import as_csv as as_csv
    from paidevents.reports.lines import csv_lines as csv_lines
    from paidevents.reports.owing import Owed as Owed
    from paidevents.reports.owing import OwedKind as OwedKind
    from paidevents.reports.owing import OwedRow as OwedRow
    from paidevents.reports.participant import Discount as Discount
    from paidevents.reports.participant import Participant as Participant
    from paidevents.reports.participant import PaymentStatus as PaymentStatus
    from paidevents.reports.people import participants as participants
    from paidevents.reports.reconciled import ProviderBalance as ProviderBalance
    from paidevents.reports.reconciled import Reconciliation as Reconciliation
    from paidevents.reports.reconciled import ReconciliationRow as ReconciliationRow
    from paidevents.reports.reconciling import ReconciliationSums as ReconciliationSums
    from paidevents.reports.reconciling import reconciliation as reconciliation
    from paidevents.reports.sale_sums import Sales as Sales
    from paidevents.reports.sale_sums import SalesBy as SalesBy
    from paidevents.reports.sale_sums import SalesRow as SalesRow
    from paidevents.reports.sale_sums import SaleSums as SaleSums
    from paidevents.reports.sale_sums import sales as sales
    from paidevents.reports.table import as_rows as as_rows
    from paidevents.reports.tax_sums import Taxes as Taxes
    from paidevents.reports.tax_sums import TaxRow as TaxRow
    from paidevents.reports.tax_sums import TaxSums as TaxSums
    from paidevents.reports.tax_sums import taxes as taxes
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "debts": "OwedSums owed",
            "fee_sums": "FeeRow FeeSums Fees fees",
            "lines": "as_csv csv_lines",
            "owing": "Owed OwedKind OwedRow",
            "participant": "Discount Participant PaymentStatus",
            "people": "participants",
            "reconciled": "ProviderBalance Reconciliation ReconciliationRow",
            "reconciling": "ReconciliationSums reconciliation",
            "sale_sums": "SaleSums Sales SalesBy SalesRow sales",
            "table": "as_rows",
            "tax_sums": "TaxRow TaxSums Taxes taxes",
        },
    )
