"""The many people around the demo's cast: agencies, names, posts and plans, made from a seed."""
