"""Which driver reads the keys on this platform."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_class() -> "type[Driver]":
    """Our driver on Linux and macOS, Textual's own on Windows, where no bytes have to be decoded.

    Pastes are guarded on each of them.
    """
    if sys.platform == "win32":
        from textual.drivers import win32
        from textual.drivers.windows_driver import WindowsDriver

        from aftersales_tui.tui.terminal.parser import guard_reader

        guard_reader(win32)
        return WindowsDriver
    from aftersales_tui.tui.terminal.posix import PatientDriver

    return PatientDriver
