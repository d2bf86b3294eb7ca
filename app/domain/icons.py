"""The pictograms a pack may name: one drawing for each exists in `resources/pictograms`."""

from __future__ import annotations

ICONS = frozenset(
    """id_front id_back hukou bank_card passbook photo_1inch photo_2inch judgment guardian_proof
    disability_card dibao_card diagnosis hospital_bill death_cert police_receipt school_proof form
    authorisation promise income_statement letter_of_request village_proof social_card granny grandpa
    granny_child child proxy wheelchair_person hall village_office police_station court hospital bank
    photo_shop disabled_federation phone clock money_card sign fingerprint copy original not_needed
    walk bus""".split()
)
