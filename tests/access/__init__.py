"""The access table by app; ``tests/access_table.py`` puts it together."""
