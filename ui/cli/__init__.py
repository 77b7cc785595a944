"""The `balai` command line."""
