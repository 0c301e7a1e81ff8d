"""Kills and races."""
