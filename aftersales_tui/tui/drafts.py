"""Calls that were not saved yet, kept in files, so that nothing typed is lost (C12)."""

import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from aftersales_tui.domain.intake import CallSheet, Field, Question
from aftersales_tui.lexicon.phones import digits_of, national_digits

if TYPE_CHECKING:
    from aftersales_tui.tui.host import Host

FORMAT = 1
FOLDER = "drafts"
LEAST_DIGITS = 7
"""A shorter number may stand in anybody's draft."""
PERIOD = 0.5
"""Seconds between two writes of one sheet."""
_PLAIN = ("call_id", "kind", "channel", "outgoing", "customer_id", "device_id", "joins", "repeats")
_NUMBER = "[0-9\uff10-\uff19][0-9\uff10-\uff19 ()\uff08\uff09./-]{3,}[0-9\uff10-\uff19]"
"""A phone number as it may be typed; the blank parts of the groups of a number are no end of it."""
_WORDS = ("memo", "for_whom", "hold_seconds")


class Draft(NamedTuple):
    """A call as it stands.

    Attributes:
        sheet: What was written down.
        unconfirmed: Fields filled from the caller's file that nobody has gone over yet.
        here: The field the operator was in.
        filled: Fields filled from the caller's file and not typed into since.
    """

    sheet: CallSheet
    unconfirmed: frozenset[Field] = frozenset()
    here: Field = Field.CALLER
    filled: frozenset[Field] = frozenset()


def is_blank(sheet: CallSheet) -> bool:
    """Whether nothing was written that would be missed."""
    return not (sheet.asked or sheet.customer_id or sheet.memo.strip() or sheet.for_whom.strip()) and not any(
        text.strip() for text in sheet.answers.values()
    )


def written(draft: Draft) -> dict[str, Any]:
    """A draft as JSON can hold it."""
    sheet = draft.sheet
    return {
        **{name: getattr(sheet, name) for name in (*_PLAIN, *_WORDS)},
        "opened_at": sheet.opened_at.isoformat(),
        "answers": {name.value: text for name, text in sheet.answers.items()},
        "asked": sorted(question.value for question in sheet.asked),
        "unconfirmed": sorted(name.value for name in draft.unconfirmed),
        "filled": sorted(name.value for name in draft.filled),
        "here": draft.here.value,
    }


def read(table: Mapping[str, Any]) -> Draft:
    """The draft that ``written`` made a table of.

    Raises:
        ValueError, KeyError, TypeError: When it is none.
    """
    opened_at = datetime.fromisoformat(table["opened_at"])
    if opened_at.tzinfo is None:
        raise ValueError(opened_at)
    example = CallSheet(call_id=0, kind="", channel="", opened_at=opened_at)
    for name in (*_PLAIN, *_WORDS):
        if type(table[name]) is not type(getattr(example, name)):
            raise TypeError(name)
    sheet = replace(
        example,
        **{name: table[name] for name in (*_PLAIN, *_WORDS)},
        answers={Field(name): str(text) for name, text in table["answers"].items()},
        asked=frozenset(map(Question, table["asked"])),
    )
    unconfirmed = frozenset(map(Field, table["unconfirmed"]))
    # A draft of an older program does not say it: what was not confirmed came from the file at least.
    filled = frozenset(map(Field, table.get("filled", unconfirmed)))
    return Draft(sheet, unconfirmed, Field(table["here"]), filled)


def forget(folder: Path, customers: Collection[int], phones: Collection[str]) -> int:
    """Take away every draft of this machine, whosever it is, that is about a customer who was erased (U4).

    Damaged files are looked through as text. A call that is still in somebody's form is emptied there
    when the feed tells of the erasing (``intake.erased``).

    Args:
        folder: Where the drafts lie.
        customers: Ids of his file, and of those that were merged into it.
        phones: His numbers in E.164.

    Returns:
        How many files that were.
    """
    own = {f'"customer_id": {customer}' for customer in customers}
    numbers = {digits for phone in phones if len(digits := national_digits(phone)) >= LEAST_DIGITS}
    gone = 0
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        text = file.read_text("utf-8", errors="replace")
        said = [digits_of(run) for run in re.findall(_NUMBER, text)]
        named = any(re.search(rf"{re.escape(mark)}\b", text) for mark in own)
        if named or any(number in run for run in said for number in numbers):
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def drafts_of(app: "Host") -> "Drafts":
    """The drafts of whoever sits at this window's seat, in the shop it is open on."""
    from aftersales_tui.bootstrap import database_of, person_here
    from aftersales_tui.paths import state_dir

    settings = app.settings
    shop = f"{database_of(settings)} {settings.shop_id}"
    return Drafts(state_dir() / FOLDER, shop, app.seat.name, person_here(settings))


