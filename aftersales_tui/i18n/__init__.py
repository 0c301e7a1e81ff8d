"""What the desk says, in the language of the person in front of it.

Messages have symbolic keys; their sentences stand in the catalogs under ``locale/``. Nothing is read at
import: the first ``say`` opens one compiled catalog, ``use`` swaps it for another while the app runs.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "zh_CN", "zh_TW")
LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}
"""Each language by its own name: who cannot read the present one must still find his own."""

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "aftersales"
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant", "traditional", "(traditional)"})

_language = LANGUAGES[0]
_spoken: "NullTranslations | None" = None
_loaded: dict[str, "NullTranslations"] = {}


class _Gaps(dict[str, object]):
    """Parameters of a sentence; one that is not given stays visible as its placeholder."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def catalog_file(language: str) -> Path:
    """Where the compiled catalog of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def _catalog() -> "NullTranslations":
    global _spoken
    if _spoken is None:
        _spoken = _catalog_of(_language)
    return _spoken


def _catalog_of(language: str) -> "NullTranslations":
    from gettext import GNUTranslations, NullTranslations

    if language not in _loaded:
        # gettext.translation() would search and import locale for what is known to be in one place.
        try:
            with catalog_file(language).open("rb") as compiled:
                _loaded[language] = GNUTranslations(compiled)
        except OSError:
            _loaded[language] = NullTranslations()
    return _loaded[language]


def _filled(text: str, params: Mapping[str, object]) -> str:
    if "{" not in text:
        return text
    try:
        return text.format_map(_Gaps(params))
    except (ValueError, LookupError, AttributeError, TypeError):
        return text


def say(key: str, /, **params: object) -> str:
    """The sentence of a key in the present language, its ``{placeholders}`` filled.

    Cheap enough for ``render()``. A key without a sentence comes back as itself and a parameter that does
    not fit leaves its placeholder standing: a spoiled word must not stop a call that is being taken.
    """
    return _filled((_spoken or _catalog()).gettext(key), params)


def say_n(key: str, n: int, /, **params: object) -> str:
    """Like ``say`` for a counted thing: the form that fits ``n``, which is also the placeholder ``{n}``."""
    return _filled((_spoken or _catalog()).ngettext(key, key, n), {**params, "n": n})


def said_anywhere(key: str) -> tuple[str, ...]:
    """The words of a key in every language: what a person types need not be of the language that is shown."""
    return tuple(_catalog_of(language).gettext(key) for language in LANGUAGES)


def has(key: str) -> bool:
    """Whether the present language has a sentence for this key."""
    catalog = _spoken or _catalog()
    return catalog.gettext(key) != key or catalog.ngettext(key, key, 1) != key


def use(language: str) -> None:
    """Speak this language from now on; a name that is none of ``LANGUAGES`` counts as the nearest of them."""
    global _language, _spoken
    _language, _spoken = match_language(language), None


def can_be_written(language: str, encoding: str) -> bool:
    """Whether an encoding, such as that of a terminal, has the letters of one of ``LANGUAGES``."""
    try:
        LANGUAGE_NAMES[language].encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def language() -> str:
    """The language now spoken, one of ``LANGUAGES``."""
    return _language


def match_language(name: str) -> str:
    """The nearest of ``LANGUAGES`` to a locale name (``zh-Hant-HK``, ``zh_CN.UTF-8``, ``C``)."""
    parts = name.casefold().replace("-", "_").partition(".")[0].partition("@")[0].replace(" ", "_").split("_")
    if parts[0] not in {"zh", "chinese"}:
        return LANGUAGES[0]
    return "zh_TW" if _TRADITIONAL.intersection(parts) and "hans" not in parts else "zh_CN"


def _system_locale() -> str:
    """What Windows or macOS says when no variable does; an empty string where it says nothing."""
    import locale

    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return locale.getlocale()[0] or ""


def start_language(setting: str | None, environ: Mapping[str, str]) -> str:
    """The language to start in: the setting, else the locale variables in order, else the system's."""
    if setting:
        return match_language(setting)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return match_language(environ[variable])
    return match_language(_system_locale() if sys.platform in {"win32", "darwin"} else "")
