"""Headquarters' end: API, exchange rules, tables, access, catalogue, command."""
