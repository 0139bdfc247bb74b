"""The command line, as its parsers describe it: `docs/reference/command-line.md`."""

import argparse
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from generators.markdown import plain, table
from paidevents.cli import COMMANDS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"

HEAD = """\
# Command line

`paidevents COMMAND` answers on the terminal what the library answers in a program; `paidevents COMMAND --help` has what stands below.
It ends with status 0, or 1 where the answer is no, or 2 and one clear line for input that cannot be.
"""


def files() -> dict[Path, bytes]:
    lines = [HEAD]
    for command in COMMANDS:
        lines += section(command)
    return {PAGE: "\n".join(lines).encode()}


def section(command: ModuleType) -> Iterator[str]:
    """What a command is for, how it is called, and each of its arguments."""
    name = command.__name__.rpartition(".")[2]
    parser = argparse.ArgumentParser(prog=f"paidevents {name}", add_help=False)
    command.add_arguments(parser)
    yield from (f"## {name}", "", inspect.cleandoc(command.__doc__ or ""), "")
    calls = list(calls_of(parser))
    yield from ("```text", *(called_as(one) for one in calls), "```", "")
    if len(calls) > 1:
        told = [(f"`{one.prog.removeprefix(parser.prog).strip()}`", sentence(one.description or "")) for one in calls]
        yield from table(("Action", "Meaning"), told)
    rows = {called(action): meaning(action) for one in calls for action in arguments_of(one)}
    if rows:
        yield from table(("Argument", "Meaning"), rows.items())


def calls_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser, or those of its actions, which say what they are for."""
    within = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in within:
        for told, one in zip(action._choices_actions, action.choices.values(), strict=True):
            one.description = told.help
            yield one
    if not within:
        yield parser


def arguments_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.dest != "help"]


def called_as(parser: argparse.ArgumentParser) -> str:
    """A call, with what cannot be left out; the rest of the options together."""
    words = [parser.prog, *filter(None, map(usage, arguments_of(parser)))]
    either = [group._group_actions for group in parser._mutually_exclusive_groups if group.required]
    words += [f"({' | '.join(f'{one.option_strings[0]} {wanted(one)}' for one in group)})" for group in either]
    grouped = [action for group in either for action in group]
    free = [one for one in arguments_of(parser) if one.option_strings and not one.required and one not in grouped]
    return " ".join([*words, "[OPTION ...]"] if free else words)


def usage(action: argparse.Action) -> str:
    """How an argument stands in a call; nothing for an option that can be left out."""
    if not action.option_strings:
        word = str(action.metavar or action.dest)
        return f"[{word}]" if action.nargs == "?" else f"{word} ..." if action.nargs in ("*", "+") else word
    return f"{action.option_strings[0]} {wanted(action)}".strip() if action.required else ""


def called(action: argparse.Action) -> str:
    names = action.option_strings or [str(action.metavar or action.dest)]
    return ", ".join(f"`{f'{name} {wanted(action)}'.strip()}`" for name in names)


def wanted(action: argparse.Action) -> str:
    """The word for an option's value; none for a switch, or for what is no option."""
    return "" if not action.option_strings or action.nargs == 0 else str(action.metavar or action.dest.upper())


def meaning(action: argparse.Action) -> str:
    text = (action.help or "") % {"default": action.default}
    choices = "" if action.metavar or not action.choices else f"; one of {', '.join(map(str, action.choices))}"
    return sentence(text + choices)


def sentence(text: str) -> str:
    return plain(text[:1].upper() + text[1:] + ".") if text else ""
