"""Keeps what is pasted inside its paste: an escape in the text ends it for Textual, and the rest acts as keys."""

ESC = "\x1b"
BEGIN = f"{ESC}[200~"
END = f"{ESC}[201~"


class PasteGuard:
    """Takes the escapes out of the body of a bracketed paste, wherever the pieces that are read were cut.

    Without it a newline behind the escape is an Enter and a letter is a command. Keys outside a paste pass at once.
    """

    def __init__(self) -> None:
        self._open = False
        self._tail = ""
        self._held = ""

    def __call__(self, text: str) -> str:
        """What of a piece of input goes on to the parser now; the beginning of an end mark waits for its rest."""
        passed: list[str] = []
        while text:
            if self._open:
                body, text = self._body(self._held + text)
                passed.append(body)
            else:
                keys, text = self._keys(text)
                passed.append(keys)
        return "".join(passed)

    def _keys(self, text: str) -> tuple[str, str]:
        """Input up to the beginning of a paste, and what stands behind it."""
        seen = self._tail + text
        at = seen.find(BEGIN)
        if at < 0:
            self._tail = seen[1 - len(BEGIN) :]
            return text, ""
        self._open, self._tail = True, ""
        behind = seen[at + len(BEGIN) :]
        return text[: len(text) - len(behind)], behind

    def _body(self, text: str) -> tuple[str, str]:
        """The body of a paste without escapes, with its end mark when it has come, and what stands behind it."""
        body, mark, behind = text.partition(END)
        if mark:
            self._open, self._held = False, ""
            return body.replace(ESC, "") + mark, behind
        self._held = next((END[:n] for n in range(len(END) - 1, 0, -1) if text.endswith(END[:n])), "")
        return text[: len(text) - len(self._held)].replace(ESC, ""), ""
