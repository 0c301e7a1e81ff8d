"""What reads like a fault where a product is asked for."""

import re
from dataclasses import dataclass

_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_HAN = re.compile("[\u3400-\u9fff]")
_PARTS = re.compile("[,;.!?\uff0c\u3002\uff1b\uff01\uff1f\u3001]\\s*\\S")
"""A comma or a stop with something behind it: a sentence has parts, a product's name has none."""


@dataclass(frozen=True, slots=True)
class FaultWords:
    """How faults are told, in all languages at once.

    Attributes:
        latin: Whole words in small letters.
        han: Pieces of a Chinese text.
        most_han: A product's name has no more Chinese characters.
        most_words: Nor more Latin words.
    """

    latin: frozenset[str]
    han: tuple[str, ...]
    most_han: int
    most_words: int

    def tell(self, text: str) -> bool:
        """Whether a text reads like a fault: by its words, its parts or its length. A model's number never does."""
        said = text.strip().casefold()
        latin = _LATIN.findall(said.replace("\u2019", "'"))
        return (
            not self.latin.isdisjoint(latin)
            or any(piece in said for piece in self.han)
            or bool(_PARTS.search(said))
            or len(_HAN.findall(said)) > self.most_han
            or len(latin) > self.most_words
        )
