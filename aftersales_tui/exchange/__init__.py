"""Tables in files of other programs: read into rows of plain text, and written from them."""
