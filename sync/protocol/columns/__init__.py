"""The kinds of column a frame may use: how each is written and read back."""
