"""Verbs that change things: (session, ...) -> id; they raise Refused or NotFound and never commit."""
