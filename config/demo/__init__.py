"""A small fixed regency for a first look, written through the services that real data take."""
