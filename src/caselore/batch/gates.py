"""What keeps an input from being read: it is retracted, scanned, or no case report."""

from __future__ import annotations

import msgspec

from caselore.batch.inputs import read_bytes
from caselore.batch.lake import Input
from caselore.batch.triage import no_case_report
from caselore.model.text import Document
from caselore.reading.errors import UnreadableReport

_TRUE = {"yes", "true", "1", "y"}


class _Description(msgspec.Struct, frozen=True):
    """The flags of a metadata file of the PMC open-access bucket; they come as booleans and as "yes" and "no"."""

    is_retracted: bool | str | None = None
    is_historical_ocr: bool | str | None = None


class Gate(msgspec.Struct, frozen=True):
    """The checks of one run; each gives the reason why an input is set aside, or None."""

    root: str
    triage: bool

    def before(self, one: Input) -> str | None:
        """Before the article is opened: what its description says, where there is one."""
        if one.metadata is None:
            return None
        try:
            data = read_bytes(self.root, Input(path=one.metadata, stamp=""))
            about = msgspec.json.decode(data, type=_Description)
        except UnreadableReport:
            return None
        except msgspec.DecodeError as error:
            raise UnreadableReport(f"its description is damaged ({error})") from error
        if _flag(about.is_retracted):
            return "it is retracted"
        return "its text was recognised from scanned pages" if _flag(about.is_historical_ocr) else None

    def after(self, document: Document) -> str | None:
        """Once its text is known: whether it tells of patients at all."""
        return no_case_report(document) if self.triage else None


def _flag(value: bool | str | None) -> bool:
    return value is True or str(value).strip().lower() in _TRUE
