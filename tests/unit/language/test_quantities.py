"""Measured numbers: usual wordings and near misses. Amounts are in the canonical unit of their kind."""

from __future__ import annotations

import pytest

from caselore.language.quantities import Quantity, read_quantities
from caselore.model.time import Interval


def _told(quantity: Quantity) -> str:
    amounts = " x ".join(_amount(amount) for amount in quantity.amounts)
    unit = f" {quantity.unit}" if quantity.kind == "drug_dose" else ""
    return f"{quantity.kind.value} {amounts}{unit}{' each' if quantity.each else ''}"


def _amount(amount: Interval) -> str:
    bound = "<" if amount.low_open else ">" if amount.high_open else ""
    return bound + (f"{amount.low:g}" if amount.low == amount.high else f"{amount.low:g}..{amount.high:g}")


CASES = [
    ("5.4 x 3.9 x 1.9 cm", ["length 54 x 39 x 19"]),
    ("35 mm × 22 mm", ["length 35 x 22"]),
    ("3 cm ×  2 cm", ["length 30 x 20"]),
    ("a 4-cm mass", ["length 40"]),
    ("2.5-3 cm", ["length 25..30"]),
    ("38 mm × 31 mm × 29 mm", ["length 38 x 31 x 29"]),
    ("12 centimeters in diameter", ["length 120"]),
    ("5,4 cm", ["length 54"]),
    ("three centimetres", ["length 30"]),
    ("4.5 (AP) x 3 (TR) x 2 (CC) cm", ["length 45 x 30 x 20"]),
    ("5.4x3.9x1.9cm", ["length 54 x 39 x 19"]),
    ("3.2 by 2.1 cm", ["length 32 x 21"]),
    ("4 × 3 cm2", ["length 40 x 30"]),
    ("30 cm3", ["volume 30"]),
    ("120 mm Hg", []),
    ("mass of up to 4 cm and 1.5 m tall", ["length <40", "length 1500"]),
    ("35–40%", ["percent 35..40"]),
    ("10% to 15%", ["percent 10..15"]),
    ("less than 5%", ["percent <5"]),
    (">15%", ["percent >15"]),
    ("exceed 15%", ["percent >15"]),
    ("approximately 30 %", ["percent 30"]),
    ("14 mitoses per 10 high-power fields", ["per_10_hpf 14"]),
    ("27/10 HPF", ["per_10_hpf 27"]),
    ("12 mitotic figures/10 HPF", ["per_10_hpf 12"]),
    ("2-3 per HPF", ["per_10_hpf 20..30"]),
    ("35 per 50 HPF", ["per_10_hpf 7"]),
    ("mitotic count of 10 per 10 HPFs", ["per_10_hpf 10"]),
    ("up to 8 mitoses in 10 high power fields", ["per_10_hpf <8"]),
    ("mitotic rate 5/10hpf", ["per_10_hpf 5"]),
    ("mitoses per 10 HPF was 12", ["per_10_hpf 12"]),
    ("10 mitoses/mm2", ["per_mm2 10"]),
    ("5 mitoses per 2 mm²", ["per_mm2 2.5"]),
    ("1.8 Gy per fraction", ["radiation_dose 1.8 each"]),
    ("fractions of 1.8 Gy", ["radiation_dose 1.8 each"]),
    ("2 Gy daily", ["radiation_dose 2 each"]),
    ("30 x 2 Gy", ["fractions 30", "radiation_dose 60", "radiation_dose 2 each"]),
    ("60 Gy in 30 fractions", ["radiation_dose 60", "fractions 30"]),
    ("50.4 Gy/28 fr", ["radiation_dose 50.4", "fractions 28"]),
    ("5040 cGy", ["radiation_dose 50.4"]),
    ("5,040 cGy", ["radiation_dose 50.4"]),
    ("45 + 9 Gy boost", ["radiation_dose 54"]),
    ("45 Gy + 9 Gy", ["radiation_dose 54"]),
    ("60Gy/30F", ["radiation_dose 60", "fractions 30"]),
    ("a single fraction of 18 Gy", ["fractions 1", "radiation_dose 18"]),
    ("54 Gy in 1.8-Gy fractions", ["radiation_dose 54", "radiation_dose 1.8 each"]),
    ("50 to 60 Gy", ["radiation_dose 50..60"]),
    ("33 fractions", ["fractions 33"]),
    ("radiotherapy in 5 sessions", ["fractions 5"]),
    ("2 Gy x 30", ["fractions 30", "radiation_dose 60", "radiation_dose 2 each"]),
    ("25 x 200 cGy", ["fractions 25", "radiation_dose 50", "radiation_dose 2 each"]),
    ("200 cGy x 25", ["fractions 25", "radiation_dose 50", "radiation_dose 2 each"]),
    ("5000 cGy", ["radiation_dose 50"]),
    ("4500 + 900 cGy", ["radiation_dose 54"]),
    ("daily fractions of 1.8 Gy", ["radiation_dose 1.8 each"]),
    ("25 fr", ["fractions 25"]),
    ("25 fx", ["fractions 25"]),
    ("50 Gy/25 f", ["radiation_dose 50", "fractions 25"]),
    ("12 F were placed and 20 fractions given", ["fractions 20"]),
    ("radiotherapy in 30 sessions", ["fractions 30"]),
    ("30 sessions of dialysis and 20 fractions", ["fractions 20"]),
    ("a single fraction of 20 Gy", ["fractions 1", "radiation_dose 20"]),
    ("75 mg per square meter", ["drug_dose 75 mg/m2"]),
    ("75 mg / m²", ["drug_dose 75 mg/m2"]),
    ("75 mg/m^2", ["drug_dose 75 mg/m2"]),
    ("carboplatin (AUC of 6)", ["drug_dose 6 AUC"]),
    ("six cycles", ["cycles 6"]),
    ("4 courses", ["cycles 4"]),
    ("a single course", ["cycles 1"]),
    ("a couple of cycles of cisplatin", ["cycles 2"]),
    ("4-6 cycles of chemotherapy", ["cycles 4..6"]),
    ("a 5-day course of steroids and three courses of etoposide", ["cycles 3"]),
    ("six three-weekly cycles of doxorubicin (75 mg/m2)", ["cycles 6", "drug_dose 75 mg/m2"]),
    ("a 5-day course", []),
    ("ifosfamide 3 g/m² and carboplatin AUC 5", ["drug_dose 3 g/m2", "drug_dose 5 AUC"]),
    ("12.5 g/dL and 30 mg/dL", []),
    (
        "attenuation of 35 HU, 30-40 Hounsfield units, -20 HU",
        ["attenuation 35", "attenuation 30..40", "attenuation -20"],
    ),
    ("weighed 250 g and 500 ml", ["weight 250", "volume 500"]),
    ("twenty-five percent", ["percent 25"]),
    ("between 3 and 4 cm", ["length 30..40"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quantities(text: str, expected: list[str]) -> None:
    assert [_told(quantity) for quantity in read_quantities(text)] == expected


def test_places_are_those_of_the_document() -> None:
    (size,) = read_quantities("a 4 cm mass", offset=100)
    assert (size.span.start, size.span.end) == (102, 106)


PLACES = [
    ("a mass of 6. 8 cm", "6. 8 cm", "length 68", "mm"),
    ("a nodule of 6. 8 mm", "6. 8 mm", "length 6.8", "mm"),
    ("a mass of 3 mm x 2 cm", "3 mm x 2 cm", "length 3 x 20", "mm"),
    ("a cord of 1.5 m", "1.5 m", "length 1500", "mm"),
    ("a specimen of 2 kg", "2 kg", "weight 2000", "g"),
    ("a specimen of 350 g", "350 g", "weight 350", "g"),
    ("1.5 l of blood", "1.5 l", "volume 1500", "ml"),
    ("300 ml of blood", "300 ml", "volume 300", "ml"),
    ("3 mitoses per HPF", "3 mitoses per HPF", "per_10_hpf 30", "/10 HPF"),
    ("3 mitoses per a high-power field", "3 mitoses per a high-power field", "per_10_hpf 30", "/10 HPF"),
    ("3 mitoses in An HPF", "3 mitoses in An HPF", "per_10_hpf 30", "/10 HPF"),
    ("3 mitoses in each high-power field", "3 mitoses in each high-power field", "per_10_hpf 30", "/10 HPF"),
    ("3 mitoses in the high-power field", "3 mitoses in the high-power field", "per_10_hpf 30", "/10 HPF"),
    ("in 10 HPF there were 14 mitoses", "in 10 HPF there were 14 mitoses", "per_10_hpf 14", "/10 HPF"),
    ("6 mitoses per 2 mm2", "6 mitoses per 2 mm2", "per_mm2 3", "/mm2"),
    ("an area of 30%", "30%", "percent 30", "%"),
    ("a growth of 1000%", "1000%", "percent 1000", "%"),
    ("density of 35 HU", "35 HU", "attenuation 35", "HU"),
    ("a dose of 50 Gy", "50 Gy", "radiation_dose 50", "Gy"),
]


@pytest.mark.parametrize(("text", "words", "told", "unit"), PLACES)
def test_words_of_a_quantity_are_its_place(text: str, words: str, told: str, unit: str) -> None:
    (quantity,) = read_quantities(text)
    place = text[quantity.span.start : quantity.span.end]
    assert (place, _told(quantity), quantity.unit) == (words, told, unit)


@pytest.mark.parametrize("text", ["3 mitoses per 0 HPF", "1001%", "6 mitoses per 0 mm2"])
def test_impossible_amounts_are_none(text: str) -> None:
    assert [one for one in read_quantities(text) if one.kind != "length"] == []
