"""The shop's rules, read from its rule files."""
