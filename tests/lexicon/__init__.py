"""Tests of ``lexicon``."""
