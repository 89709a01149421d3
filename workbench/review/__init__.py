"""Review: all lines of the project by doubt, not by page; accepting, auditing, second looks."""
