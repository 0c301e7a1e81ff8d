"""Small questions over a screen that answer a value."""
