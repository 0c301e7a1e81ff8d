"""In which encoding a file of text was written: byte order mark, then UTF-8, then GB18030, then Big5.

Nearly every run of bytes above 127 in pairs can be read as GB18030, Big5 among them. So where both can be read, that
one is taken in which more of the characters are everyday ones: people write 姓名 and not 峊靡.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path

from aftersales_tui.domain.errors import Invalid

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LADDER = ("utf-8", "gb18030", "big5")
NAMES = ("utf-8-sig", "utf-16", *LADDER)
"""What a person may choose from."""
FEW_NULS = 20
"""One byte of so many may be NUL in a text that was spoiled; a picture or a program has more."""
_CODECS = {"big5": "cp950"}
"""Taiwanese Windows writes its own Big5, with a few characters more."""
_BLOCK = 1 << 16
_WEIGHED = 1 << 18
"""So many bytes are looked at to tell GB18030 from Big5."""


def codec(encoding: str) -> str:
    """The name by which Python knows an encoding of ours."""
    return _CODECS.get(encoding, encoding)


def called(name: str) -> str:
    """One of ``NAMES``, however it is spelled: ``GBK``, ``Big-5``, ``UTF8``.

    Raises:
        Invalid: ``import.no_encoding`` for one that is not read.
    """
    plain = name.casefold().replace("-", "").replace("_", "").replace(" ", "")
    same = {
        "gbk": "gb18030",
        "gb2312": "gb18030",
        "cp936": "gb18030",
        "cp950": "big5",
        "utf8bom": "utf-8-sig",
    }
    meant = same.get(plain) or next((one for one in NAMES if one.replace("-", "") == plain), "")
    if not meant:
        raise Invalid("import.no_encoding", given=name[:40], known=", ".join(NAMES))
    return meant


def encoding_of(path: Path) -> str:
    """The encoding of a file.

    Raises:
        Invalid: ``import.not_text`` when no rung of the ladder carries it.
    """
    with path.open("rb") as file:
        head = file.read(_WEIGHED)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if head.count(0) * FEW_NULS > len(head):
        raise Invalid("import.not_text", file=path.name)
    possible = [encoding for encoding in LADDER if _reads(path, encoding)]
    if not possible:
        raise Invalid("import.not_text", file=path.name)
    if possible[0] == "utf-8":
        return "utf-8"
    return max(possible, key=lambda encoding: _everyday(head, encoding))


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec(encoding))("strict")
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _everyday(head: bytes, encoding: str) -> float:
    """The share of everyday characters among those that are not ASCII; both standards keep theirs in front."""
    text = head.decode(codec(encoding), "ignore")
    foreign = [character for character in text if not character.isascii()]
    common = sum(1 for character in foreign if _is_common(character, encoding))
    return common / len(foreign) if foreign else 0.0


def _is_common(character: str, encoding: str) -> bool:
    narrow, first, last = ("big5", 0xA1, 0xC6) if encoding == "big5" else ("gb2312", 0xA1, 0xD7)
    try:
        written = character.encode(narrow)
    except UnicodeEncodeError:
        return False
    # Behind the punctuation lie letters of other scripts, which both standards have and nobody writes.
    return len(written) == 2 and first <= written[0] <= last and not 0xA4 <= written[0] < _FIRST_HAN[narrow]


_FIRST_HAN = {"big5": 0xA4, "gb2312": 0xB0}
