"""What can be found by the search over everything; named apart, for a desk at rest has no use for the rest of it."""

KINDS = ("customer", "device", "ticket", "call", "note")
"""In the order of the groups."""
