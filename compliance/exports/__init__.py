"""The board, its results and recapitulations as tables of a file."""
