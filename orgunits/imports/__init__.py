"""Imports from the national personnel export: read, checked, compared, applied.

``reading`` recognises a workbook by its header row; ``units``, ``employees`` and ``decrees`` turn
its rows into typed ones or into faults; ``loading`` takes what is stored into a ``register`` in
memory; the ``compare_*`` modules change it there; ``writing`` puts the changes into the database.
``running`` is one whole run, ``batches`` the imports by web.
"""
