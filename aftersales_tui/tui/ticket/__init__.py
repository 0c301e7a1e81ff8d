"""An open ticket: what its screen shows."""
