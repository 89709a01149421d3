"""Our sentences in other languages, and how they are gathered from the code."""
