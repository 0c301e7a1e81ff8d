"""A customer's file on the screen: its pages, its forms, and what two seats make of one field."""
