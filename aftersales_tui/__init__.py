"""A dispatcher's after-sales desk in the terminal."""

__version__ = "0.1.0"
