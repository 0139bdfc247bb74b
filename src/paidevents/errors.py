"""
Every error of the library, split by who can act.

    PaidEventsError
    ├── InvalidValueError (ValueError)      the caller: this value cannot exist     .field .reason
    │   ├── AmountError                     not finite, too long, more digits than the currency holds
    │   ├── CurrencyMismatchError           .left .right
    │   ├── UnknownCurrencyError            .code
    │   ├── WeightsError
    │   └── NaiveDatetimeError
    ├── RefusedError                        the buyer or organizer: a rule says no  .reasons
    │   ├── SoldOutError                    .counter .wanted .left
    │   ├── SaleClosedError
    │   ├── PriceChangedError               .quote
    │   ├── AmountRefusedError              minimum, maximum, step of a provider
    │   ├── NotAllowedError                 roles, links, passes
    │   └── RefundRefusedError
    ├── IllegalTransitionError              the caller: wrong moment                .machine .state .trigger .refused_by
    ├── ProviderError                       the operator                            .provider .vendor_code
    │   ├── RequestRejectedError            final, our input
    │   ├── PaymentDeclinedError            a new attempt may work
    │   ├── OutcomeUnknownError             may have happened: same key, or fetch
    │   ├── ProviderUnavailableError        certainly nothing happened
    │   └── ForgedNotificationError
    ├── NotifierError                       the operator: a message may not have been sent
    ├── StoreError                          the operator, or a retry
    │   ├── ConflictError                   .id .expected .found
    │   ├── DuplicateError                  .key
    │   ├── ExhaustedError                  .counter .wanted .left
    │   ├── CommitUnknownError              .commit_id
    │   ├── NotFoundError                   .id
    │   ├── CorruptRecordError              .id
    │   ├── SchemaMismatchError             .expected .found
    │   └── StoreUnavailableError           .cause  certainly nothing was written: try again
    └── MissingExtraError (ImportError)     .extra

An error keeps its values and builds its text in `__str__`, so that a log, a
test and a translated page can each use them. It carries codes, ids and
reasons, never the record it is about, and never a person's data.
"""

from collections.abc import Iterable

from paidevents._face import TYPE_CHECKING
from paidevents.reason import Reason

if TYPE_CHECKING:
    from paidevents.pricing.quote import Quote

CURRENCY_MISMATCH = Reason("currency_mismatch", "Amounts in {left} and {right} cannot be mixed.")
UNKNOWN_CURRENCY = Reason("unknown_currency", "{code} is not a currency code in use (ISO 4217, three capital letters).")
NAIVE_DATETIME = Reason("naive_datetime", "The date and time has no time zone.")
SOLD_OUT = Reason("sold_out", "Places left: {left}; asked for: {wanted}.")
PRICE_CHANGED = Reason("price_changed", "The price is now {charged}.", retryable=True)
ILLEGAL_TRANSITION = Reason(
    "illegal_transition", "“{trigger}” is not possible for the {machine} while it is “{state}”."
)
MISSING_EXTRA = Reason("missing_extra", "This needs an extra: pip install 'paidevents[{extra}]'")
PROVIDER_FAILED = Reason("provider_failed", "The payment provider {provider} answered: {vendor_code}.")
NOTIFIER_FAILED = Reason("notifier_failed", "The message may not have been sent.", retryable=True)
STORED_DIFFERENTLY = Reason("stored_differently", "The record changed meanwhile: {id}.", retryable=True)
STORED_TWICE = Reason("stored_twice", "There is already a record with this key: {key}.")
COUNTER_EXHAUSTED = Reason("counter_exhausted", "{counter}: left {left}, asked for {wanted}.")
COMMIT_UNKNOWN = Reason("commit_unknown", "It is not known whether this was stored: {commit_id}.", retryable=True)
NOT_FOUND = Reason("not_found", "There is no such record: {id}.")
CORRUPT_RECORD = Reason("corrupt_record", "The stored record cannot be read: {id}.")
STORE_UNAVAILABLE = Reason(
    "store_unavailable", "The store does not answer, nothing was written: {cause}.", retryable=True
)
SCHEMA_MISMATCH = Reason("schema_mismatch", "The database has schema {found}, this version needs {expected}.")


class PaidEventsError(Exception):
    """
    Root of every error here.

    Attributes:
        reasons: Why, most important first; `explain` makes sentences of them.
    """

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)

    # Constructors differ, so a copy is made from the values, not from a call.
    def __reduce__(self) -> tuple[object, ...]:
        return (_blank, (type(self),), self.__dict__)


def _blank(kind: type[PaidEventsError]) -> PaidEventsError:
    return kind.__new__(kind)


class InvalidValueError(PaidEventsError, ValueError):
    """
    A value that cannot exist; nothing was changed.

    Attributes:
        field: The argument, attribute or path that was refused.
        reason: Why, with its values.

    Example:
        >>> from paidevents import Money
        >>> Money.of("12.505", "EUR")
        Traceback (most recent call last):
        ...
        paidevents.errors.AmountError: amount: EUR has 2 decimals; the amount has more.
    """

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__((reason,))
        self.field = field

    @property
    def reason(self) -> Reason:
        return self.reasons[0]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


class AmountError(InvalidValueError):
    """An amount that is not finite, too long or too large, or has more digits than its currency."""


