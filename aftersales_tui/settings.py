"""What a shop and a seat have chosen, read once at start.

Each layer wins over the one before: the defaults, ``settings.toml`` in the configuration folder, the
``AFTERSALES_*`` variables, the options of the command line.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.paths import config_dir

PREFIX = "AFTERSALES_"
DEFAULT_ZONE = "Asia/Shanghai"
THEMES = ("dark", "light", "contrast", "terminal")
_FLAGS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_VARIABLES = {"database": "AFTERSALES_DATABASE_URL"}
_SERVERS = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
# Compiled by whoever meets an address: a start with a file, or with none, has no use for them.
_SCHEME = r"(?i:([a-z][a-z0-9+.\-]+):(?=//)|(sqlite|postgres|postgresql|mysql):)"
_PASSWORD = r"(://[^:/@]*):[^@]*@"
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Settings(NamedTuple):
    """The choices of this shop and this seat.

    Attributes:
        language: One of ``i18n.LANGUAGES`` in any spelling; ``None`` takes it from the locale.
        theme: One of ``THEMES``.
        ascii: Borders and marks in ASCII only, for terminals that draw the others too wide.
        mouse: Whether the terminal reports the mouse to the app.
        ime: Keys may come by an input method, so the terminal stays out of the kitty keyboard mode.
        database: The shop's store, a path or the URL of a PostgreSQL server; ``None`` is the file in the data folder.
        shop_id: Which shop of a chain this is, in a store that several share.
        shop_name: The company's name as it is said on the phone (C5); may be empty.
        person: Who works here; empty asks or takes the user of the machine.
        seat: The wished name of this seat; empty takes the first free one.
        country: The shop's country, ISO 3166 in two letters: its holidays and phone numbers.
        area_code: Put before local numbers that are typed without one (C3); digits, may be empty.
        zone: The shop's time zone, by its IANA name; the machine's where it can be known.
        demo: Opens the demo shop in a store of its own.
        keymap: Keys by command id, in place of the default ones.
    """

    language: str | None = None
    theme: str = THEMES[0]
    ascii: bool = False
    mouse: bool = True
    ime: bool = True
    database: str | None = None
    shop_id: int = 1
    shop_name: str = ""
    person: str = ""
    seat: str = ""
    country: str = "CN"
    area_code: str = ""
    zone: str = DEFAULT_ZONE
    demo: bool = False
    keymap: Mapping[str, str] = _NOTHING


def machine_zone(environ: Mapping[str, str] = _NOTHING, localtime: Path = Path("/etc/localtime")) -> str:
    """The IANA zone of this machine, where a variable or a link names it; else ``DEFAULT_ZONE``.

    A machine on UTC is one where nobody set a zone; that says nothing about where the shop stands.
    """
    name = environ.get("TZ", "").removeprefix(":")
    if not name:
        try:
            name = localtime.readlink().as_posix().partition("zoneinfo/")[2]
        except OSError:
            name = ""
    if "/" not in name or name.startswith("Etc/"):
        return DEFAULT_ZONE
    try:
        return _zone(name)
    except (ValueError, LookupError, OSError):
        return DEFAULT_ZONE


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value.strip()


def _optional(value: object) -> str | None:
    return _text(value) or None


def without_password(text: str) -> str:
    """A database setting as it may be shown."""
    return re.sub(_PASSWORD, r"\1:***@", text)


def _database(value: object) -> str | None:
    """A path, or the URL of a server with its scheme in small letters; ``sqlite:///FILE`` is the path in it.

    Any other scheme is refused: as a path it would be a new, empty shop in a folder of that name.
    """
    given = _text(value)
    found = re.match(_SCHEME, given) if ":" in given else None
    if found is None:
        return given or None
    scheme, rest = (found[1] or found[2]).casefold(), given[found.end() :]
    if scheme in _SERVERS and rest.startswith("//"):
        return f"{scheme}:{rest}"
    path = rest.removeprefix("///")
    if scheme != "sqlite" or path in {rest, "", ":memory:"} or "?" in path:
        raise ValueError(value)
    return path


def _flag(value: object) -> bool:
    return value if isinstance(value, bool) else _FLAGS[_text(value).casefold()]


def _shop_id(value: object) -> int:
    number = int(value if isinstance(value, int) else _text(value))
    if not 0 < number < 1 << 31:
        raise ValueError(value)
    return number


def _language(value: object) -> str | None:
    name = _optional(value)
    if name and name.replace("-", "_").partition("_")[0].casefold() not in {"en", "zh"}:
        raise ValueError(value)
    return name


def _theme(value: object) -> str:
    return THEMES[THEMES.index(_text(value).casefold())]


def _country(value: object) -> str:
    code = _text(value).upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise ValueError(value)
    return code


def _area_code(value: object) -> str:
    digits = _text(value)
    if digits and not (digits.isascii() and digits.isdigit()):
        raise ValueError(value)
    return digits


def _zone(value: object) -> str:
    name = _text(value)
    if name != DEFAULT_ZONE:
        from zoneinfo import ZoneInfo

        ZoneInfo(name)
    return name


def _keymap(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(value)
    return {str(command): _text(keys) for command, keys in value.items()}


_READERS: Mapping[str, Callable[[object], object]] = {
    "language": _language,
    "theme": _theme,
    "ascii": _flag,
    "mouse": _flag,
    "ime": _flag,
    "database": _database,
    "shop_id": _shop_id,
    "shop_name": _text,
    "person": _text,
    "seat": _text,
    "country": _country,
    "area_code": _area_code,
    "zone": _zone,
    "demo": _flag,
    "keymap": _keymap,
}


def _read(key: str, value: object, source: str) -> object:
    """One value made sure of; ``source`` is the file, variable or option that is to be mended."""
    if key not in _READERS:
        raise Invalid("settings.unknown", key=key, file=source)
    try:
        return _READERS[key](value)
    except (ValueError, LookupError, OSError) as error:
        if key == "database":
            raise Invalid("settings.database", value=without_password(str(value)), file=source) from error
        raise Invalid("settings.bad", key=key, value=value, file=source) from error


def _from_file(file: Path) -> dict[str, object]:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Invalid("settings.unreadable", file=str(file), reason=error.strerror or "") from error
    import tomllib

    try:
        # A byte order mark is what a Windows editor leaves behind.
        given = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid("settings.unreadable", file=str(file), reason=str(error)) from error
    return {key: _read(key, value, str(file)) for key, value in given.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    variables = {key: _VARIABLES.get(key, PREFIX + key.upper()) for key in _READERS if key != "keymap"}
    return {
        key: _read(key, environ[variable], variable)
        for key, variable in variables.items()
        if environ.get(variable)
    }


def settings_file() -> Path:
    """The file of this user's settings; it need not exist."""
    return config_dir() / "settings.toml"


