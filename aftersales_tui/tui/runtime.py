"""How Python itself is to behave under the app: what it loads, when it looks for garbage, how threads take turns."""

import gc
import sys
from importlib.util import find_spec

TURN = 0.0005
"""Seconds a thread may keep another waiting; Python's own 5 ms are felt when the desk's lane works under a key."""

MANY = 10_000
"""Objects made since the last collection; two or three screens."""


def loading() -> None:
    """No collections from now on: hardly anything that is made while the app loads is garbage.

    They are an eighth of the time to the first frame. ``running`` allows them again. To be called before asyncio is
    imported.
    """
    gc.disable()
    _spare_openssl()


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
