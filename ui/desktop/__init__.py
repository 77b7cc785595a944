"""The window: what people see and touch, on Qt."""
