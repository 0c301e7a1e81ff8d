"""English has a form for one: no sentence says "1 records"."""

import re

from aftersales_tui.i18n import LOCALE
from aftersales_tui.i18n.build import read_language

COUNTED = re.compile(
    r"\{(n|count|rows|removed|kept|new|amount|tickets|total)\}(?: \w+)? (?:\w+s|stay|are|were)\b"
)
ALWAYS_MANY = {"doctor.sum"}
"""Sentences whose count is never one."""


def test_a_counted_thing_in_english_has_a_form_for_one() -> None:
    for key, forms in read_language(LOCALE, "en").items():
        if len(forms) == 1 and key not in ALWAYS_MANY:
            assert not COUNTED.search(forms[0]), key
        if len(forms) == 2:
            assert forms[0] != forms[1], key
