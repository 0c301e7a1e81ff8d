"""The customer's file in the shell: doubles, merging, handing out, erasing (U4)."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from aftersales_tui import bootstrap
from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.session import Session, session
from aftersales_tui.domain.errors import Invalid, Refused, Unavailable
from aftersales_tui.i18n import say
from aftersales_tui.tui.customer_words import counted, erasure_lines, value_word, why_words
from aftersales_tui.tui.sentences import deed_words
from aftersales_tui.views.mergers import (
    BOTH,
    LEFT,
    RIGHT,
    ErasurePreview,
    FileLine,
    MergeField,
    MergePreview,
    Suggestion,
)
from aftersales_tui.views.tickets import Receipt

STAYS = "*"
"""Marks the value that stays."""
LOOKS = 20
"""Looks at the newest customers, unless all are wanted."""


def list_duplicates(choices: Choices, everybody: bool | None = None) -> int:
    """Files that may be one customer's, the likeliest first."""
    with session(choices) as here:
        pairs = sorted(_pairs(here, bool(everybody)), key=lambda pair: -pair.points)
        if choices.as_json:
            here.output.record(pairs)
        elif pairs:
            heads = [
                say(f"duplicates.{name}") for name in ("why", "one", "phone", "other", "phone", "address")
            ]
            here.output.table(heads, [_cells(pair) for pair in pairs])
        else:
            here.output.line(say("duplicates.none"))
    return OK


def merge(
    choices: Choices,
    kept: str | None = None,
    lost: str | None = None,
    take: list[str] | None = None,
    dry_run: bool | None = None,
) -> int:
    """Merge the second file into the first; ``u`` in the app or ``undo`` in the shell takes it back."""
    with session(choices) as here:
        mergers = here.desk.mergers
        seen = mergers.preview(*(_meant(here, text).customer_id for text in (kept, lost)))
        sides = dict.fromkeys(take or (), RIGHT)
        unknown = sorted(sides.keys() - {field.name for field in seen.fields})
        if unknown:
            known = tuple(field.name for field in seen.fields)
            raise Invalid("merge.no_such_field", given=unknown[0], fields=known)
        if dry_run:
            return _show(here, seen, sides)
        mine, theirs = ((one.customer_id, one.version) for one in (seen.kept, seen.lost))
        return _tell(here, mergers.merge(here.desk.act(), mine, theirs, sides))


def export(choices: Choices, who: str | None = None, to: str | None = None, reason: str | None = None) -> int:
    """Write all that is known of a customer to a file of JSON and one of text."""
    from aftersales_tui.tui.dossiers import default_path, hand_out

    with session(choices) as here:
        one = _meant(here, who)
        now = bootstrap.clock().astimezone(here.output.zone)
        path = Path(to) if to else default_path(now)
        receipt = hand_out(here.desk, here.desk.act(), one.customer_id, path, reason or "", here.output.zone)
        if choices.as_json:
            here.output.record({"file": str(path), "receipt": receipt})
        else:
            here.output.line(say("dossier.written", path=path.absolute()))
    return OK


def erase(
    choices: Choices, who: str | None = None, reason: str | None = None, yes: bool | None = None
) -> int:
    """Erase a customer; asks for his name on a terminal, and wants ``--yes`` where there is none.

    Of one who was erased already, whose id is given, the store is made to forget the bytes once more.
    """
    from aftersales_tui.tui.erasure import erase as erase_here

    with session(choices) as here:
        erasing = here.desk.erasing
        seen = erasing.preview(_meant(here, who).customer_id)
        if seen.file.state == "erased":
            return _swept(here, erasing.sweep())
        if seen.open_numbers:
            numbers = tuple(f"T-{number}" for number in seen.open_numbers)
            raise Refused("erase.open_tickets", numbers=numbers)
        name = seen.file.name if yes else _asked(here, seen)
        receipt = erase_here(here.desk, here.desk.act(), seen, name, reason or "")
        return _tell(here, receipt) if erasing.sweep() else _swept(here, False)


def _meant(here: Session, text: str | None) -> FileLine:
    if not text:
        raise Invalid("cli.no_customer")
    return here.desk.mergers.select(text)


def _pairs(here: Session, everybody: bool) -> Iterator[Suggestion]:
    """Each pair once: two looks may meet it from either side."""
    told, go_on, looks = set[tuple[int, int]](), 0, 0
    while True:
        found = here.desk.mergers.suggested(go_on)
        for pair in found.pairs:
            ids = pair.one.customer_id, pair.other.customer_id
            if ids not in told:
                told.add(ids)
                yield pair
        go_on, looks = found.go_on, looks + 1
        if not go_on or (looks == LOOKS and not everybody):
            return


def _cells(pair: Suggestion) -> tuple[str, ...]:
    one, other = pair.one, pair.other
    return (
        why_words(pair.why),
        _named(one),
        one.phone,
        _named(other),
        other.phone,
        one.address or other.address,
    )


def _named(one: FileLine) -> str:
    return f"{one.name} [{one.customer_id}]"


def _show(here: Session, seen: MergePreview, sides: Mapping[str, str]) -> int:
    """What would be merged: both files side by side, which value stays, and the one file that comes of it."""
    fields = [field._replace(side=sides.get(field.name, field.side)) for field in seen.fields]
    if here.output.as_json:
        here.output.record(seen._replace(fields=tuple(fields)))
        return OK
    heads = (say("merge.file"), say("merge.stays"), say("merge.goes_in"), say("merge.result"))
    ids = (say("cli.customer.id"), str(seen.kept.customer_id), str(seen.lost.customer_id))
    rows = [_side_by_side(field) for field in fields if field.left or field.right]
    here.output.table(heads, [(*ids, ids[1]), *rows])
    here.output.line(say("merge.moves", what=counted(seen.moves)))
    return OK


def _side_by_side(field: MergeField) -> tuple[str, ...]:
    """One field of both files; what stays is marked, and stands behind them once more."""
    words = {LEFT: value_word(field.name, field.left), RIGHT: value_word(field.name, field.right)}
    stays = [side for side in words if field.side in {side, BOTH} and words[side]]
    marked = (f"{STAYS} {word}" if side in stays else word for side, word in words.items())
    return say(f"merge.field.{field.name}"), *marked, " / ".join(dict.fromkeys(words[side] for side in stays))


def on_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(here: Session, seen: ErasurePreview) -> str:
    """The name as somebody types it, who has read what goes and what stays."""
    if not on_a_terminal():
        raise Invalid("cli.erase_wants_yes")
    here.output.line(say("erase.title", name=seen.file.name))
    for line in erasure_lines(seen):
        here.output.line(line)
    here.output.line(say("erase.name", name=seen.file.name))
    return sys.stdin.readline().strip()


def _swept(here: Session, swept: bool) -> int:
    if not swept:
        raise Unavailable("erase.not_swept")
    if here.output.as_json:
        here.output.record({"swept": True})
    else:
        here.output.line(say("erase.swept"))
    return OK


def _tell(here: Session, receipt: Receipt) -> int:
    if here.output.as_json:
        here.output.record(receipt)
    else:
        here.output.line(say(f"done.{receipt.verb}", **deed_words(receipt.params, here.output.zone)))
    return OK
