"""Reading the board, always within what the viewer may see."""
