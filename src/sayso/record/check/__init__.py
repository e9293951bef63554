"""Did they say that, in those words, and who printed it first? It never says true or false."""

from sayso.record.check.checking import Checked, Checker, Match, of_documents, of_record

__all__ = ["Checked", "Checker", "Match", "of_documents", "of_record"]
