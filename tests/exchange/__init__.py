"""Tables in files of other programs."""
