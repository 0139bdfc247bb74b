"""What every reader says of a document that it refuses."""

from paidevents.reason import Reason

MISSING = Reason("missing", "It is missing.")
UNKNOWN_KEY = Reason("unknown_key", "Nothing has this name here.")
NOT_ONE_OF = Reason("not_one_of", "It must be one of: {allowed}.")
WRONG_VERSION = Reason("wrong_version", "This is not version {expected} of the format.")
