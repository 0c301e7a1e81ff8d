"""What is read from the store, as frozen views."""
