"""Rows in, attendance sheets, recaps and workbooks out; knows no database."""
