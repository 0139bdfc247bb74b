"""Reports on what was sold on a file. Nothing of it is loaded before one is asked for."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.cli.reporting.printed import print_report as print_report
else:
    __all__, __getattr__, __dir__ = face(__name__, {"printed": "print_report"})
