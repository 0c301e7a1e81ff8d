"""The front room: the call register, messages, visitors, the handover book."""
