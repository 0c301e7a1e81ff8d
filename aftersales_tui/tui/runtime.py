"""How Python itself is to behave under the app: what it loads, when it looks for garbage, how threads take turns."""

import gc
import importlib
import sys
from functools import partial
from importlib.util import find_spec
from types import ModuleType
from typing import Any

TURN = 0.0005
"""Seconds a thread may keep another waiting; Python's own 5 ms are felt when the desk's lane works under a key."""

METADATA = "importlib.metadata"

MANY = 10_000
"""Objects made since the last collection; two or three screens."""


def loading() -> None:
    """No collections from now on: hardly anything that is made while the app loads is garbage.

    They are an eighth of the time to the first frame. ``running`` allows them again. To be called before asyncio is
    imported.
    """
    gc.disable()
    _spare_openssl()
    if METADATA not in sys.modules:
        importlib.metadata = sys.modules[METADATA] = _Later()


def _spare_openssl() -> None:
    """Let asyncio, hashlib and hmac be loaded without OpenSSL: 5 MiB, and 8 ms of each start.

    The program itself opens no connection over TLS, and Python's own C code hashes its files; a database's driver
    brings a library of its own. All three modules are made for systems that have no OpenSSL. Whoever imports ``ssl``
    later on gets it.
    """
    own = ("_md5", "_sha1", "_sha2" if sys.version_info >= (3, 12) else "_sha256", "_sha3", "_blake2")
    # Some distributions leave Python's own hashes out.
    spared = ["ssl", "_hashlib"] if all(map(find_spec, own)) else ["ssl"]
    spared = [name for name in spared if name not in sys.modules]
    # A module that is None cannot be imported.
    sys.modules.update(dict.fromkeys(spared))  # type: ignore[arg-type]
    try:
        import asyncio  # noqa: F401
        import hashlib  # noqa: F401
        import hmac  # noqa: F401
    finally:
        for name in spared:
            del sys.modules[name]


class _Later(ModuleType):
    """Stands for ``importlib.metadata`` until somebody asks it for anything: 1.4 MiB, most of it for reading mail.

    SQLAlchemy and Pydantic import it to ask for plug-ins and versions, which a desk at work never does.
    """

    def __init__(self) -> None:
        super().__init__(METADATA)
        found = find_spec(METADATA)
        self.__path__ = list(found.submodule_search_locations or ()) if found else []

    def __getattr__(self, name: str) -> Any:
        """A function that loads the real module when it is called; of anything else, the real thing at once."""
        if name in {"version", "entry_points"}:
            return partial(self._ask, name)
        if name.startswith("__"):
            # Whoever goes through all modules, as ``inspect`` does, wants nothing of this one.
            raise AttributeError(name)
        return getattr(self._real(), name)

    def _ask(self, name: str, *given: Any, **named: Any) -> Any:
        return getattr(self._real(), name)(*given, **named)

    def _real(self) -> ModuleType:
        if sys.modules.get(METADATA) is self:
            del sys.modules[METADATA]
        return importlib.import_module(METADATA)


def running() -> None:
    """The frame is painted and threads begin to work beside it.

    What exists now stays; collections look at what comes later, and wait until there is much of it. One of everything
    there is would take 0.1 s, under somebody's fingers.
    """
    sys.setswitchinterval(TURN)
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)
    gc.enable()


def settled() -> None:
    """All is loaded and nobody is typing: the one collection of everything."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def tidy() -> None:
    """Nobody is typing: take away what closed screens and dialogs have left, if there is enough of it."""
    if gc.get_count()[0] > MANY:
        gc.collect()
