"""Pure: change, canonical bytes, chain, heads, entity registry."""
