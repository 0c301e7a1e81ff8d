"""Where the shop's records are kept."""
