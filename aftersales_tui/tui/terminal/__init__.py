"""Everything between the screens and the terminal: what may be written to it, read from it, and how to leave it."""
