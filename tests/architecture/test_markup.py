"""What people typed is never read as markup: a customer called ``[/]`` must not close the desk."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, called, calls, keyword, package

WRAPPERS = {"Content", "Text", "Segment", "Strip", "assemble", "from_text", "styled", "render"}
PARSE_CONTENT = ("Static", "Label")
PARSE_LABELS = ("Button", "Checkbox", "Collapsible", "Option", "RadioButton", "Tab", "TabPane", "update")
PARSED_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}


def is_false(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def is_wrapped(value: ast.expr) -> bool:
    """Whether an expression is text that Textual does not parse, or nothing at all."""
    if isinstance(value, ast.Constant):
        return not value.value
    return isinstance(value, ast.Call) and called(value) in WRAPPERS


def carries_data(value: ast.expr) -> bool:
    """Whether a string is put together from values here, so that a stored bracket could be in it."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Mod)):
        return any(isinstance(side, (ast.JoinedStr, ast.Constant)) for side in (value.left, value.right))
    if isinstance(value, ast.Call):
        filled = called(value) in {"say", "say_n"} and (len(value.args) > 1 or bool(value.keywords))
        return filled or called(value) in {"format", "format_map"}
    return False


def is_markup_door(node: ast.AST) -> bool:
    """Whether markup is parsed or escaped by hand here; there is no need for either."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").endswith(".markup")
    return isinstance(node, ast.Attribute) and node.attr == "from_markup"


def faults(module: Module) -> Iterator[ast.AST]:
    yield from (call for call in calls(module.tree, "notify") if not is_false(keyword(call, "markup")))
    for call in calls(module.tree, *PARSE_CONTENT):
        shown = call.args[0] if call.args else keyword(call, "content")
        if shown is not None and not is_wrapped(shown) and not is_false(keyword(call, "markup")):
            yield call
    for call in calls(module.tree, *PARSE_LABELS):
        if call.args and carries_data(call.args[0]) and not is_false(keyword(call, "markup")):
            yield call
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and carries_data(node.value):
            targets = [target.attr for target in node.targets if isinstance(target, ast.Attribute)]
            if PARSED_ATTRIBUTES.intersection(targets):
                yield node
        elif is_markup_door(node):
            yield node


def test_no_text_with_data_in_it_is_read_as_markup() -> None:
    assert [module.at(node) for module in package("tui") for node in faults(module)] == []


def test_the_rule_sees_what_it_is_for() -> None:
    bad = """
from rich.markup import escape
self.notify(say("x", name=row.name))
Static(f"{row.name}")
Static(row.name)
Label(say("x"))
Button(say("x", name=row.name))
self.border_title = f"{row.name}"
Text.from_markup(row.name)
line.update("T-" + row.number)
"""
    good = """
self.notify(say("x", name=row.name), markup=False)
Static(Content(row.name))
Static()
Static("", id="line")
Label(say("x"), markup=False)
Button(say("x"))
self.border_title = say("x")
rows.update(more)
line.update(Content("T-" + row.number))
"""
    found = [getattr(node, "lineno", 0) for node in faults(Module("bad", bad, ast.parse(bad)))]
    assert sorted(found) == list(range(2, 11))
    assert list(faults(Module("good", good, ast.parse(good)))) == []
