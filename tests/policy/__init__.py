"""Tests of ``policy``."""
