"""Reading scans, cutting lines out of them, and preparing them for recognition."""
