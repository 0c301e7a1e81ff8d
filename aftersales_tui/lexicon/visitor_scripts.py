"""Reads what to say to visitors, in the shop's own words, out of ``data/scripts`` (C13, C5)."""

from pathlib import Path

from aftersales_tui.lexicon.contact_scripts import ContactScripts, load_contact_scripts

FILE = "visitors.toml"
PLACES = frozenset({"name", "company", "host", "stand_in", "purpose", "shop", "person"})
"""What a line may have filled in."""
MOMENTS = ("announced", "waiting", "late", "received", "left", "missed", "during_call")
"""What there is to say something to; a shop's own file may leave any of them empty."""


def load_visitor_scripts(shipped: Path, own: Path | None = None) -> ContactScripts:
    """The lines of one language by their moment.

    Args:
        shipped: The folder of the language in ``data/scripts``.
        own: The shop's folder for it; its file wins table by table and need not exist.

    Raises:
        Invalid: ``script.unreadable`` with the file and what is wrong with it.
    """
    return load_contact_scripts(shipped, own, FILE, PLACES)
