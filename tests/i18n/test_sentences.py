"""No sentence for people stands in the code: every one of them would be missing in two languages."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Module, called, package

ROOMS = ("tui", "cli", "desk", "store", "domain", "policy", "lexicon", "views", "bootstrap", "__main__")
WORDS = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}")
HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
SQL = re.compile(r"\s*(?:[A-Z]{2,}\b|\w+ (?:IS|IN|NOT|AND|OR|DESC|ASC)\b)")

FOR_DEVELOPERS = {"TypeError", "ValueError", "RuntimeError", "AssertionError", "LookupError", "KeyError"}
LOGS = {"debug", "info", "warning", "error", "exception", "critical"}
SELECTORS = {
    "query",
    "query_one",
    "query_exactly_one",
    "on",
    "add_class",
    "remove_class",
    "set_class",
    "has_class",
}
MATCHES = {
    "startswith",
    "endswith",
    "compile",
    "match",
    "fullmatch",
    "search",
    "sub",
    "split",
    "partition",
    "strptime",
}
NAMES = {"classes", "id", "name", "bindings"}
STYLES = {"AUTO_FOCUS", "CSS", "DEFAULT_CSS", "SCOPED_CSS"}

ALLOWED = {
    "张": "the shortest Chinese name, which loads the tables of pinyin before the first save",
    "true, false": "the two words of TOML",
}
"""Strings that look like language and are not, each with the reason."""


def is_language(text: str) -> bool:
    return bool(HAN.search(text) or WORDS.search(text))


def is_characters(node: ast.expr | None) -> bool:
    """Whether a string is nothing but Han characters: the lexicon's tables of numerals and surnames."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and bool(HAN.search(text)) and all(map(HAN.match, text.replace("-", "")))


class Speech(ast.NodeVisitor):
    """Collects the strings of a module that look like language, and passes over those that are for machines.

    For machines are: what documents the code (a string that stands alone), what is matched against, selectors
    and names of widgets, style sheets, logs, the texts of errors in the code itself, SQL in the store, and in
    the lexicon Han characters with their readings.
    """

    def __init__(self, module: Module) -> None:
        self.module = module
        self.found: list[str] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, str) or node.value in ALLOWED or not is_language(node.value):
            return
        if self.module.room == "store" and SQL.match(node.value) and not HAN.search(node.value):
            return
        if self.module.room == "lexicon" and is_characters(node):
            return
        self.found.append(f"{self.module.at(node)} {node.value.strip()[:60]!r}")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
        if parts and self.module.room == "store" and SQL.match(str(parts[0])):
            return
        # Two words with a value between them are a sentence as well.
        if is_language(" ".join(str(part).strip() for part in parts)):
            self.found.append(f"{self.module.at(node)} {ast.unparse(node)[:60]}")
            return
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if self.module.room != "lexicon" or not is_characters(key):
                self.visit(value)
            if key is not None:
                self.visit(key)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for part in (node.left, *node.comparators):
            if not isinstance(part, ast.Constant) or HAN.search(str(part.value)):
                self.visit(part)

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node)
        if name in FOR_DEVELOPERS | LOGS | SELECTORS | MATCHES:
            skipped: tuple[ast.expr, ...] = tuple(part for part in node.args if isinstance(part, _LITERALS))
        else:
            skipped = ()
        for child in ast.iter_child_nodes(node):
            named = isinstance(child, ast.keyword) and child.arg in NAMES
            if child not in skipped and not named:
                self.visit(child)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name) and target.id in STYLES for target in node.targets):
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        styles = isinstance(node.target, ast.Name) and node.target.id in STYLES
        if node.value is not None and not styles:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for child in (*node.decorator_list, node.args, *node.body):
            self.visit(child)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_arg(self, node: ast.arg) -> None:
        """Annotations are for the type checker."""

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)


_LITERALS = (ast.Constant, ast.JoinedStr, ast.BinOp)


def speech(module: Module) -> Iterator[str]:
    visitor = Speech(module)
    visitor.visit(module.tree)
    yield from visitor.found


def test_no_sentence_stands_in_the_code() -> None:
    assert [found for module in package(*ROOMS) for found in speech(module)] == []


def test_the_scan_sees_what_it_is_for() -> None:
    spoken = [
        'notify("Saved the call")',
        'f"{n} calls waiting"',
        'f"call {n} waiting"',
        'x = "张三"',
        'help = "Take, then save"',
        'Invalid("no such ticket")',
        'if kind == "保修": pass',
        'raise DomainError("It is late")',
    ]
    silent = [
        '"""Says what it is."""',
        'raise ValueError("naive datetime given")',
        'log.debug("opened the store")',
        'self.query_one("Static Input")',
        'Static(classes="row late")',
        'DEFAULT_CSS = "Row { color: red; }"',
        'if "database is locked" in str(error): pass',
        'x: "Sequence of int" = 3',
        'x = "ctrl+s,f12"',
        'f"kind.{kind}"',
    ]
    assert [
        line for line in spoken if not list(speech(Module("aftersales_tui/tui/x.py", line, ast.parse(line))))
    ] == []
    assert [
        line for line in silent if list(speech(Module("aftersales_tui/tui/x.py", line, ast.parse(line))))
    ] == []
