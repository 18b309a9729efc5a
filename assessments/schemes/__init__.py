"""How a year is scored: pure functions on plain values, ``Decimal`` throughout, no database, no clock."""
