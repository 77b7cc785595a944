"""Papers and workbooks of a class: plain rows in, files out; no database, no screen."""
