"""Tests of what the desk says in its three languages."""
