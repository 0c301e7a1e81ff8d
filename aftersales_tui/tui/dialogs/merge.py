"""Two files side by side: what stays of each field, and how much moves (U4)."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.customer_words import counted, value_word
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.lines import Lines, folded
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.mergers import BOTH, LEFT, RIGHT, FileLine, MergeField, MergePreview

SWAP: Mapping[str, str] = {}
"""The answer of who wants the other file to be the one that stays."""
SIGNS: Mapping[str, str] = {LEFT: "<", RIGHT: ">", BOTH: "<>"}
"""Whose value stays, for those who see no colour."""
JOINED = "note"
"""The field in which both may stay."""
STAYS = 0
"""The key of the line that tells which file stays."""
FRAME = 7
"""Lines of the box beside the fields: borders, title, what moves, what is wrong, hint."""


class MergeDialog(Dialog[Mapping[str, str]]):
    """Answers by field whose value stays, or ``SWAP``.

    Enter on a field takes the other side, the arrows take theirs; Enter on the first line changes the files over.
    """

    scopes: ClassVar[tuple[str, ...]] = (FORM,)
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("", 8, grow=1, most=12),
        Column("", 14, grow=3),
        Column("", 2),
        Column("", 14, grow=3),
    )

    def __init__(self, seen: MergePreview) -> None:
        """``seen`` is what the merge would do."""
        name, other = _called(seen.kept, seen.lost)
        super().__init__("merge.title", "merge.hint", name=name, other=other)
        self._seen = seen
        self._shown = [field for field in seen.fields if field.left or field.right]
        self._sides = {field.name: field.side for field in seen.fields}

    def compose_body(self) -> Iterator[Widget]:
        """The fields, and what moves."""
        fields = Rows(self.COLUMNS, header=False)
        fields.styles.height = len(self._shown) + 3
        yield fields
        yield Lines(id="moves")

    def do_go_on(self) -> None:
        """Merge them so."""
        self.dismiss(self._sides)

    @on(events.Mount)
    def _fill(self) -> None:
        self._paint()

    @on(events.Resize)
    def _lay_out(self, event: events.Resize) -> None:
        width = self.text_width(event.size.width)
        lines = folded(self._moving(), max(1, width))
        moves = self.query_one("#moves", Lines)
        moves.styles.height = len(lines)
        moves.show((((line, "strong"),)) for line in lines)
        room = max(3, event.size.height - FRAME - len(lines))
        self.query_one(Rows).styles.height = min(len(self._shown) + 3, room)

    @on(Rows.Opened)
    def _turn(self, event: Rows.Opened) -> None:
        event.stop()
        if event.key == STAYS:
            self.dismiss(SWAP)
            return
        field = self._field()
        if field is not None:
            ways = [LEFT, RIGHT, *([BOTH] if field.name == JOINED and field.clash else [])]
            self._take(ways[(ways.index(self._sides[field.name]) + 1) % len(ways)])

    @on(events.Key)
    def _arrows(self, event: events.Key) -> None:
        if event.key in {"left", "right"}:
            event.stop()
            self._take(LEFT if event.key == "left" else RIGHT)

    def _take(self, side: str) -> None:
        field = self._field()
        if field is not None and field.left != field.right:
            self._sides[field.name] = side
            self._paint()

    def _field(self) -> MergeField | None:
        """The field under the cursor; phones and addresses, which all stay, are none."""
        place = (self.query_one(Rows).key or STAYS) - 1
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _paint(self) -> None:
        kept, lost = self._seen.kept, self._seen.lost
        heads = (say("merge.file"), say("merge.stays"), "", say("merge.goes_in"))
        rows = [Row(STAYS, heads, ("dim", "good", "", "late"))]
        rows += [self._line(place, field) for place, field in enumerate(self._shown, 1)]
        for name in ("phone", "address"):
            cells = (say(f"column.{name}"), getattr(kept, name), "", getattr(lost, name))
            rows.append(Row(len(rows), cells, ("dim",)))
        self.query_one(Rows).show(rows)

    def _line(self, place: int, field: MergeField) -> Row:
        side = self._sides[field.name]
        cells = (
            say(f"merge.field.{field.name}"),
            value_word(field.name, field.left),
            SIGNS[side] if field.left != field.right else "=",
            value_word(field.name, field.right),
        )
        left = "strong" if side != RIGHT else "dim"
        right = "dim" if side == LEFT else "strong"
        return Row(
            place, cells, ("soon" if field.clash else "dim", left, "soon" if field.clash else "", right)
        )

    def _moving(self) -> str:
        """What moves, in words."""
        seen = self._seen
        told = say("merge.moves", what=counted(seen.moves))
        same = [say(f"merge.same.{name}", n=n) for name, n in seen.same.items() if n]
        return " ".join((told, *same))


def _called(kept: FileLine, lost: FileLine) -> tuple[str, str]:
    """What the two are called; of one name, each with its phone, or what else tells it from the other."""
    if kept.name != lost.name:
        return kept.name, lost.name
    by = next((name for name in ("phone", "address") if getattr(kept, name) != getattr(lost, name)), "phone")
    kept_name, lost_name = (
        say("merge.told_apart", name=file.name, by=told) if (told := getattr(file, by)) else file.name
        for file in (kept, lost)
    )
    return kept_name, lost_name
