"""Texts that a database can hold: without NUL, and without half a character."""

# No id is longer than this, nor has it a character above this one.
LONGEST_ID, LAST_CHARACTER = 200, "\U0010ffff"
LAST_BEFORE_SURROGATES = "\ud7ff"


def is_kept(text: str) -> bool:
    """Whether a database can hold such a text; if not, nothing is called so."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def kept_before(text: str) -> str:
    """The last text that a database can hold and that does not come after *text*: no id lies between them."""
    for place, character in enumerate(text):
        if character == "\0":
            return text[:place]
        if not is_kept(character):
            return text[:place] + LAST_BEFORE_SURROGATES + LAST_CHARACTER * LONGEST_ID
    return text
