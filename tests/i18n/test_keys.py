"""Every sentence that the code asks for stands in the catalogs, and no other stands there."""

import ast
import re
from collections.abc import Iterator

from aftersales_tui.i18n import LOCALE, build
from tests.architecture.source import Module, called, calls, package

ASKED_BY_NAME = ("say", "say_n", "has", "Word")
ERRORS = ("Invalid", "Refused", "Stale", "NotFound", "Unavailable")
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-zA-Z0-9_]+)+")

DYNAMIC: frozenset[str] = frozenset({"event."})
"""Beginnings of keys that are put together where the source does not show it."""

KEYS = frozenset(build.read_language(LOCALE, "en"))


def constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def asked(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """The keys asked for by their full name, each alternative of a conditional one."""
    for call in calls(module.tree, *ASKED_BY_NAME):
        choices = [call.args[0]] if call.args else []
        if choices and isinstance(choices[0], ast.IfExp):
            choices = [choices[0].body, choices[0].orelse]
        yield from ((call, key) for choice in choices if (key := constant(choice)))


def raised(module: Module) -> Iterator[tuple[ast.Call, str]]:
    for call in calls(module.tree, *ERRORS):
        if call.args and (code := constant(call.args[0])):
            yield call, f"error.{code}"


def pattern(node: ast.JoinedStr) -> str:
    """An f-string as a pattern of the keys it can become."""
    parts = [re.escape(text) if (text := constant(part)) is not None else r"[\w.]+" for part in node.values]
    return "".join(parts)


def used() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string that is a key, and every f-string that starts like one, wherever it stands."""
    names: set[str] = set()
    patterns = [re.escape(prefix) + r"[\w.]+" for prefix in DYNAMIC]
    for module in package():
        names.update(key for _, key in raised(module))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr) and (constant(node.values[0]) if node.values else None):
                patterns.append(pattern(node))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                names.add(node.value)
    keyed = [text for text in patterns if re.match(r"[a-z_]+\\\.", text) and not text.startswith(r"error\.")]
    return names, [re.compile(text) for text in keyed]


def test_every_key_that_is_asked_for_has_a_sentence() -> None:
    missing = [
        f"{module.at(call)} {key}"
        for module in package()
        for call, key in (*asked(module), *raised(module))
        if key not in KEYS
    ]
    assert missing == []


def test_every_key_that_is_put_together_can_be_one() -> None:
    missing = [
        f"{module.at(call)} {ast.unparse(call.args[0])}"
        for module in package()
        for call in calls(module.tree, *ASKED_BY_NAME)
        if call.args
        and isinstance(call.args[0], ast.JoinedStr)
        and constant(call.args[0].values[0])
        and not any(re.fullmatch(pattern(call.args[0]), key) for key in KEYS)
    ]
    assert missing == []


def test_every_parameter_of_a_sentence_is_given() -> None:
    sentences = build.read_language(LOCALE, "en")
    wanting = []
    for module in package():
        for call in (*calls(module.tree, "say", "say_n"), *calls(module.tree, *ERRORS)):
            code = constant(call.args[0]) if call.args else None
            key = f"error.{code}" if called(call) in ERRORS else code
            if key not in sentences or any(given.arg is None for given in call.keywords):
                continue
            names = build.placeholders(sentences[key]) - {str(given.arg) for given in call.keywords}
            if names - ({"n"} if called(call) == "say_n" else set()):
                wanting.append(f"{module.at(call)} {key} {sorted(names)}")
    assert wanting == []


def test_no_sentence_is_left_over() -> None:
    names, patterns = used()
    left = {key for key in KEYS - names if not any(pattern.fullmatch(key) for pattern in patterns)}
    assert left == set()
