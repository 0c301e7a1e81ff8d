"""The machine under the program: its Python, terminal, language, input method, disk and clock."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from aftersales_tui.i18n import language
from aftersales_tui.settings import Settings
from aftersales_tui.tui.terminal.presence import cannot_show
from aftersales_tui.views.checkup import Finding, State

SMALLEST = (60, 20)
"""Columns and lines below which the screens say so instead of showing half of themselves."""
MIB = 1 << 20
LITTLE, NOTHING_LEFT = 1024, 64
"""MiB of free disk below which it is told, and below which a day's calls may not find room."""
EARLIEST = 2026
"""A year before which no machine can stand that has this program."""
KITTY = "TEXTUAL_DISABLE_KITTY_KEY"
DISTANT = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "fuse.sshfs", "webdav", "davfs", "ceph"}
)
"""File systems on which SQLite's locks cannot be trusted."""
MOUNTS = Path("/proc/self/mounts")


def python() -> Finding:
    """The interpreter; that it is new enough, the installer has seen to."""
    told = {"version": platform.python_version(), "system": f"{platform.system()} {platform.release()}"}
    return Finding("python", "runs", State.WELL, told)


def terminal(environ: Mapping[str, str], size: os.terminal_size | None, encoding: str) -> Finding:
    """Whether the screens can be shown and Chinese can be read.

    Args:
        environ: The environment.
        size: Of the terminal; ``None`` without one.
        encoding: Of standard output.
    """
    term = environ.get("TERM", "")
    told = {"term": term, "encoding": encoding}
    if size is None:
        return Finding("terminal", "none", State.WATCH, told)
    told |= {"columns": str(size.columns), "lines": str(size.lines)}
    why = cannot_show(environ, encoding)
    if why == "dumb":
        return Finding("terminal", "dumb", State.ILL, told)
    if why:
        return Finding("terminal", "encoding", State.ILL, told)
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        return Finding("terminal", "small", State.WATCH, told)
    return Finding("terminal", "shows", State.WELL, told)


def terminal_here() -> Finding:
    """That of this process."""
    size = None
    if all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__)):
        size = shutil.get_terminal_size()
    return terminal(os.environ, size, getattr(sys.__stdout__, "encoding", None) or "ascii")


def locale(environ: Mapping[str, str]) -> Finding:
    """The language spoken, and whether the locale can carry its letters."""
    named = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    told = {"language": language(), "locale": named or "C"}
    narrow = "utf" not in named.casefold()
    if (
        os.name == "posix"
        and narrow
        and not sys.flags.utf8_mode
        and named.partition(".")[0] not in {"", "C", "POSIX"}
    ):
        return Finding("locale", "narrow", State.WATCH, told)
    return Finding("locale", "speaks", State.WELL, told)


def input_method(settings: Settings, environ: Mapping[str, str]) -> Finding:
    """Whether a commit of a Chinese input method reaches the app whole."""
    if os.name != "posix":
        return Finding("ime", "console", State.WELL)
    if not settings.ime:
        return Finding("ime", "off", State.WATCH)
    if environ.get(KITTY, "1") != "1":
        return Finding("ime", "kitty", State.WATCH, {"variable": KITTY})
    return Finding("ime", "on", State.WELL)


def disk(folders: Mapping[str, Path]) -> Iterator[Finding]:
    """The room left where the store and the drafts lie.

    Args:
        folders: By what lies there; the nearest that exists is looked at.
    """
    seen = set()
    for folder in folders.values():
        place = next((one for one in (folder, *folder.parents) if _there(one)), folder)
        device = place.stat().st_dev if _there(place) else 0
        if device in seen:
            continue
        seen.add(device)
        usage = shutil.disk_usage(place)
        if not usage.total:
            # No disk at all, such as /proc: that nothing can lie there is told with what should.
            continue
        free = usage.free // MIB
        told = {"place": str(place), "free": str(free)}
        if free < NOTHING_LEFT:
            yield Finding("disk", "full", State.ILL, told)
        elif free < LITTLE:
            yield Finding("disk", "little", State.WATCH, told)
        else:
            yield Finding("disk", "room", State.WELL, told)


def _there(place: Path) -> bool:
    """Whether it exists, as far as one may look."""
    try:
        return place.exists()
    except OSError:
        return False


def clock(now: datetime, zone: str) -> Finding:
    """Whether the machine's clock can be right, and the shop's zone is known to it."""
    from zoneinfo import ZoneInfo

    try:
        wall = now.astimezone(ZoneInfo(zone))
    except (ValueError, LookupError, OSError):
        return Finding("clock", "zone", State.ILL, {"zone": zone})
    told = {"zone": zone, "now": f"{wall:%Y-%m-%d %H:%M}"}
    if now.year < EARLIEST:
        return Finding("clock", "early", State.ILL, told)
    return Finding("clock", "goes", State.WELL, told)


def file_system(folder: Path, mounts: Path = MOUNTS) -> Finding:
    """Whether the store lies on this machine: over a network, SQLite's locks do not hold.

    Args:
        folder: The store's.
        mounts: The system's table of what is mounted where.
    """
    kind = _kind_of(folder, mounts)
    told = {"place": str(folder), "kind": kind}
    if kind in DISTANT or str(folder).startswith("\\\\"):
        return Finding("file_system", "network", State.ILL, told)
    return Finding("file_system", "local" if kind else "unknown", State.WELL, told)


def _kind_of(folder: Path, mounts: Path) -> str:
    """The kind of the file system a folder lies on; empty where the system does not tell."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    where = folder.absolute()
    mounted = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    over = [(place, kind) for place, kind in mounted if where.is_relative_to(place.replace("\\040", " "))]
    return max(over, key=lambda one: len(one[0]), default=("", ""))[1]
