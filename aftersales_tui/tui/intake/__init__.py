"""The parts of the screen on which a call is taken."""
