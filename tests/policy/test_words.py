"""Every rule a screen can show has its words in the three languages."""

from collections.abc import Iterator
from typing import get_args

import pytest

from aftersales_tui.domain.contact import QUARTERLY, Effect
from aftersales_tui.domain.promise import PromiseState
from aftersales_tui.i18n import LANGUAGES, LOCALE
from aftersales_tui.policy.files import ABOUTS
from aftersales_tui.policy.loader import load_policy
from aftersales_tui.policy.rules import Policy, Step


def shown(policy: Policy) -> Iterator[str]:
    yield from (f"clock.{rule}" for rule in policy.clocks)
    yield from (f"kind.{rule}" for rule in policy.kinds)
    yield from (f"outcome.{rule}" for rule in policy.outcomes)
    yield from (f"reason.{rule}" for rule in policy.reasons if rule not in {*ABOUTS, QUARTERLY})
    yield from (f"result.{result.id}" for reason in policy.reasons.values() for result in reason.results)
    contacts = [outcome.contact for outcome in policy.outcomes.values()]
    yield from (
        f"about.{contact.about}" for contact in [*contacts, policy.advice, policy.quarterly.first] if contact
    )
    yield from (f"step.{step}" for step in get_args(Step))
    yield from (f"effect.{effect}" for effect in Effect)
    yield from (f"promise.{state}" for state in get_args(PromiseState))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_words(language: str) -> None:
    catalog = "".join(
        (LOCALE / language / f"{area}.po").read_text("utf-8") for area in ("words", "quarterly", "due")
    )
    assert [key for key in shown(load_policy()) if f'msgid "{key}"\n' not in catalog] == []
