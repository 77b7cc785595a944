"""The colours are readable in both themes: every figure of the design's table, computed from the tokens."""

from __future__ import annotations

import pytest

from ui.desktop.tokens import Hue, Role, Scheme, Tone, contrast, tokens

GROUNDS = (Tone.BG, Tone.SURFACE, Tone.SUNKEN, Tone.ACCENT_SOFT)
TEXT = {
    Scheme.LIGHT: {
        Tone.INK: (14.6, 16.2, 13.3, 13.3),
        Tone.INK2: (6.7, 7.4, 6.1, 6.1),
        Tone.INK3: (5.3, 5.9, 4.9, 4.9),
        Tone.LINK: (8.0, 8.8, 7.3, 7.3),
    },
    Scheme.DARK: {
        Tone.INK: (15.6, 14.1, 12.2, 10.5),
        Tone.INK2: (9.5, 8.6, 7.4, 6.4),
        Tone.INK3: (7.0, 6.3, 5.5, 4.7),
        Tone.LINK: (10.2, 9.2, 8.0, 6.9),
    },
}
PAIRS = {
    Scheme.LIGHT: {
        (Tone.ON_ACCENT, Tone.ACCENT): 8.8,
        (Tone.ON_ACCENT, Tone.HOVER): 11.4,
        (Tone.RAIL_TEXT, Tone.RAIL): 9.2,
        (Tone.ON_RAIL, Tone.RAIL_SELECTION): 9.2,
        (Tone.BADGE, Tone.ON_BADGE): 9.8,
    },
    Scheme.DARK: {
        (Tone.ON_ACCENT, Tone.ACCENT): 8.4,
        (Tone.ON_ACCENT, Tone.HOVER): 10.3,
        (Tone.RAIL_TEXT, Tone.RAIL): 9.0,
        (Tone.ON_RAIL, Tone.RAIL_SELECTION): 12.2,
        (Tone.BADGE, Tone.ON_BADGE): 9.8,
    },
}
MARKS = (Hue.GREEN, Hue.AMBER, Hue.TEAL, Hue.PLUM, Hue.RED)
ON_TINT = {Scheme.LIGHT: (5.5, 5.6, 5.9, 6.7, 5.9), Scheme.DARK: (7.5, 7.8, 7.3, 7.2, 7.0)}
ON_SOLID = {Scheme.LIGHT: (6.5, 6.5, 7.0, 8.0, 7.2), Scheme.DARK: (9.1, 9.7, 9.1, 8.3, 8.2)}


def _between(scheme: Scheme, one: Tone, other: Tone) -> float:
    colours = tokens().colour[scheme]
    return contrast(colours[one], colours[other])


@pytest.mark.parametrize("scheme", Scheme)
def test_every_text_has_the_contrast_of_the_design_on_every_ground(scheme: Scheme) -> None:
    for tone, figures in TEXT[scheme].items():
        measured = tuple(round(_between(scheme, tone, ground), 1) for ground in GROUNDS)
        assert measured == figures, tone
    for (one, other), figure in PAIRS[scheme].items():
        assert round(_between(scheme, one, other), 1) == figure, (one, other)


@pytest.mark.parametrize("scheme", Scheme)
def test_marks_are_readable_on_their_tint_and_letters_on_the_solid(scheme: Scheme) -> None:
    assert tuple(round(_between(scheme, hue.solid, hue.tint), 1) for hue in MARKS) == ON_TINT[scheme]
    assert tuple(round(_between(scheme, hue.solid, Tone.SURFACE), 1) for hue in MARKS) == ON_SOLID[scheme]
    assert all(_between(scheme, Tone.INK, hue.tint) >= 11 for hue in MARKS)


@pytest.mark.parametrize("scheme", Scheme)
def test_no_pair_that_a_chip_can_show_is_under_four_and_a_half(scheme: Scheme) -> None:
    assert min(_between(scheme, hue.solid, hue.tint) for hue in Hue) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
def test_borders_of_controls_stand_out_by_three_to_one(scheme: Scheme) -> None:
    assert min(_between(scheme, Tone.LINE2, ground) for ground in GROUNDS[:3]) >= 3


def test_numbers_on_the_ramp_are_readable() -> None:
    dark = tokens().colour[Scheme.LIGHT][Tone.INK]
    texts = [dark, dark, dark, "#FFFFFF", "#FFFFFF"]
    assert min(contrast(text, ground) for text, ground in zip(texts, tokens().ramp, strict=True)) >= 5.4


def test_both_schemes_and_all_roles_are_complete() -> None:
    assert all(set(tokens().colour[scheme]) == set(Tone) for scheme in Scheme)
    assert set(tokens().type) == set(Role)
    assert all(face.size >= 12 for role, face in tokens().type.items() if role not in (Role.KEY, Role.TINY))


def test_contrast_is_what_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
