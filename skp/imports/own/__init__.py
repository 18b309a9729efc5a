"""A person's own draft as an Excel workbook (journey 3 of the product).

``book`` writes the template with what the draft says, ``reading`` takes it back with the parser of the
offices' workbooks, ``draft`` is what the plan and the superior's say now, ``comparing`` the difference,
``changes`` that difference in words, ``sealed`` carries the rows from the preview to the confirmation, and
``writing`` puts them into the draft.
"""
