"""Pages as small as they come, for tests of the window."""
