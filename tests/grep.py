"""Looks for texts in the bytes of files, as ``grep -a`` does."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path


def written(secret: str) -> tuple[bytes, ...]:
    """A text as the files of a store may hold it: in UTF-8, and as JSON escapes it, in small letters or capitals."""
    escaped = json.dumps(secret)[1:-1]
    capitals = escaped.upper().replace("\\U", "\\u")
    return tuple({secret.encode(): None, escaped.encode(): None, capitals.encode(): None})


def grep(files: Iterable[Path], secrets: Iterable[str]) -> set[str]:
    """Those of the texts that are still to be read somewhere.

    By another process: in ours, closing a file would let go of SQLite's locks on it.
    """
    forms = {form: secret for secret in secrets for form in written(secret)}
    wanted = [part for form in forms for part in (b"-e", form)]
    found = subprocess.run(
        [b"grep", b"-ohaF", *wanted, b"--", *(str(file).encode() for file in files if file.is_file())],
        stdout=subprocess.PIPE,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    return {forms[line] for line in found.stdout.splitlines()}
