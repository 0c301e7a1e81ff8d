"""Measurements, run by hand; none decides whether a test passes."""
