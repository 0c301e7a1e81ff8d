"""Draws the README's pictures with the app itself: ``python -m tests.docs.pictures``.

Each is a demo shop of this moment, seen through a terminal of 108 columns and 30 lines.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aftersales_tui import bootstrap, i18n
from aftersales_tui.demo.make import demo_settings, make_demo
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import open_readonly
from aftersales_tui.tui.app import DeskApp

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = (108, 30)
SCENES = (
    ("queue", ()),
    ("assign", (*["down"] * 3, "a")),
    ("intake", ("f2", "digits", "wait", "enter", "wait", *"开机后响声很大", "wait")),
    ("ticket", ("down", "down", "down", "enter", "wait")),
    ("contact", ("f4", "wait", "down", "down", "enter", "wait")),
)
_FONT_FROM_OUTSIDE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


_ONE_DEVICE = """
SELECT p.typed FROM phone p JOIN device d USING (shop_id, customer_id) JOIN ticket t USING (shop_id, customer_id)
WHERE p.place = 0 AND t.is_open = 1 GROUP BY p.customer_id HAVING count(*) = 1 LIMIT 1
"""


def last_digits(store: Path) -> str:
    """The end of the number of a caller with one device and an open ticket."""
    connection = open_readonly(store)
    typed: str = connection.execute(_ONE_DEVICE).fetchone()[0]
    connection.close()
    return typed[-4:]


async def draw(store: Path, language: str, name: str, keys: Sequence[str]) -> None:
    """One picture: the app on the demo store, after these keys."""
    i18n.use(language)
    settings = demo_settings(Settings(language=language, zone="Asia/Shanghai", seat="1"), store)
    app = DeskApp(settings, lambda: bootstrap.open_desk(settings, "1"))
    async with app.run_test(size=SIZE) as pilot:
        for key in ("wait", *keys, "wait"):
            if key == "wait":
                await asyncio.sleep(0.6)
                await pilot.pause()
            else:
                await pilot.press(key)
        picture = _FONT_FROM_OUTSIDE.sub("", app.export_screenshot(title="aftersales"))
        (PICTURES / f"{name}-{language}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Draw every scene in every language."""
    folder = Path(tempfile.mkdtemp(prefix="aftersales-pictures-"))
    os.environ |= {"AFTERSALES_STATE_DIR": str(folder / "state"), "XDG_CONFIG_HOME": str(folder)}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in i18n.LANGUAGES:
        for name, keys in SCENES:
            store = folder / f"{name}-{language}.db"
            make_demo(store, now=bootstrap.clock())
            said = [letter for key in keys for letter in (last_digits(store) if key == "digits" else [key])]
            asyncio.run(draw(store, language, name, said))


if __name__ == "__main__":
    main()
