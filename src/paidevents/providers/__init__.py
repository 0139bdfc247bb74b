"""Payment providers: a fake one for tests and demos, and money that a person records."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.providers.fake import FakeProvider as FakeProvider
    from paidevents.providers.fake_script import Fault as Fault
    from paidevents.providers.manual import ManualProvider as ManualProvider
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "fake": "FakeProvider",
            "fake_script": "Fault",
            "manual": "ManualProvider",
        },
    )
