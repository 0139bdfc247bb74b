"""Sentences in English and French for every reason, finding and refusal."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.explain.sentences import explain as explain
else:
    __all__, __getattr__, __dir__ = face(__name__, {"sentences": "explain"})
