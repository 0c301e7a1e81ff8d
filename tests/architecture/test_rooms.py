"""Each room has one job: what the import contracts cannot say is looked up in the source."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, called, imports, package

SQL_WORDS = {"select", "text", "literal_column"}
SQL_TEXT = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|PRAGMA\s|(CREATE|DROP|ALTER)\s+[A-Z]+\s)"
)


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_domain_imports_only_the_standard_library() -> None:
    foreign = [
        f"{module.at(node)} {name}"
        for module in package("domain")
        for node, name in imports(module.tree)
        if not name.startswith("aftersales_tui.domain")
        and name.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert foreign == []


def test_the_domain_has_no_clock_and_touches_no_file() -> None:
    forbidden = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
    }
    found = [
        module.at(node)
        for module in package("domain")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and (
            called(node) in {"open", "read_text", "read_bytes", "write_text", "getenv"}
            or tuple(ast.unparse(node.func).split(".")[-2:]) in forbidden
        )
    ]
    assert found == []


def test_queries_stand_in_the_store_alone() -> None:
    found = []
    for module in package():
        if module.room == "store":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {
                "sqlalchemy",
                "sqlmodel",
            }:
                found += [
                    f"{module.at(node)} {alias.name}" for alias in node.names if alias.name in SQL_WORDS
                ]
            elif (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_TEXT.match(node.value)
            ):
                found.append(f"{module.at(node)} {node.value[:40]}")
            elif isinstance(node, ast.Attribute) and node.attr == "exec_driver_sql":
                found.append(f"{module.at(node)} {node.attr}")
    assert found == []
