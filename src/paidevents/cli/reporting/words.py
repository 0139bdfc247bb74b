"""The words in the tables of reports: headings, and what stands in their cells."""

from paidevents.catalog.fees import FeeTaker
from paidevents.explain import phrases
from paidevents.ledger.account import Account, Bearer
from paidevents.reason import Reason, Severity
from paidevents.reports.owing import OwedKind
from paidevents.reports.participant import PaymentStatus

# Headings, by the attribute of the rows that stands below each.
HEADINGS = {
    name: Reason(f"phrase_heading_{name}", text)
    for name, text in {
        "name": "who",
        "tickets": "ticket",
        "state": "place",
        "payment": "payment",
        "price": "price",
        "charged": "charged",
        "given_back": "given back",
        "refund_owed": "of it owed",
        "ticket": "ticket",
        "tier": "tier",
        "session": "session",
        "day": "day",
        "promotion": "promotion",
        "code": "code",
        "places": "places",
        "gone": "gone",
        "list_price": "list",
        "discount": "off",
        "waived": "waived",
        "adjusted": "adjusted",
        "tax": "tax",
        "fees": "fees",
        "organizer_keeps": "kept",
        "taker": "taken by",
        "fee": "fee",
        "bearer": "borne by",
        "corrected": "corrected",
        "total": "total",
        "country": "country",
        "rate": "rate",
        "owed": "owed",
        "why": "why",
        "order": "order",
        "amount": "amount",
        "since": "since",
        "severity": "kind",
        "reason": "what",
        "provider": "provider",
        "ours": "here",
        "theirs": "there",
        "booked": "booked",
        "account": "account",
    }.items()
}

PAYMENTS = {
    status: Reason(f"phrase_payment_status_{status.value}", text)
    for status, text in {
        PaymentStatus.UNPAID: "unpaid",
        PaymentStatus.SET_ASIDE: "set aside",
        PaymentStatus.PAID: "paid",
        PaymentStatus.WAIVED: "waived",
        PaymentStatus.FREE: "free",
        PaymentStatus.COMPLIMENTARY: "nobody pays",
        PaymentStatus.PARTLY_GIVEN_BACK: "partly given back",
        PaymentStatus.GIVEN_BACK: "given back",
        PaymentStatus.REFUND_OWED: "refund owed",
        PaymentStatus.LOST: "lost",
        PaymentStatus.VOID: "never paid",
    }.items()
}

OWED = {
    kind: Reason(f"phrase_owed_{kind.value}", text)
    for kind, text in {
        OwedKind.REFUND_OWED: "refund to be made",
        OwedKind.REFUND_FAILED: "refund that failed",
        OwedKind.REFUND_UNDER_WAY: "refund under way",
        OwedKind.SURPLUS: "more came than was due",
        OwedKind.LATE: "late money to decide on",
        OwedKind.REVIEW: "money to decide on",
        OwedKind.UNPAID: "owed by the buyer",
    }.items()
}

TAKERS = {
    FeeTaker.PLATFORM: Reason("phrase_taker_platform", "the platform"),
    FeeTaker.PROVIDER: Reason("phrase_taker_provider", "payment providers"),
}

BEARERS = {
    Bearer.BUYER: Reason("phrase_bearer_buyer", "buyers"),
    Bearer.ORGANIZER: Reason("phrase_bearer_organizer", "the organizer"),
}

ACCOUNTS = {
    Account.BUYER: Reason("phrase_account_buyer", "owed by buyers"),
    Account.PROVIDER: Reason("phrase_account_provider", "lies with payment providers"),
    Account.DISPUTED: Reason("phrase_account_disputed", "taken back by banks, disputed"),
    Account.ORGANIZER: Reason("phrase_account_organizer", "belongs to the organizer"),
    Account.TAX: Reason("phrase_account_tax", "owed to states"),
    Account.PLATFORM: Reason("phrase_account_platform", "belongs to the platform"),
    Account.PROVIDER_FEES: Reason("phrase_account_provider_fees", "taken by payment providers"),
    Account.SURPLUS: Reason("phrase_account_surplus", "held for buyers, came in vain"),
}

SEVERITIES = {Severity.ERROR: phrases.ERROR, Severity.WARNING: phrases.WARNING, Severity.NOTE: phrases.NOTE}

TOGETHER = Reason("phrase_together_all", "together")
READING = Reason("phrase_report_reading", "Read so far: {count}")
NOTHING = Reason("phrase_report_nothing", "Nothing to show.")