class CurrencyMismatchError(InvalidValueError):
    """Two currencies met where one was needed; `left` and `right` are their codes."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__("currency", CURRENCY_MISMATCH.given(left=left, right=right))
        self.left = left
        self.right = right


class UnknownCurrencyError(InvalidValueError):
    """A code that is not in the ISO 4217 list, or names something without minor units (gold)."""

    def __init__(self, code: str, reason: Reason = UNKNOWN_CURRENCY) -> None:
        super().__init__("currency", reason.given(code=code))
        self.code = code


class WeightsError(InvalidValueError):
    """Weights for a split that are missing, negative, or all zero."""


class NaiveDatetimeError(InvalidValueError):
    """A date and time without a zone: nobody can say which moment it is."""

    def __init__(self, field: str) -> None:
        super().__init__(field, NAIVE_DATETIME)


class RefusedError(PaidEventsError):
    """A rule says no. `reasons` has every reason, fit to be shown to the person who asked."""


class SoldOutError(RefusedError):
    """Fewer places are left than were asked for."""

    def __init__(self, counter: str, wanted: int, left: int) -> None:
        super().__init__((SOLD_OUT.given(wanted=wanted, left=left),))
        self.counter = counter
        self.wanted = wanted
        self.left = left


class SaleClosedError(RefusedError):
    """The ticket is not on sale: not yet, no longer, or stopped."""


class PriceChangedError(RefusedError):
    """
    The price is another one than was shown; nothing was reserved.

    Attributes:
        quote: The price as it is now, to be shown instead.
    """

    def __init__(self, quote: "Quote") -> None:
        super().__init__((PRICE_CHANGED.given(charged=quote.charged),))
        self.quote = quote


class AmountRefusedError(RefusedError):
    """A provider does not take this amount: its minimum, maximum or step."""


class NotAllowedError(RefusedError):
    """The person's role, or the link they came with, does not allow this."""


class RefundRefusedError(RefusedError):
    """The refund is more than is left, or the provider no longer makes it."""


class IllegalTransitionError(PaidEventsError):
    """
    The right request at the wrong moment; the state is unchanged.

    Attributes:
        machine: Name of the table.
        state: Value of the present state.
        trigger: Value of what was tried.
        refused_by: Reasons of the guards that refused; empty if no row answers at all.
    """

    def __init__(self, machine: str, state: str, trigger: str, refused_by: tuple[Reason, ...] = ()) -> None:
        general = ILLEGAL_TRANSITION.given(machine=machine, state=state, trigger=trigger)
        super().__init__((general, *refused_by))
        self.machine = machine
        self.state = state
        self.trigger = trigger
        self.refused_by = refused_by


class ProviderError(PaidEventsError):
    """
    A payment provider did not do what was asked.

    Attributes:
        provider: Its name, mode included ("stripe:test").
        vendor_code: Its own word for what went wrong.
    """

    def __init__(self, provider: str, vendor_code: str) -> None:
        super().__init__((PROVIDER_FAILED.given(provider=provider, vendor_code=vendor_code),))
        self.provider = provider
        self.vendor_code = vendor_code


class RequestRejectedError(ProviderError):
    """Final: the provider will not take this request however often it is sent."""


class PaymentDeclinedError(ProviderError):
    """The buyer's instrument was declined; a new attempt may work."""


class OutcomeUnknownError(ProviderError):
    """It may have happened: repeat it under the same key, or fetch. An unreadable answer is this."""


class ProviderUnavailableError(ProviderError):
    """Certainly nothing happened; the same request may be sent again."""


class ForgedNotificationError(ProviderError):
    """A notification without a valid signature. Not a byte of it was used."""


class NotifierError(PaidEventsError):
    """A message may not have been sent; it is tried again, under the same key."""

    def __init__(self) -> None:
        super().__init__((NOTIFIER_FAILED,))


class StoreError(PaidEventsError):
    """A store could not do what was asked; unless it says otherwise, nothing was written."""


class ConflictError(StoreError):
    """Somebody else changed the record since it was read."""

    def __init__(self, id: str, expected: int, found: int | None) -> None:
        super().__init__((STORED_DIFFERENTLY.given(id=id),))
        self.id = id
        self.expected = expected
        self.found = found


class DuplicateError(StoreError):
    """A unique key is taken."""

    def __init__(self, key: str) -> None:
        super().__init__((STORED_TWICE.given(key=key),))
        self.key = key


class ExhaustedError(StoreError):
    """A bounded counter has less left than was to be taken."""

    def __init__(self, counter: str, wanted: int, left: int) -> None:
        super().__init__((COUNTER_EXHAUSTED.given(counter=counter, wanted=wanted, left=left),))
        self.counter = counter
        self.wanted = wanted
        self.left = left


class CommitUnknownError(StoreError):
    """The connection died on the way: look whether the commit is there, never guess."""

    def __init__(self, commit_id: str) -> None:
        super().__init__((COMMIT_UNKNOWN.given(commit_id=commit_id),))
        self.commit_id = commit_id


class NotFoundError(StoreError):
    """No record has this id."""

    def __init__(self, id: str) -> None:
        super().__init__((NOT_FOUND.given(id=id),))
        self.id = id


class CorruptRecordError(StoreError):
    """A stored record does not read, or a promise of the store is broken."""

    def __init__(self, id: str) -> None:
        super().__init__((CORRUPT_RECORD.given(id=id),))
        self.id = id


class SchemaMismatchError(StoreError):
    """The database was made by another version; migrate it first."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__((SCHEMA_MISMATCH.given(expected=expected, found=found),))
        self.expected = expected
        self.found = found


class StoreUnavailableError(StoreError):
    """The database is locked, full, or out of reach; nothing was written, and the same may work later."""

    def __init__(self, cause: str) -> None:
        super().__init__((STORE_UNAVAILABLE.given(cause=cause),))
        self.cause = cause


class MissingExtraError(PaidEventsError, ImportError):
    """An optional part was imported without what it needs; the text has the command that installs it."""

    def __init__(self, extra: str) -> None:
        super().__init__((MISSING_EXTRA.given(extra=extra),))
        self.extra = extra
