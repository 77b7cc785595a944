"""Certificates on paper: typefaces, ornament, layout, and the PDF that holds them."""
