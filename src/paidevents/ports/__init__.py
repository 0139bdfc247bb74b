"""What the library asks of its host, as protocols, and the values that pass through them."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.ports.connection import Connection as Connection
    from paidevents.ports.connection import base_name as base_name
    from paidevents.ports.connection import connection_id as connection_id
    from paidevents.ports.dossier import Dossier as Dossier
    from paidevents.ports.message import Message as Message
    from paidevents.ports.message import MessageKind as MessageKind
    from paidevents.ports.message import Notifier as Notifier
    from paidevents.ports.obligation import Obligation as Obligation
    from paidevents.ports.obligation import Task as Task
    from paidevents.ports.provider import Capability as Capability
    from paidevents.ports.provider import Notification as Notification
    from paidevents.ports.provider import PaymentProvider as PaymentProvider
    from paidevents.ports.provider import PaymentRequest as PaymentRequest
    from paidevents.ports.records import KINDS as KINDS
    from paidevents.ports.records import Kind as Kind
    from paidevents.ports.records import Record as Record
    from paidevents.ports.records import Stored as Stored
    from paidevents.ports.records import payment_key as payment_key
    from paidevents.ports.records import waiting_key as waiting_key
    from paidevents.ports.source import Clock as Clock
    from paidevents.ports.source import Ids as Ids
    from paidevents.ports.source import RandomIds as RandomIds
    from paidevents.ports.source import SystemClock as SystemClock
    from paidevents.ports.source import read_clock as read_clock
    from paidevents.ports.source import read_id as read_id
    from paidevents.ports.store import Commit as Commit
    from paidevents.ports.store import Expected as Expected
    from paidevents.ports.store import Store as Store
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "connection": "Connection base_name connection_id",
            "dossier": "Dossier",
            "message": "Message MessageKind Notifier",
            "obligation": "Obligation Task",
            "provider": "Capability Notification PaymentProvider PaymentRequest",
            "records": "KINDS Kind Record Stored payment_key waiting_key",
            "source": "Clock Ids RandomIds SystemClock read_clock read_id",
            "store": "Commit Expected Store",
        },
    )
