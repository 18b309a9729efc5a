"""Planned results from an office's workbook (rules.md §14, "RHK file").

``reading`` recognises the workbook and turns its cells into ``rows``; ``owners`` finds whose they are
and which OPD the file belongs to; ``stored`` is what the drafts say now; ``comparing`` is the difference,
without writing; ``writing`` puts it into the database; ``running`` is one whole run.
"""
