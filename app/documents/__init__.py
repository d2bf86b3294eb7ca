"""Papers that come out of the printer: the only room that knows ReportLab and PDFium."""
