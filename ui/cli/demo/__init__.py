"""The demonstration: the whole job through the very commands that people and scripts use."""
