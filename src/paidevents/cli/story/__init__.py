"""The story of `paidevents demo`: two events sold on a SQLite file. Nothing of it is loaded before it is told."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.cli.story.killed import tell_of_kill as tell_of_kill
    from paidevents.cli.story.told import tell_story as tell_story
else:
    __all__, __getattr__, __dir__ = face(__name__, {"killed": "tell_of_kill", "told": "tell_story"})
