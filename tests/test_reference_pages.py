"""What the reference shows is all there is, once."""

import re
from collections import Counter
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from generators.markdown import plain, table
from generators.state_drawings import drawing, lines_of

import paidevents
from paidevents.lifecycle import MACHINES
from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "docs" / "reference"
SVG = "{http://www.w3.org/2000/svg}"


def directives() -> Counter[str]:
    """Every object that a page of the interface, or that of the errors, has a directive for."""
    found: Counter[str] = Counter()
    for page in (*(REFERENCE / "api").glob("*.md"), REFERENCE / "errors.md"):
        text = page.read_text("utf-8")
        found.update(re.findall(r"^\.\. auto(?:class|function|exception):: (\S+)$", text, re.MULTILINE))
        constants = re.findall(r"^\.\. py:data:: ((?:\w+\s+)+):module: (\S+)$", text, re.MULTILINE)
        found.update(f"{module}.{name}" for names, module in constants for name in names.split())
    return found


def test_every_public_name_is_told_of_once() -> None:
    told = directives()
    root = (REFERENCE / "api" / "paidevents.md").read_text("utf-8")
    linked = {f"paidevents.{name}": path for name, path in re.findall(r"\{py:obj\}`(\w+) <(\S+)>`", root)}
    for name in (HERE / "public_names.txt").read_text("utf-8").split():
        home = linked.get(name, name.replace("pricing.stages.", "pricing."))
        assert told[home] == 1, name


def test_nothing_is_told_of_twice() -> None:
    assert [name for name, count in directives().items() if count > 1] == []


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = re.findall(r"^api/(\S+)$", (REFERENCE / "interface.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(page.stem for page in (REFERENCE / "api").iterdir())


def test_every_error_is_in_the_tree() -> None:
    page = (REFERENCE / "errors.md").read_text("utf-8")
    classes = re.findall(
        r"^class (\w+)\(", (Path(paidevents.__path__[0]) / "errors.py").read_text("utf-8"), re.MULTILINE
    )
    assert len(classes) > 20
    for name in classes:
        assert f"{{py:obj}}`~paidevents.errors.{name}`" in page


def test_every_code_has_a_row_with_its_french_sentence() -> None:
    catalog = (Path(paidevents.__path__[0]) / "explain" / "catalogs" / "fr.po").read_text("utf-8")
    page = (REFERENCE / "reasons.md").read_text("utf-8")
    messages = re.findall(r'^msgid "(\w+)"\nmsgstr "(.*)"$', catalog, re.MULTILINE)
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \| (?:again)? \|$", page, re.MULTILINE))
    assert rows.keys() == dict(messages).keys()
    for code, sentence in messages:
        assert rows[code].replace("\\", "") == sentence.replace('\\"', '"').replace("\\", "")


@pytest.mark.parametrize("name", MACHINES)
def test_a_drawing_has_a_mark_for_every_row_of_its_table(name: str) -> None:
    svg = ET.parse(REFERENCE / "states" / f"{name}.svg")
    begun = [circle for circle in svg.iter(f"{SVG}circle") if circle.get("class") in ("from", "stay")]
    assert len(begun) == len(MACHINES[name].rows)
    states = [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "state"]
    assert states == [state.value for state in MACHINES[name].states]


def test_every_drawing_is_shown() -> None:
    page = (REFERENCE / "states.md").read_text("utf-8")
    assert re.findall(r"\(states/(\w+)\.svg\)", page) == list(MACHINES)


class Lamp(Enum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


class Act(Enum):
    PRESS = "press"
    DROP = "drop"


def when(code: str, test: Callable[[None], bool] = lambda _: True) -> Guard[None]:
    return Guard[None](test, Reason(code, "It is not so."))


def test_rows_that_differ_in_where_they_begin_are_one_line() -> None:
    lamp = Machine[Lamp, Act, None, Lamp](
        name="lamp",
        initial=Lamp.OFF,
        triggers=Act,
        rows=(
            Row(Lamp.OFF, Act.PRESS, Lamp.ON),
            Row(Lamp.ON, Act.PRESS, Lamp.OFF),
            Row(Lamp.OFF, Act.DROP, Lamp.BROKEN),
            Row(Lamp.ON, Act.DROP, Lamp.BROKEN),
        ),
    )
    assert [[row.source for row in line.rows] for line in lines_of(lamp)] == [
        *([Lamp.OFF], [Lamp.ON], [Lamp.OFF, Lamp.ON])
    ]


def test_lines_stand_in_the_order_in_which_a_state_tries_them() -> None:
    """The guarded row of the lamp that is on is tried first, so it stands above, though another row comes before it."""
    hot = when("is_hot")
    lamp = Machine[Lamp, Act, None, Lamp](
        name="lamp",
        initial=Lamp.OFF,
        triggers=Act,
        rows=(
            Row(Lamp.OFF, Act.PRESS, Lamp.ON),
            Row(Lamp.OFF, Act.DROP, Lamp.BROKEN),
            Row(Lamp.ON, Act.DROP, Lamp.BROKEN, hot),
            Row(Lamp.ON, Act.DROP, Lamp.BROKEN),
        ),
    )
    dropped = [line.rows for line in lines_of(lamp) if line.rows[0].trigger is Act.DROP]
    assert [[row.source for row in rows] for rows in dropped] == [[Lamp.ON], [Lamp.OFF, Lamp.ON]]
    assert dropped[0][0].when is hot
    assert "Otherwise: It is not so." in drawing(lamp)


def test_what_markdown_would_not_show_is_escaped() -> None:
    assert plain("a|b *c* <d> [e] `f` g_h") == r"a\|b \*c\* \<d\> \[e\] \`f\` g_h"
    assert table(("Name", "Count:"), [("a", "1")]) == ["| Name | Count |", "|---|---:|", "| a | 1 |", ""]
