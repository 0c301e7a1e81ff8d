"""Words, phones, holidays: libraries and lists turned into plain values."""
