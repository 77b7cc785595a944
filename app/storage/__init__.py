"""Tables by noun, the journal and its projection, the store, keys, anchor, migrations, backup."""
