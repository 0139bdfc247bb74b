"""
What can be wrong with an account at a provider, as its `verify` tells it.

An error means that no money can be taken; a warning, that something about it
has to be done elsewhere or is seen later.
"""

from collections.abc import Mapping
from types import MappingProxyType

from paidevents.reason import Finding, Reason, Severity

KEY_INVALID = Reason("key_invalid", "The key is not valid, or was revoked.")
MODE_DIFFERS = Reason("mode_differs", "The key is of another mode: what is only a test never pays for a place.")
CHARGES_DISABLED = Reason(
    "charges_disabled", "The account cannot take payments yet: its provider has to confirm and verify it first."
)
MAY_NOT_START = Reason("may_not_start", "The key has no permission to start payments.")
MAY_NOT_REFUND = Reason(
    "may_not_refund", "The key has no permission for refunds: they are made in the provider’s own pages."
)
PAYOUTS_DISABLED = Reason("payouts_disabled", "Money can be taken, but is not paid out to a bank account yet.")
NOT_NOTIFIED = Reason("not_notified", "No notifications come from there: what is paid is seen only when it is asked.")


def _finding(severity: Severity, reason: Reason, where: str) -> tuple[str, Finding]:
    return reason.code, Finding(severity, reason, where)


# By code, in the order in which they are told.
TROUBLES: Mapping[str, Finding] = MappingProxyType(
    dict(
        (
            _finding(Severity.ERROR, KEY_INVALID, "key"),
            _finding(Severity.ERROR, MODE_DIFFERS, "key"),
            _finding(Severity.ERROR, CHARGES_DISABLED, "account"),
            _finding(Severity.ERROR, MAY_NOT_START, "key.permissions"),
            _finding(Severity.WARNING, MAY_NOT_REFUND, "key.permissions"),
            _finding(Severity.WARNING, PAYOUTS_DISABLED, "account"),
            _finding(Severity.WARNING, NOT_NOTIFIED, "notifications"),
        )
    )
)
