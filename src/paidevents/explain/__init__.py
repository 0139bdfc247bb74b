"""Sentences in English and French for every reason, finding and refusal, and the letters made of them."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.explain.letters import letter as letter
    from paidevents.explain.sentences import explain as explain
    from paidevents.explain.telling import Telling as Telling
else:
    __all__, __getattr__, __dir__ = face(__name__, {"letters": "letter", "sentences": "explain", "telling": "Telling"})
