"""The demo shop: a day in progress, made by code in a store of its own that never touches the shop's."""
