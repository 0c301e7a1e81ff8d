"""The verbs of the trade, one transaction each."""
