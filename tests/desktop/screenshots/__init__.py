"""Pictures of every page in every state, drawn from made-up data: `make screenshots`."""
