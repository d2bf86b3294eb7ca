"""The kinds of record that questionnaires are kept as."""

from app.domain.record import Record
from app.domain.surveys.response import SurveyAsked, SurveyResponse
from app.domain.surveys.survey import SurveyEdition

SURVEYS: tuple[type[Record], ...] = (SurveyResponse, SurveyAsked, SurveyEdition)
