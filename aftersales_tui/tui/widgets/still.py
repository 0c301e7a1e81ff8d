"""Widgets that hand out the same picture again while nothing of them has changed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.geometry import Region, Size
    from textual.strip import Strip
    from textual.widget import Widget as _Base
else:
    # Textual takes the style sheet of the first base that is a widget, which has to be the other one.
    _Base = object


class Still(_Base):
    """Remembers its painted lines.

    Whatever is painted, Textual asks every widget in the same container for its lines, and each looks up its colours
    and filters anew before it finds that they are cached. In a form of some twenty widgets that is most of a key's
    time.
    """

    _picture: "tuple[tuple[Region, Size, str], list[Strip]] | None" = None

    def render_lines(self, crop: "Region") -> "list[Strip]":
        """The lines as they were, unless some of them are dirty, or size or theme are others."""
        cache = self._styles_cache
        shown = (crop, self.size, self.app.theme)
        clean = cache._cache and not cache._dirty_lines
        if clean and self._picture is not None and self._picture[0] == shown:
            return self._picture[1]
        strips = super().render_lines(crop)
        self._picture = shown, strips
        return strips
