"""The shop's people in the shell: a list, their cards, time off, coming and going (A3, A7)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.session import Session, session
from aftersales_tui.cli.shown import show
from aftersales_tui.domain.errors import Invalid, NotFound
from aftersales_tui.domain.grammar import weekly_shifts
from aftersales_tui.domain.staff import ROLES, role_of, year_began
from aftersales_tui.domain.week import Week
from aftersales_tui.domain.when import leading_absence
from aftersales_tui.i18n import say
from aftersales_tui.tui.people.card import card_lines
from aftersales_tui.tui.sentences import deed_words
from aftersales_tui.views.staff import PersonRow, Record

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.tickets import Receipt


def list_people(choices: Choices, left: bool | None = None) -> int:
    """Everybody with his day; ``left``: also those who have left."""
    with session(choices) as here:
        show_people(here, here.desk.roster.people(left=bool(left)))
    return OK


def show_people(here: Session, found: Sequence[PersonRow]) -> None:
    """Write the list as a table or as records."""
    if here.output.as_json:
        here.output.record(found)
        return
    show(here.output, tuple(found), here.desk.now())


def show_person(choices: Choices, name: list[str] | None = None) -> int:
    """One card."""
    with session(choices) as here:
        card = here.desk.roster.card(here.desk.roster.named(_said(name), left=True).staff_id)
        if here.output.as_json:
            here.output.record(card)
        else:
            for line in card_lines(card, here.desk.now(), here.output.zone):
                here.output.line(
                    ": ".join(filter(None, line.cells)) if line.cells[1] else f"{line.cells[0]}:"
                )
    return OK


def add_person(
    choices: Choices,
    name: list[str] | None = None,
    role: str | None = None,
    phone: str | None = None,
    skill: list[str] | None = None,
    zone: list[str] | None = None,
    shift: list[str] | None = None,
) -> int:
    """Somebody new."""
    with session(choices) as here:
        desk = here.desk
        receipt = desk.roster.hire(
            desk.act(),
            _said(name),
            role_of(role or "", _roles()),
            phone=phone or "",
            skills=skill or (),
            zones=zone or (),
            week=_week(desk, shift) or (),
            namesake=False,
        )
        _tell(here, receipt)
    return OK


def edit_person(
    choices: Choices,
    name: list[str] | None = None,
    new_name: str | None = None,
    role: str | None = None,
    skill: list[str] | None = None,
    zone: list[str] | None = None,
    shift: list[str] | None = None,
    since: str | None = None,
    **texts: str | None,
) -> int:
    """Change a card; only what is told is changed, and an empty text clears a field."""
    with session(choices) as here:
        desk = here.desk
        person = desk.roster.named(_said(name), left=True)
        told = {field: text for field, text in texts.items() if text is not None}
        told |= {"name": new_name} if new_name is not None else {}
        told |= {"role": role_of(role, _roles()).value} if role is not None else {}
        record = Record(
            told,
            skills=None if skill is None else tuple(skill),
            zones=None if zone is None else tuple(zone),
            week=_week(desk, shift),
            in_trade_since=None if since is None else year_began(since, _this_year(here)),
        )
        _tell(here, desk.roster.edit(desk.act(), person.staff_id, None, record))
    return OK


def time_off(
    choices: Choices,
    words: list[str] | None = None,
    override: str | None = None,
    cancel: bool | None = None,
) -> int:
    """Time off: who, when, why. Or, with ``cancel``, none after all."""
    with session(choices) as here:
        desk, (who, *rest) = here.desk, (words or [""])
        person = desk.roster.named(who)
        window, why = leading_absence(" ".join(rest), desk.now(), here.output.zone, desk.words)
        if not cancel:
            given = desk.roster.time_off(desk.act(), person.staff_id, None, window, why, override or "")
            _tell(here, given)
            return OK
        met = [one for one in desk.roster.card(person.staff_id).time_off if one.window.overlaps(window)]
        if not met:
            raise NotFound("person.no_time_off", name=person.name)
        # Who says Friday means the time off of that Friday, and not the week's in which it lies.
        within = [one for one in met if window.start <= one.start and one.end <= window.end]
        for one in within or met:
            _tell(here, desk.roster.cancel_time_off(desk.act(), one.absence_id))
    return OK


def leave(choices: Choices, name: list[str] | None = None) -> int:
    """Somebody works here no longer."""
    with session(choices) as here:
        person = here.desk.roster.named(_said(name))
        _tell(here, here.desk.roster.leave(here.desk.act(), person.staff_id))
    return OK


def come_back(choices: Choices, name: list[str] | None = None) -> int:
    """Somebody works here again."""
    with session(choices) as here:
        person = here.desk.roster.named(_said(name), left=True)
        _tell(here, here.desk.roster.come_back(here.desk.act(), person.staff_id))
    return OK


def _said(name: list[str] | None) -> str:
    said = " ".join(name or ())
    if not said.strip():
        raise Invalid("person.no_name", field="name")
    return said


def _roles() -> Mapping[str, str]:
    """What the roles are called in the language spoken now."""
    return {say(f"role.{role}"): role.value for role in ROLES}


def _week(desk: "Desk", shift: list[str] | None) -> Week | None:
    if shift is None:
        return None
    return tuple(span for text in shift if text.strip() for span in weekly_shifts(text, desk.words))


def _this_year(here: Session) -> int:
    return here.desk.now().astimezone(here.output.zone).year


def _tell(here: Session, receipt: "Receipt") -> None:
    if here.output.as_json:
        here.output.record(receipt)
    else:
        here.output.line(say(f"done.{receipt.verb}", **deed_words(receipt.params, here.output.zone)))
