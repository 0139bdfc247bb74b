"""Sentences in English and French for every reason, finding and refusal."""

from typing import TYPE_CHECKING

from paidevents._face import face

if TYPE_CHECKING:
    from paidevents.explain.sentences import explain as explain
else:
    __all__, __getattr__, __dir__ = face(__name__, {"sentences": "explain"})
