"""What providers say of payments and refunds, and what follows from it. Nothing here asks a provider."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.payments.deciding import accepted as accepted
    from paidevents.payments.deciding import capture_or_void as capture_or_void
    from paidevents.payments.deciding import decide as decide
    from paidevents.payments.deciding import declined as declined
    from paidevents.payments.due import Due as Due
    from paidevents.payments.giving_back import kept as kept
    from paidevents.payments.giving_back import refundable as refundable
    from paidevents.payments.giving_back import requested as requested
    from paidevents.payments.giving_back import spread as spread
    from paidevents.payments.meaning import Action as Action
    from paidevents.payments.meaning import Decision as Decision
    from paidevents.payments.meaning import Meaning as Meaning
    from paidevents.payments.payment import Payment as Payment
    from paidevents.payments.payment import recorded as recorded
    from paidevents.payments.refund import Refund as Refund
    from paidevents.payments.refund import RefundPurpose as RefundPurpose
    from paidevents.payments.refund import made_elsewhere as made_elsewhere
    from paidevents.payments.refund import owed_again as owed_again
    from paidevents.payments.refund import refund_news as refund_news
    from paidevents.payments.refund import told as told
    from paidevents.payments.snapshot import DisputeStatus as DisputeStatus
    from paidevents.payments.snapshot import PaymentRef as PaymentRef
    from paidevents.payments.snapshot import RefundSnapshot as RefundSnapshot
    from paidevents.payments.snapshot import RefundStatus as RefundStatus
    from paidevents.payments.snapshot import Snapshot as Snapshot
    from paidevents.payments.snapshot import Status as Status
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "deciding": "accepted capture_or_void decide declined",
            "due": "Due",
            "giving_back": "kept refundable requested spread",
            "meaning": "Action Decision Meaning",
            "payment": "Payment recorded",
            "refund": "Refund RefundPurpose made_elsewhere owed_again refund_news told",
            "snapshot": "DisputeStatus PaymentRef RefundSnapshot RefundStatus Snapshot Status",
        },
    )
