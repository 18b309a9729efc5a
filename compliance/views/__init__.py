"""Pages under /papan/."""
