"""The product as people have it: a wheel installed into an environment of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copy

ROOT = Path(__file__).parents[2]


def installed(folder: Path | None = None) -> Path:
    """Build and install the wheel; answers the path of its ``aftersales`` command.

    Bytecode is compiled at once, as an installer does: the first start is not what is measured.
    """
    place = folder or Path(tempfile.mkdtemp(prefix="aftersales-wheel-"))
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", str(ROOT)], check=True
    )
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(ROOT)],
        check=True,
    )
    subprocess.run([str(python), "-m", "compileall", "-q", str(place / "lib")], check=False)
    return place / "bin" / "aftersales"


def stores_of(command: Path, folder: Path, tickets: int, made: Sequence[str] | None) -> dict[str, Path]:
    """The stores to measure on, by name: those that were made before, else the demo shop and one of many tickets.

    Args:
        command: The installed command.
        folder: Where new ones are made.
        tickets: How many are many.
        made: ``NAME=PATH`` each; copies are measured, for a measurement leaves rows behind that the next would meet.
    """
    if made:
        told = (one.partition("=") for one in made)
        return {name: Path(copy(path, folder / f"{name}.db")) for name, _, path in told}
    stores = {"demo": folder / "demo.db", str(tickets): folder / "many.db"}
    for name, store in stores.items():
        demo_store(command, store, None if name == "demo" else tickets)
    return stores


def demo_store(command: Path, store: Path, tickets: int | None = None) -> None:
    """Make a demo store at a path with the installed product."""
    code = "import sys; from pathlib import Path; from aftersales_tui.demo.make import make_demo; "
    code += "make_demo(Path(sys.argv[1]), int(sys.argv[2]) or None)"
    subprocess.run([str(command.parent / "python"), "-c", code, str(store), str(tickets or 0)], check=True)
