"""The official documents of a plan: what they say (contents) and how it is laid out (printing)."""
