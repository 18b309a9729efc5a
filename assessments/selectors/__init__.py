"""Reading assessments, always through the plans that the viewer may see."""
