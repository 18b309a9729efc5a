"""The floor: mechanics without models that every app stands on and that imports no app."""
