"""What happens to the rows of another program's file on their way into the store."""
