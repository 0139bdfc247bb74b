"""Where the money is: every movement as an entry that balances, and books that add them up."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.ledger.account import Account as Account
    from paidevents.ledger.account import Bearer as Bearer
    from paidevents.ledger.book import Book as Book
    from paidevents.ledger.book import StatementLine as StatementLine
    from paidevents.ledger.conservation import Conservation as Conservation
    from paidevents.ledger.entry import Entry as Entry
    from paidevents.ledger.entry import EntryKind as EntryKind
    from paidevents.ledger.entry import Occasion as Occasion
    from paidevents.ledger.entry import Posting as Posting
    from paidevents.ledger.movements import capture as capture
    from paidevents.ledger.movements import dispute_lost as dispute_lost
    from paidevents.ledger.movements import dispute_opened as dispute_opened
    from paidevents.ledger.movements import dispute_won as dispute_won
    from paidevents.ledger.movements import forgiven as forgiven
    from paidevents.ledger.movements import goodwill as goodwill
    from paidevents.ledger.movements import payment_lost as payment_lost
    from paidevents.ledger.movements import provider_fee_seen as provider_fee_seen
    from paidevents.ledger.movements import recovered as recovered
    from paidevents.ledger.movements import refund_dropped as refund_dropped
    from paidevents.ledger.movements import refund_failed as refund_failed
    from paidevents.ledger.movements import refund_paid as refund_paid
    from paidevents.ledger.movements import surplus as surplus
    from paidevents.ledger.movements import surplus_returned as surplus_returned
    from paidevents.ledger.movements import surplus_used as surplus_used
    from paidevents.ledger.refunds import refund_owed as refund_owed
    from paidevents.ledger.refunds import repriced as repriced
    from paidevents.ledger.sales import sale as sale
    from paidevents.ledger.sales import waiver as waiver
    from paidevents.ledger.sums import LedgerSums as LedgerSums
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "account": "Account Bearer",
            "book": "Book StatementLine",
            "conservation": "Conservation",
            "entry": "Entry EntryKind Occasion Posting",
            "movements": "capture dispute_lost dispute_opened dispute_won forgiven goodwill payment_lost "
            "provider_fee_seen recovered refund_dropped refund_failed refund_paid surplus surplus_returned "
            "surplus_used",
            "refunds": "refund_owed repriced",
            "sales": "sale waiver",
            "sums": "LedgerSums",
        },
    )
