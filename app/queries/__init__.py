"""Verbs that read: (session, ...) -> frozen rows."""
