"""The clerk's papers: applications, authorisations, surveys, notices."""
