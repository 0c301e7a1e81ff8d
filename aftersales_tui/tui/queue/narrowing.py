"""What the queue is narrowed to."""

from typing import NamedTuple

from aftersales_tui.i18n import say


class Narrowing(NamedTuple):
    """What is shown of the queue; nothing is narrowed by what is empty.

    Attributes:
        engineer: Id and name.
        late: Only what is over its time.
    """

    status: str = ""
    zone: str = ""
    engineer: tuple[int, str] = (0, "")
    kind: str = ""
    product: str = ""
    late: bool = False

    def words(self) -> list[str]:
        """What it narrows to, in the present language."""
        said = [
            say(f"status.{self.status}") if self.status else "",
            self.zone,
            self.engineer[1],
            say(f"kind.{self.kind}") if self.kind else "",
            self.product,
            say("filter.late") if self.late else "",
        ]
        return [word for word in said if word]
