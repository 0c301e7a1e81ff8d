"""Nothing grows beyond what one can hold in the head; what does is split by idea."""

import ast

from tests.architecture.source import PACKAGE, ROOT, Module, everything, package

FILE_LINES = 400
FUNCTION_LINES = 40
PUBLIC_METHODS = 15
APP_METHODS = 12


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def public_methods(node: ast.ClassDef) -> list[str]:
    return [
        member.name
        for member in node.body
        if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef)) and not member.name.startswith("_")
    ]


def is_app(node: ast.ClassDef) -> bool:
    bases = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return any(ast.unparse(base).endswith("App") for base in bases)


def classes(module: Module) -> list[ast.ClassDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {module.path: n for module in everything() if (n := len(module.text.splitlines())) > FILE_LINES}
    for sheet in PACKAGE.rglob("*.tcss"):
        if (n := len(sheet.read_text("utf-8").splitlines())) > FILE_LINES:
            long[sheet.relative_to(ROOT).as_posix()] = n
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = {
        f"{module.at(node)} {node.name}": length(node)
        for module in everything()
        for node in ast.walk(module.tree)
        if isinstance(node, functions) and length(node) > FUNCTION_LINES
    }
    assert long == {}


def test_no_class_has_more_than_15_public_methods_and_the_app_12() -> None:
    wide = {
        f"{module.at(node)} {node.name}": count
        for module in package()
        for node in classes(module)
        if (count := len(public_methods(node))) > (APP_METHODS if is_app(node) else PUBLIC_METHODS)
    }
    assert wide == {}
