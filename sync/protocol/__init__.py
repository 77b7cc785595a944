"""Pure and shared by both ends: frame, exchange messages, tokens, limits."""
