"""Spreadsheets in and out: the only room that opens or writes an .xlsx file."""
