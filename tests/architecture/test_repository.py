"""What lies in the repository works on any machine and holds nothing that does not belong there."""

import re
from fnmatch import fnmatch

from tests.architecture.source import ROOT, kept_files

TOP = (
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README*",
    "aftersales_tui",
    "constraints.txt",
    "data",
    "docs",
    "pyproject.toml",
    "tests",
)
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work)/")
REGISTRY = re.compile(
    r"https?://[^\s/]*(?:pypi|pythonhosted|npm|registry|artifact|nexus|jfrog|mirror)[^\s/]*"
    r"|\b(?:pypi|pythonhosted)\.org\b|--(?:extra-)?index-url"
)


def test_every_top_level_entry_has_its_place() -> None:
    entries = {file.relative_to(ROOT).parts[0] for file in kept_files()}
    assert {entry for entry in entries if not any(fnmatch(entry, allowed) for allowed in TOP)} == set()


def test_no_file_names_a_path_of_a_machine_or_a_package_registry() -> None:
    found = []
    for file in kept_files():
        text = file.read_bytes().decode("utf-8", "replace")
        for pattern in (MACHINE, REGISTRY):
            found += [f"{file.relative_to(ROOT).as_posix()}: {match}" for match in pattern.findall(text)]
    assert found == []
