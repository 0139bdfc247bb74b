"""Running a command as the shell would."""

import pytest

from paidevents.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output with its spaces made plain, standard error."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(str(stop.code))
    out, err = capsys.readouterr()
    return status, out.replace("\xa0", " ").replace("\u202f", " "), err
