"""Fields of forms that can be checked by themselves: numbers with a check digit, dates, amounts, doses."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from core.rules.fields.amounts import find_amounts
from core.rules.fields.chinese_id import find_chinese_ids
from core.rules.fields.dates import find_dates
from core.rules.fields.dosage import find_dosages
from core.rules.fields.phone import find_phones
from core.rules.violation import Field
from core.wording import say


class FieldKind(StrEnum):
    """What can be checked."""

    CHINESE_ID = "chinese-id"
    DATE = "date"
    AMOUNT = "amount"
    DOSAGE = "dosage"
    PHONE = "phone"

    @property
    def article(self) -> str:
        """The kind within a sentence."""
        kinds = {
            FieldKind.CHINESE_ID: say("a Chinese ID number"),
            FieldKind.DATE: say("a date"),
            FieldKind.AMOUNT: say("an amount"),
            FieldKind.DOSAGE: say("a dosage"),
            FieldKind.PHONE: say("a mobile number"),
        }
        return kinds[self]


FINDERS: dict[FieldKind, Callable[[str], Iterator[Field]]] = {
    FieldKind.CHINESE_ID: find_chinese_ids,
    FieldKind.DATE: find_dates,
    FieldKind.AMOUNT: find_amounts,
    FieldKind.DOSAGE: find_dosages,
    FieldKind.PHONE: find_phones,
}
"""Each finds all that looks like such a field in a text, in order or not."""
