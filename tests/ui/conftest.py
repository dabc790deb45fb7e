"""Sections of pages are opened the way the pages' tests open them."""

from tests.pages.conftest import _caches, company, in_subprocess, open_page

__all__ = ["_caches", "company", "in_subprocess", "open_page"]
