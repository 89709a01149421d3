"""What the text of some lines must look like: patterns, word lists, checksums. Pure values and functions."""
