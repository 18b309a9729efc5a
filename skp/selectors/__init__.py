"""Reading plans: every query starts from the set that the viewer may see."""
