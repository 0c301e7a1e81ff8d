"""The four looks of the desk."""

from collections.abc import Mapping

from textual.theme import Theme

TERMINAL = "ansi-dark"
"""Textual's theme of the terminal's own sixteen colours."""

_DARK = Theme(
    "desk-dark",
    primary="#4c8dd6",
    secondary="#5f7fa3",
    accent="#e0a84a",
    warning="#e0a84a",
    error="#ff6b6b",
    success="#6cc58b",
    foreground="#dcdfe4",
    background="#15181d",
    surface="#15181d",
    panel="#252b34",
)
_LIGHT = Theme(
    "desk-light",
    primary="#1f5fa8",
    secondary="#54708f",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3121d",
    success="#1d7a3e",
    foreground="#1b1f24",
    background="#f7f7f4",
    surface="#f7f7f4",
    panel="#dfe4ea",
    dark=False,
)
_CONTRAST = Theme(
    "desk-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff5555",
    success="#55ff55",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#003366",
)
OURS = (_DARK, _LIGHT, _CONTRAST)
THEME_OF: Mapping[str, str] = {
    "dark": _DARK.name,
    "light": _LIGHT.name,
    "contrast": _CONTRAST.name,
    "terminal": TERMINAL,
}
"""The theme of each setting."""
