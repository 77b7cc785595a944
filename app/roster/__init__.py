"""A spreadsheet in, checked rows with verdicts out; knows no database."""
