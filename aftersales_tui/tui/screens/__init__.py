"""The screens; they never import each other."""
