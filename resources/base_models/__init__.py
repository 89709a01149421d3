"""The base models that are shipped, and how they are made."""
