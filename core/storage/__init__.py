"""The project store: one folder, one SQLite file, one module per kind of thing.

Functions are named for the act and take the open ``Project`` first; each uses one session and one
transaction. Frozen values of ``core.document`` go in and come out, never a database row.
"""
