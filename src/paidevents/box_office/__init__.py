"""The box office: every use case, on the ports of the host."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.box_office.async_door import AsyncBoxOffice as AsyncBoxOffice
    from paidevents.box_office.checkout import Checkout as Checkout
    from paidevents.box_office.flows.reconciling import Reconciled as Reconciled
    from paidevents.box_office.front_door import BoxOffice as BoxOffice
    from paidevents.box_office.page import Page as Page
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "async_door": "AsyncBoxOffice",
            "checkout": "Checkout",
            "flows.reconciling": "Reconciled",
            "front_door": "BoxOffice",
            "page": "Page",
        },
    )
