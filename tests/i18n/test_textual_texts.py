"""Textual says nothing by itself: its own texts are English constants that no switch of language reaches.

Help, palette, key strip and messages of the desk are our own and speak through the catalogs; what would speak
English is not used. A widget that is needed after all must first be made to speak.
"""

import ast

from aftersales_tui.tui.app import DeskApp
from tests.architecture.source import calls, keyword, package

SAYS_ENGLISH = {
    "Collapsible",
    "CommandPalette",
    "Footer",
    "Header",
    "HelpPanel",
    "Integer",
    "KeyPanel",
    "Length",
    "Number",
    "Regex",
    "URL",
    "Welcome",
}


def test_widgets_that_say_english_words_by_themselves_are_not_used() -> None:
    found = [
        f"{module.at(node)} {alias.name}"
        for module in package("tui")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual")
        for alias in node.names
        if alias.name in SAYS_ENGLISH
    ]
    assert found == []


def test_a_choice_is_asked_for_in_our_words() -> None:
    choices = [(module, call) for module in package("tui") for call in calls(module.tree, "Select")]
    assert [module.at(call) for module, call in choices if keyword(call, "prompt") is None] == []


def test_textuals_palette_and_its_own_keys_of_the_app_are_off() -> None:
    assert DeskApp.ENABLE_COMMAND_PALETTE is False
    actions = {binding.action for _, binding in DeskApp._merge_bindings()}
    assert {action for action in actions if not action.startswith("run_command(")} == set()
