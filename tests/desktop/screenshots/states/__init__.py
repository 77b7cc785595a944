"""What states a page has, a module for each page key; see `registry.py`."""
