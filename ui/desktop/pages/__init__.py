"""The pages of the window, one screen a file; `places.py` finds them by their names."""