def load_settings(
    environ: Mapping[str, str] | None = None, file: Path | None = None, **overrides: object
) -> Settings:
    """The settings that hold now; an override that is ``None`` was not given.

    Raises:
        Invalid: ``settings.bad`` (key, value, file), ``settings.database`` (value, file), ``settings.unknown``
            (key, file) or ``settings.unreadable`` (file, reason); ``file`` is whatever has to be mended, a variable
            too.
    """
    environ = os.environ if environ is None else environ
    chosen = _from_file(file or settings_file()) | _from_environment(environ)
    for key, value in overrides.items():
        if value is not None:
            chosen[key] = _read(key, value, "--" + key.replace("_", "-"))
    chosen.setdefault("zone", machine_zone(environ))
    values: dict[str, Any] = chosen
    return Settings(**values)


def save_setting(key: str, value: object, file: Path | None = None) -> None:
    """Write one choice into ``settings.toml``, its comments and order kept; ``None`` takes the entry out.

    The file is readable by its owner only: a database URL may hold a password.

    Raises:
        Invalid: as ``load_settings``; the file is then as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file = file or settings_file()
    if value is not None or key not in _READERS:
        value = _read(key, value, str(file))
    try:
        document: Any = tomlkit.parse(file.read_text("utf-8-sig") if file.exists() else "")
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise Invalid("settings.unreadable", file=str(file), reason=str(error)) from error
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(tomlkit.dumps(document), "utf-8")
    fresh.replace(file)
