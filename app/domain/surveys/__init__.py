"""Questionnaires (问卷): what is asked as data, what was answered, and what the answers come to."""
