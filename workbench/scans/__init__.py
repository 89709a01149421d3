"""Pixels of scans for the window: read in threads, kept in bounded caches."""
