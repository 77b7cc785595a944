"""Widgets that know no domain: they are told texts, colours by meaning, and what to do."""
