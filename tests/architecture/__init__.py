"""Tests that look at the shape of the house, not at what it does."""
