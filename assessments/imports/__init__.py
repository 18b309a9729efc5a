"""Results of years before this application, from the personnel office's workbook."""
