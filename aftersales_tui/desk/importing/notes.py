"""Notes on customers' files, out of a file (U1)."""

from collections.abc import Mapping
from datetime import datetime

from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.owned import owned, owner_named, require_owner, without_owner
from aftersales_tui.desk.importing.work import Look, Named, Work, own_id
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.store import bulk, tables
from aftersales_tui.views.imports import Fault


class Notes:
    """Takes in notes; each belongs to a customer, and bears the name of whoever wrote it."""

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """A note about nobody is refused."""
        require_owner(row)
        return ()

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """Notes that came from here."""
        return look.ours(tables.Note, rows)

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:
        """Notes about nobody we know."""
        return without_owner(look, rows)

    def named(self, row: Foreign, now: datetime) -> Named:
        """Whose file it lies in."""
        return owner_named(row, now)

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New notes. Where nobody here is called as the writer was, his name stands in the text."""
        of, writers = owned(work, rows), self._writers(work, rows)
        for row in rows:
            told = row.values
            at: datetime = told.get("written_at") or work.deed.now
            note_id = own_id(row.source_id, work.deed.now) or work.new_id(at, row.line)
            unknown = told.get("written_by", "") if not writers[row.line] else ""
            work.chunk.put(
                tables.Note,
                id=note_id,
                customer_id=of[row.line][0],
                device_id=of[row.line][1],
                text=f"{unknown}: {told['note']}" if unknown else told["note"],
                written_by=writers[row.line] or work.deed.act.staff_id,
                written_at=milliseconds(at),
            )
            work.remember("notes", row.source_id, note_id, row.digest, is_new=True)
            if unknown:
                error = Refused("import.no_writer", given=unknown)
                work.faults.append(Fault(row.line, "written_by", unknown, error))

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """A note stays as it was written: of one that is there nothing is changed."""

    @staticmethod
    def _writers(work: Work, rows: list[Foreign]) -> dict[int, int]:
        """Who wrote each note, by his id or else by his name; 0 for nobody we know."""
        ids = {row.line: row.values.get("written_by_id", "") for row in rows}
        by_id = work.look.referred(tables.Staff, "engineers", ids.values())
        by_name = bulk.people(work.connection, work.shop.shop_id)
        return {
            row.line: by_id.get(ids[row.line]) or by_name.get(name_key(row.values.get("written_by", "")), 0)
            for row in rows
        }
