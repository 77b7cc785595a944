"""How the writer of a frame picks a kind for every column: may improve for ever, readers never notice."""
