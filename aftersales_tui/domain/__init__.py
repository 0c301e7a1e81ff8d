"""The rules of the trade as pure functions of values."""
