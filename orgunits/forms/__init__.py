"""What officers type about posts, units, people and roles; rules stay in the services."""
