"""What the screens of the shop's people are made of."""
