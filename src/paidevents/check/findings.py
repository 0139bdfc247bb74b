"""Findings of each severity, where first: so that a check reads as a list of what it may find."""

from paidevents.reason import Finding, Reason, Severity


def error(where: str, reason: Reason) -> Finding:
    """What will not work."""
    return Finding(Severity.ERROR, reason, where)


def warning(where: str, reason: Reason) -> Finding:
    """What will work, but hardly as meant."""
    return Finding(Severity.WARNING, reason, where)


def note(where: str, reason: Reason) -> Finding:
    """What is good to know."""
    return Finding(Severity.NOTE, reason, where)
