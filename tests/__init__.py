"""The tests of the desk, a folder per room."""
