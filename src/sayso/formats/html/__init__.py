"""Readings as one web page for editors and fact-checkers: no network, no dependency.

escape      hostile words made safe to show
voices      who is heard: the speakers, their letters, how many words each has
marks       the text cut where marks begin and end
sheet       one reading laid out: numbers, letters, addresses of everything on the page
report      the article's text with its marks
entries     the speakers with their statements, and who did not answer
page        the document round them: head, key, contents
"""

from sayso.formats.html.page import Html, fragment

__all__ = ["Html", "fragment"]
