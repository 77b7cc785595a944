"""Certificates to paper without a window: printers, the order of sheets, corrections, what was printed."""
