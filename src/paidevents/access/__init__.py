"""Who gets in: passes, the tokens in their links, recordings, and who may do what."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.access.admission import admit as admit
    from paidevents.access.admission import admit_viewer as admit_viewer
    from paidevents.access.admission import recognised as recognised
    from paidevents.access.doors import OPENS_BEFORE as OPENS_BEFORE
    from paidevents.access.doors import access_window as access_window
    from paidevents.access.parts import Device as Device
    from paidevents.access.parts import Revocation as Revocation
    from paidevents.access.parts import Visit as Visit
    from paidevents.access.pass_ import LINK_IS_PERSONAL as LINK_IS_PERSONAL
    from paidevents.access.pass_ import Pass as Pass
    from paidevents.access.recording import Attachment as Attachment
    from paidevents.access.recording import Recording as Recording
    from paidevents.access.recording import audience as audience
    from paidevents.access.recording import entitlement_refusals as entitlement_refusals
    from paidevents.access.recording import recording_refusals as recording_refusals
    from paidevents.access.roles import RIGHTS as RIGHTS
    from paidevents.access.roles import Action as Action
    from paidevents.access.roles import may as may
    from paidevents.access.roles import permit as permit
    from paidevents.access.tokens import HostKey as HostKey
    from paidevents.access.tokens import Purpose as Purpose
    from paidevents.access.tokens import Token as Token
    from paidevents.access.tokens import fingerprint as fingerprint
    from paidevents.access.tokens import token as token
    from paidevents.access.tokens import tokens_in_use as tokens_in_use
    from paidevents.access.tokens import verify as verify
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "admission": "admit admit_viewer recognised",
            "doors": "OPENS_BEFORE access_window",
            "parts": "Device Revocation Visit",
            "pass_": "LINK_IS_PERSONAL Pass",
            "recording": "Attachment Recording audience entitlement_refusals recording_refusals",
            "roles": "RIGHTS Action may permit",
            "tokens": "HostKey Purpose Token fingerprint token tokens_in_use verify",
        },
    )
