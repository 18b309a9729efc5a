"""The documents of a score: what they say, frozen when they are issued, and how they are laid out."""
