"""Imports from the national personnel export: read, checked, compared, applied.

``reading`` recognises a workbook by its header row; ``units``, ``employees``, ``acting`` and
``transfers`` turn its rows into typed ones or into faults; ``register`` holds the stored state in
memory; the ``compare_*`` modules change it there; ``writing`` puts the changes into the database.
"""
