"""A page without rail and footer."""

from __future__ import annotations

from ui.desktop.page import Page


class SignInPage(Page):
    """Stands alone."""

    bare = True


PAGE = SignInPage