class Drafts:
    """The drafts of one person at one seat of one shop; safe to call from several threads."""

    def __init__(self, folder: Path, shop: str, seat: str, person: str) -> None:
        """Look after a folder; ``mark`` begins the names of this owner's files.

        Args:
            folder: Made when the first draft is kept; readable by its owner only.
            shop: Tells the store apart, so that a draft of the demo shop never turns up in the real one.
            seat: This seat.
            person: Who sits here; to nobody else are his drafts offered.
        """
        self._folder = folder
        # The store's address may hold a password; a file name must not tell who the person is.
        self._owner = [sha256(shop.encode()).hexdigest(), seat, person]
        self.mark = sha256(json.dumps(self._owner).encode()).hexdigest()[:16]
        self._lock = Lock()
        self._latest: dict[int, int] = {}
        self._gone: set[int] = set()
        self._written: set[int] = set()

    def keep(self, draft: Draft, turn: int = 0) -> None:
        """Write a draft down; whoever reads the file sees the old state or the new, never half of one.

        Args:
            draft: The state to keep.
            turn: Rises with every state of the program's run; an older one that comes late is not written.

        Raises:
            OSError: When it cannot be written.
        """
        call_id = draft.sheet.call_id
        text = json.dumps({"format": FORMAT, "owner": self._owner, **written(draft)}, ensure_ascii=False)
        with self._lock:
            if call_id in self._gone or turn < self._latest.get(call_id, 0):
                return
            self._latest[call_id] = turn
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = self._file(call_id, ".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                # A lone surrogate, which a torn key sequence can leave, must not cost the whole draft.
                out.write(text.encode("utf-8", "replace"))
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self._file(call_id))
            self._written.add(call_id)

    def is_taken_away(self, call_id: int) -> bool:
        """Whether a draft that was written here lies there no more: somebody has erased the customer (``forget``)."""
        with self._lock:
            return call_id in self._written and not self._file(call_id).exists()

    def clear(self, call_id: int, turn: int) -> None:
        """Take away the file of a call in which nothing stands any more; it may be written again."""
        with self._lock:
            if turn >= self._latest.get(call_id, 0):
                self._latest[call_id] = turn
                self._file(call_id).unlink(missing_ok=True)
                self._written.discard(call_id)

    def drop(self, call_id: int) -> None:
        """Forget a draft for good: it was saved, or is not wanted; a write still under way does not revive it."""
        with self._lock:
            self._gone.add(call_id)
            self._written.discard(call_id)
            for ending in (".json", ".new"):
                self._file(call_id, ending).unlink(missing_ok=True)

    def offered(self) -> tuple[Draft, ...]:
        """The drafts that were left behind, the oldest call first; a damaged file is put aside, not lost."""
        found = []
        if self._folder.is_dir():
            for file in sorted(self._folder.glob(f"{self.mark}-*.json")):
                draft = self._read(file)
                if draft is not None:
                    found.append(draft)
                    self._written.add(draft.sheet.call_id)
        return tuple(sorted(found, key=lambda draft: draft.sheet.opened_at))

    def move_to(self, other: "Drafts") -> None:
        """Keep the drafts under another name: that of their owner has changed. What stands there is newer."""
        there = {draft.sheet.call_id for draft in other.offered()}
        for draft in self.offered():
            if draft.sheet.call_id not in there:
                other.keep(draft)
            self.drop(draft.sheet.call_id)

    def _read(self, file: Path) -> Draft | None:
        try:
            table = json.loads(file.read_text("utf-8"))
            if table["format"] != FORMAT or table["owner"] != self._owner:
                return None
            return read(table)
        except OSError:
            return None
        except (ValueError, KeyError, TypeError, AttributeError):
            file.replace(file.with_suffix(".damaged"))
            return None

    def _file(self, call_id: int, ending: str = ".json") -> Path:
        return self._folder / f"{self.mark}-{call_id}{ending}"
