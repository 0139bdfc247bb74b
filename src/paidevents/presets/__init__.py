"""Two real rule sets as data: those of ClickMeeting and GoToWebinar."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.presets.by_name import PRESETS as PRESETS
    from paidevents.presets.by_name import preset as preset
    from paidevents.presets.click_meeting import clickmeeting as clickmeeting
    from paidevents.presets.go_to_webinar import gotowebinar as gotowebinar
    from paidevents.presets.ruleset import Preset as Preset
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "by_name": "PRESETS preset",
            "click_meeting": "clickmeeting",
            "go_to_webinar": "gotowebinar",
            "ruleset": "Preset",
        },
    )
