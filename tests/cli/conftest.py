"""A shop of its own for each test of the shell, and a way to run commands on it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aftersales_tui import i18n
from aftersales_tui.cli.main import run
from tests.cli.shops import found


@dataclass
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    def records(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    def error(self) -> Any:
        return json.loads(self.err)["error"]


Shell = Callable[..., Ended]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its day is today: the shell goes by the machine's clock."""
    from datetime import UTC, datetime

    file = tmp_path_factory.mktemp("shell") / "shop.db"
    found(file, datetime.now(UTC))
    return file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the test's own, and no settings."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("AFTERSALES_DATABASE_URL", raising=False)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    i18n.use("en")
    return tmp_path


@pytest.fixture
def shell(founded: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    file = home / "shop.db"
    for part in founded.parent.iterdir():
        shutil.copy(part, home / part.name)

    def do(*words: str) -> Ended:
        capsys.readouterr()
        code = run(["--db", str(file), "--as", "Li", *words])
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return do
