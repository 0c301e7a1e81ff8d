"""Commands of the list of imports, and of a file that is to be read in."""

from aftersales_tui.tui.commands.command import Command

IMPORTS = "imports"
IMPORT_FILE = "import_file"

ON_IMPORTS = (
    Command("import_new", "n", IMPORTS, twin="ctrl+n"),
    Command("import_resume", "g", IMPORTS, twin="ctrl+g"),
    Command("import_undo", "x", IMPORTS, twin="ctrl+x"),
)
ON_IMPORT_FILE = (
    Command("import_try", "t", IMPORT_FILE, twin="ctrl+t"),
    Command("import_change.kind", "y", IMPORT_FILE, twin="ctrl+y"),
    Command("import_change.encoding", "n", IMPORT_FILE, twin="ctrl+n"),
    Command("import_change.source", "p", IMPORT_FILE, show=False),
    Command("import_change.rest", "w", IMPORT_FILE, twin="ctrl+w", show=False),
)
