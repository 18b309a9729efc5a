"""Writing what the board keeps."""
