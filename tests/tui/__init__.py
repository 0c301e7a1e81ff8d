"""The screens and the terminal."""
