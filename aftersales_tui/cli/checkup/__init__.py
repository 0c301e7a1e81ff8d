"""A look at an installation: each room looks at one side of it."""
