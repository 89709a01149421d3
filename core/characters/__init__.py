"""Characters as people look for them: names, readings, look-alikes. No Qt, no database."""
