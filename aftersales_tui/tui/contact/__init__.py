"""Calling customers back: the list and the script."""
