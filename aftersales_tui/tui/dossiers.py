"""What is known of a customer as a file for programs and one for people; nothing here needs Textual (U4)."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftersales_tui.domain.text import visible
from aftersales_tui.exchange.private import require_new, write_new
from aftersales_tui.i18n import has, say
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.views.mergers import Dossier
from aftersales_tui.views.tickets import TimelineRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.tickets import Receipt

TIME_LINE = "feed"
OF_THE_TRADE = ("kind", "channel", "status", "outcome", "reason", "result", "role", "about", "what")
"""Columns whose values are names that the catalog has words for."""
TEXT = ".txt"


def default_path(now: datetime) -> Path:
    """A name that tells nothing of anybody."""
    return Path(say("dossier.file", at=f"{now:%Y%m%d-%H%M%S}"))


def hand_out(desk: "Desk", act: "Act", customer_id: int, path: Path, reason: str, zone: tzinfo) -> "Receipt":
    """Write what is known of a customer to a file of JSON, and beside it as readable text.

    Raises:
        Refused: ``export.exists``; nothing is ever overwritten.
        Unavailable: ``export.unwritable``.
        Invalid: ``export.no_reason``.
        NotFound: ``record.not_found``.
    """
    require_new(path)
    page = path.with_name(path.name + TEXT)
    require_new(page)
    receipt, dossier = desk.dossiers.hand_out(act, customer_id, reason)
    write_new(path, as_json(dossier, zone))
    write_new(page, as_text(dossier, zone))
    return receipt


def as_json(dossier: Dossier, zone: tzinfo) -> str:
    """For programs: ids are strings, instants ISO 8601 in the shop's zone."""
    records = {
        table: [{name: _plain(name, value, zone) for name, value in row.items()} for row in rows]
        for table, rows in dossier.records.items()
    }
    told = {"customer_id": str(dossier.customer_id), "name": dossier.name, "records": records}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_text(dossier: Dossier, zone: tzinfo) -> str:
    """For people, in the present language."""
    return "\n".join(_page(dossier, zone)) + "\n"


def _plain(name: str, value: Any, zone: tzinfo) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    is_id = name == "id" or name.endswith("_id") or name in {"repeat_of", "merged_into", "record_id"}
    return str(value) if is_id and isinstance(value, int) else value


def _page(dossier: Dossier, zone: tzinfo) -> Iterator[str]:
    yield say("dossier.title", name=visible(dossier.name))
    for table, rows in dossier.records.items():
        lines = [line for row in rows for line in _lines(table, row, zone)]
        if lines:
            yield from ("", f"== {say(f'dossier.table.{table}')} ({len(rows)})", *lines)


def _lines(table: str, row: Mapping[str, Any], zone: tzinfo) -> Iterator[str]:
    if table == TIME_LINE:
        at = row["happened_at"]
        told = TimelineRow(0, at, at, row["name"], "", row["verb"], dict(row["params"]), False)
        yield f"{at.astimezone(zone):%Y-%m-%d %H:%M}  {row['name']}  {visible(deed_sentence(told, zone))}"
        return
    named = [
        (label, _word(name, value, zone))
        for name, value in row.items()
        if not _is_for_programs(name, value) and (label := _label(name))
    ]
    if named:
        yield "-"
        yield from (f"  {label}: {value}" for label, value in named)


def _word(name: str, value: Any, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if name in OF_THE_TRADE:
        # What people are to a customer, and what was promised, stands among the words of his file.
        known = (key for key in (f"{name}.{value}", f"file.{name}.{value}") if has(key))
        if key := next(known, ""):
            return say(key)
    if has(f"merge.value.{name}.{value}"):
        return say(f"merge.value.{name}.{value}")
    return visible(str(value), multiline=True).replace("\n", "\n    ")


def _is_for_programs(name: str, value: Any) -> bool:
    """Ids, places in a list and noughts tell people nothing."""
    return isinstance(value, int) and (value == 0 or name == "place" or name.endswith("_id"))


def _label(name: str) -> str:
    return next((say(key) for key in (f"dossier.column.{name}", f"column.{name}") if has(key)), "")
