"""The commands that keys, strip, palette, help and keymap are made from."""
