"""Compile the catalogs: ``python -m aftersales_tui.i18n.build [--check]``.

Every ``locale/<language>/*.po`` goes into that language's one ``aftersales.mo``. Refused are a key written
twice, a key that a language lacks, an empty sentence, and placeholders that differ between the languages.
``--check`` writes nothing and fails when a compiled catalog is not what its sources give.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import IO, TYPE_CHECKING

from aftersales_tui.i18n import DOMAIN, LANGUAGES, LOCALE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Sentences = dict[str, tuple[str, ...]]
"""The forms of each key's sentence: one, or as many as the language has plurals."""


def read_area(file: Path, language: str) -> Sentences:
    """The sentences of one area's source file; singular sentences have one form."""
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        catalog = read_po(source, locale=language, abort_invalid=True)
    return {
        message.id[0] if isinstance(message.id, (tuple, list)) else message.id: _forms(message.string)
        for message in catalog
        if message.id
    }


def _forms(string: object) -> tuple[str, ...]:
    return tuple(str(form) for form in string) if isinstance(string, (tuple, list)) else (str(string or ""),)


def read_language(folder: Path, language: str) -> Sentences:
    """All areas of one language together."""
    return {
        key: forms for file in _sources(folder, language) for key, forms in read_area(file, language).items()
    }


def _sources(folder: Path, language: str) -> list[Path]:
    return sorted((folder / language).glob("*.po"))


def placeholders(forms: Sequence[str]) -> frozenset[str]:
    """The names a sentence fills in; ``ValueError`` when its braces do not parse or it fills by position."""
    names = {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}
    if strange := [name for name in names if not name.isidentifier()]:
        raise ValueError(f"{{{strange[0]}}}")
    return frozenset(names)


def plural_keys(folder: Path, language: str) -> frozenset[str]:
    """The keys that are counted: they may leave ``{n}`` out of a form."""
    pattern = re.compile(r'^msgid_plural "(.+)"$', re.MULTILINE)
    return frozenset(
        key for file in _sources(folder, language) for key in pattern.findall(file.read_text("utf-8"))
    )


def problems(folder: Path = LOCALE) -> list[str]:
    """What forbids compiling, a line each; an empty list when all is well."""
    found = [fault for language in LANGUAGES for fault in _twice(folder, language)]
    spoken = {language: read_language(folder, language) for language in LANGUAGES}
    counted = plural_keys(folder, LANGUAGES[0])
    for key in sorted({key for sentences in spoken.values() for key in sentences}):
        found += _faults(
            key, {language: spoken[language].get(key, ()) for language in LANGUAGES}, key in counted
        )
    return found


def _twice(folder: Path, language: str) -> list[str]:
    pattern = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
    keys = Counter(
        key for file in _sources(folder, language) for key in pattern.findall(file.read_text("utf-8"))
    )
    return [f"{language}: {key}: written {times} times" for key, times in sorted(keys.items()) if times > 1]


def _faults(key: str, forms: Mapping[str, tuple[str, ...]], counted: bool) -> list[str]:
    if lacking := [language for language in forms if not forms[language] or not all(forms[language])]:
        return [f"{language}: {key}: no sentence" for language in lacking]
    implied = {"n"} if counted else set()
    try:
        names = {language: placeholders(texts) - implied for language, texts in forms.items()}
    except ValueError as error:
        return [f"{key}: placeholder {error} is not a name"]
    first = names[LANGUAGES[0]]
    return [
        f"{language}: {key}: placeholders {sorted(given)}, in {LANGUAGES[0]} {sorted(first)}"
        for language, given in names.items()
        if given != first
    ]


def compiled(folder: Path, language: str) -> bytes:
    """The bytes of a language's catalog: same sources, same bytes, on any day and with any Babel."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    merged = Catalog(locale=language, fuzzy=False)
    counted = plural_keys(folder, language)
    for key, forms in sorted(read_language(folder, language).items()):
        if key in counted:
            merged.add((key, key), forms)
        else:
            merged.add(key, forms[0])
    file = BytesIO()
    write_mo(file, _Undated(merged))  # type: ignore[arg-type]
    return file.getvalue()


class _Undated:
    """A catalog whose header tells neither the time nor the tool, so that its bytes can be compared."""

    def __init__(self, catalog: "Catalog") -> None:
        self.catalog = catalog
        self.charset = "utf-8"

    def __iter__(self) -> Iterator[object]:
        header, *messages = self.catalog
        plural = self.catalog.plural_forms
        header.string = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {plural}\n"
        return iter([header, *messages])


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time on this machine; closing the file lets the next one in."""
    with (Path(tempfile.gettempdir()) / f"{DOMAIN}-i18n.lock").open("ab") as file:
        _lock(file)
        yield


def _differs(file: Path, content: bytes) -> bool:
    return not file.is_file() or file.read_bytes() != content


def main(arguments: Sequence[str] = (), folder: Path = LOCALE) -> int:
    """Build, or with ``--check`` compare; 0 when the compiled catalogs are right, else 1 and the reasons."""
    with _alone():
        faults = problems(folder)
        for language in () if faults else LANGUAGES:
            file = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
            content = compiled(folder, language)
            if not _differs(file, content):
                continue
            if "--check" in arguments:
                faults.append(f"{language}: {file.name} is not what its sources give")
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_bytes(content)
            fresh.replace(file)
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
