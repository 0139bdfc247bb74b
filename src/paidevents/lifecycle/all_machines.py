"""The six tables together, for what concerns them all: diagrams, words, tests."""

from typing import Any

from paidevents.lifecycle.event import EVENT, EventState, EventTrigger
from paidevents.lifecycle.order import ORDER, OrderState, OrderTrigger
from paidevents.lifecycle.payment import PAYMENT, PaymentState, PaymentTrigger
from paidevents.lifecycle.refund import REFUND, RefundState, RefundTrigger
from paidevents.lifecycle.registration import REGISTRATION, RegistrationState, RegistrationTrigger
from paidevents.lifecycle.waiting_list import WAITING_LIST, WaitingState, WaitingTrigger
from paidevents.machine import Machine

AnyState = EventState | OrderState | RegistrationState | PaymentState | RefundState | WaitingState
AnyTrigger = EventTrigger | OrderTrigger | RegistrationTrigger | PaymentTrigger | RefundTrigger | WaitingTrigger

# By name, in the order of a sale.
MACHINES: dict[str, Machine[Any, Any, Any, Any]] = {
    machine.name: machine for machine in (EVENT, ORDER, REGISTRATION, PAYMENT, REFUND, WAITING_LIST)
}
