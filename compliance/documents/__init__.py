"""The signed recapitulations: what they say, frozen when they are issued, and how they are laid out."""
