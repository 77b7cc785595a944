"""The things a roster can say about a person, by the names that scripts and screens use for them."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """A meaning a column can have."""

    NUMBER = "number"
    NAME = "name"
    NIK = "nik"
    BIRTH_PLACE_DATE = "birth_place_date"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"
    SEX_MALE = "sex_male"
    SEX_FEMALE = "sex_female"
    PHONE = "phone"
    ADDRESS = "address"
    BUSINESS_NAME = "business_name"
    NIB = "nib"
    CAPITAL = "capital"
    SALES = "sales"
    REMARK = "remark"
