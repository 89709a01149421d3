"""Writing the corrected texts to files: what is asked, and the work behind the window."""
