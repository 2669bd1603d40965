"""What a table and each of its columns hold, told from the headings."""
