"""Every example in the documents runs, and what they say of commands is true."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.example import SybilFailure
from sybil.parsers.markdown import PythonCodeBlockParser

from paidevents.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = Sybil([PythonCodeBlockParser(doctest_optionflags=doctest.NORMALIZE_WHITESPACE)])
EXAMPLES = {str(document.relative_to(ROOT)): list(BLOCKS.parse(document).examples()) for document in DOCUMENTS}
CONSOLE = re.findall(r"```console\n(.*?)\n```", README.read_text("utf-8"), re.DOTALL)


def test_there_are_examples_and_two_commands() -> None:
    assert len(EXAMPLES["README.md"]) > 5
    assert len(CONSOLE) == 2


@pytest.mark.parametrize("document", EXAMPLES)
def test_the_examples_of_a_document_run(document: str) -> None:
    wrong = []
    for example in EXAMPLES[document]:
        try:
            example.evaluate()
        except SybilFailure as failure:
            wrong.append(str(failure))
    assert wrong == []


def test_the_first_command_prints_what_the_readme_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """In parts: a line with three dots stands for what is left out."""
    promised = re.search(r"```text\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    command = CONSOLE[0].rpartition(".venv/bin/paidevents ")[2]
    assert promised is not None and command == "demo"
    assert main(shlex.split(command)) == 0
    told = " ".join(capsys.readouterr().out.split())
    parts = [" ".join(part.split()) for part in promised[1].split("…\n")]
    places = [told.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    assert parts[-1] == "ledger balances: 0" and told.endswith(parts[-1])


def test_continuous_integration_runs_the_two_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in script if line.startswith("python3 -m venv")] == CONSOLE


def test_every_command_in_the_readmes_table_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    commands = re.findall(r"^\| `paidevents (.*?)` \|", README.read_text("utf-8"), re.MULTILINE)
    assert {command.split()[0] for command in commands} == {command.__name__.rpartition(".")[2] for command in COMMANDS}
    for command in commands:
        assert main(shlex.split(command.replace("shop.db", str(tmp_path / "shop.db")))) == 0, command
    assert capsys.readouterr().err == ""
