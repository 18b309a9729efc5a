"""The only code that changes the organisation through the application.

Every service takes ``actor`` (the Viewer who does it) and ``now``, asks ``permissions.can_do``, writes
in one transaction with its audit event and the appraisal lines that follow from it, and answers an
``Effect``: whose appraiser changes, and what else follows. Days are half-open ``[start, until)``.
"""
