"""The acts of a user, each joining the project store with one engine; shared by window and command line.

Import, find lines, draft, evaluate, fine-tune, export. Acts take the open project, a cancel token and a sink
for progress, and return a frozen report.
"""
