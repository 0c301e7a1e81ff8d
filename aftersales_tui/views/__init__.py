"""Frozen rows that the front ends show."""
