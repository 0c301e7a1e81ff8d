"""Tests of reading in other programs' tables."""
