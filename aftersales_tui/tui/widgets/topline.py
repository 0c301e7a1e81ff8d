"""The line on top: where we are, who works here, what waits, and the time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widget import Widget

from aftersales_tui.i18n import say
from aftersales_tui.tui.widgets.cells import cell_len, fit

if TYPE_CHECKING:
    from datetime import datetime

    from aftersales_tui.views.tickets import Counts

GAP = " | "


class Standing(NamedTuple):
    """What the top line shows, the same on every screen.

    Attributes:
        counts: ``None`` until the store has told them.
        messages: Open messages for the person (C7).
        now: The shop's own time; ``None`` until the first frame is painted.
    """

    shop: str
    seat: str
    person: str
    now: "datetime | None" = None
    counts: "Counts | None" = None
    messages: int = 0


def count_word(count: int) -> str:
    """A count as it is shown; beyond the ceiling nobody needs the exact one."""
    from aftersales_tui.views.tickets import CEILING

    return f"{CEILING}+" if count > CEILING else str(count)


class TopLine(Widget):
    """Shop, seat and person on the left; counts and clock on the right, which is never cut."""

    COMPONENT_CLASSES = {"topline--late"}
    DEFAULT_CSS = "TopLine { height: 1; }"

    standing: Standing | None = None
    _shown: str = ""

    def show(self, standing: Standing) -> None:
        """Show how things stand; paints only when a letter of it has changed."""
        self.standing = standing
        if self._line().plain != self._shown:
            self.refresh()

    def render(self) -> Content:
        """The line in the present language."""
        line = self._line()
        self._shown = line.plain
        return line

    def _line(self) -> Content:
        standing = self.standing
        if standing is None:
            return Content("")
        person = standing.person
        if standing.messages:
            person = say("frame.messages", person=person, n=count_word(standing.messages))
        names = [part for part in (standing.shop, standing.seat, person) if part]
        for left, right in self._forms(standing, names):
            room = self.size.width - cell_len(right.plain)
            if cell_len(left) < room:
                break
        return Content(fit(left, room - 1) + " ") + right if room > 1 else right

    def _forms(self, standing: Standing, names: list[str]) -> Iterator[tuple[str, Content]]:
        """What may stand on both sides: the date goes first, then shop, who is on the road, seat; the person never."""
        counts = self._counts(standing.counts)
        for parts, clock, first in (
            (counts, "%m-%d %H:%M ", 0),
            (counts, "%H:%M ", 0),
            (counts, "%H:%M ", 1),
            (counts[:-1], "%H:%M ", 1),
            (counts[:-1], "%H:%M ", 2),
        ):
            time = [Content(standing.now.strftime(clock))] if standing.now else []
            yield " " + GAP.join(names[min(first, len(names) - 1) :]), Content(GAP).join([*parts, *time])

    def _counts(self, counts: "Counts | None") -> list[Content]:
        if counts is None:
            return []
        late = say("frame.count.late", n=count_word(counts.late))
        return [
            Content(say("frame.count.to_send", n=count_word(counts.to_send))),
            Content.styled(f"{late} !", self.get_visual_style("topline--late"))
            if counts.late
            else Content(late),
            Content(say("frame.count.to_contact", n=count_word(counts.to_contact))),
            Content(say("frame.count.on_the_road", n=count_word(counts.on_the_road))),
        ]
