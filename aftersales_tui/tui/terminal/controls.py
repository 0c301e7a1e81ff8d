"""The characters that no text of ours may carry to a terminal, whoever wrote it."""

import re

_COMMANDS = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: a terminal obeys them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the reading direction of what follows
    "\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # take no width
)
UNSAFE = re.compile(f"[{_COMMANDS}\ud800-\udfff]")
"""Finds one such character. The joiners U+200C and U+200D are not among them: emoji and scripts need them."""


def _stand_in(found: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= found[0] <= "\udfff" else ""


def without_controls(text: str) -> str:
    """The text without the characters a terminal would obey, as wide in cells as it was.

    All of them measure no cell and go; a lone surrogate measures one and becomes U+FFFD, which does too.
    """
    return UNSAFE.sub(_stand_in, text)
