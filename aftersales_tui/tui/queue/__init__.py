"""The queue: how a ticket reads on its line, and what the list is narrowed to."""
